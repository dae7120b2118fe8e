from odoo import fields, models
from odoo.tools import SQL

# Days between the expected shipment and a date of the letter of credit that are few.
CREDIT_MARGIN = 5


class OrderTracking(models.Model):
    """Figures of lots and trackings, from the dates of their milestones.

    A lot is late when its goods will leave after the promise or after a date of the
    letter of credit, or when, after they have left, what follows takes longer still.
    It is at risk when something is behind that does not yet endanger these.
    """

    _inherit = "followup.order.tracking"

    def _lots_update(self, where):
        """Write the figures of lots that differ from what their milestones say."""
        return SQL(
            """
            UPDATE followup_order_lot l
               SET milestone_count = f.number, done_count = f.done,
                   progress = f.progress, days_late = f.days_late,
                   days_behind = f.days_behind, risk = f.risk,
                   next_type_id = f.next_type_id, next_date = f.next_date,
                   forecast_delivery_date = f.goods_date,
                   late_milestone_id = f.late_milestone_id
              FROM (%(figures)s) f
             WHERE f.lot_id = l.id
               AND (l.milestone_count, l.done_count, l.progress, l.days_late,
                    l.days_behind, l.risk, l.next_type_id,
                    l.next_date, l.forecast_delivery_date, l.late_milestone_id)
                   IS DISTINCT FROM
                   (f.number, f.done, f.progress, f.days_late, f.days_behind, f.risk,
                    f.next_type_id, f.next_date, f.goods_date, f.late_milestone_id)
            RETURNING l.id
            """,
            figures=self._lot_figures_select(where),
        )

    def _lot_figures_select(self, where):
        """Figures of each lot: progress, what is next, how late and by what."""
        return SQL(
            """
            SELECT g.lot_id, g.number, g.done, 100 * g.done / g.number AS progress,
                   g.behind AS days_behind, g.goods_date,
                   g.next[3] AS next_type_id,
                   DATE '2000-01-01' + g.next[4] AS next_date,
                   CASE WHEN g.late > 0 OR g.behind > 0 THEN g.source[3] END
                       AS late_milestone_id,
                   g.late AS days_late,
                   CASE WHEN (g.goods_open AND g.late > 0) OR g.overdue THEN 'late'
                        WHEN (g.goods_open AND g.behind > 0) OR g.troubled
                             OR (g.goods_open
                                 AND g.credit_date - g.goods_date < %(margin)s)
                        THEN 'at_risk' ELSE 'on_track' END AS risk
              FROM (SELECT a.*, GREATEST(
                               0, a.goods_date - LEAST(a.promised, a.credit_date)
                           ) AS late,
                           -- What follows the goods is later than they have made it,
                           -- and later than a weekend makes it.
                           NOT a.goods_open AND a.furthest > GREATEST(
                               0, a.goods_date - a.promised) + 3 AS overdue,
                           EXISTS (
                               SELECT FROM followup_order_exception e
                                WHERE e.tracking_id = a.tracking_id
                                  AND e.state = 'open') AS troubled
                      FROM (%(aggregates)s) a) g
            """,
            margin=CREDIT_MARGIN,
            aggregates=SQL(
                """
                SELECT m.lot_id, COUNT(*)::int AS number,
                       COUNT(m.actual_date)::int AS done,
                       COALESCE((MIN(ARRAY[
                           m.sequence, m.id, m.forecast_date - m.planned_date]) FILTER (
                           WHERE m.actual_date IS NULL
                             AND m.forecast_date > m.planned_date))[3], 0) AS behind,
                       COALESCE(MAX(m.forecast_date - m.planned_date) FILTER (
                           WHERE m.actual_date IS NULL), 0) AS furthest,
                       MAX(m.forecast_date) FILTER (WHERE y.is_delivery) AS goods_date,
                       COALESCE(BOOL_OR(m.actual_date IS NULL) FILTER (
                           WHERE y.is_delivery), FALSE) AS goods_open,
                       MIN(ARRAY[m.sequence, m.id, m.type_id,
                                 m.forecast_date - DATE '2000-01-01']) FILTER (
                           WHERE m.actual_date IS NULL) AS next,
                       MIN(CASE WHEN m.actual_date IS NULL
                                THEN ARRAY[0, m.sequence, m.id]
                                ELSE ARRAY[1, -m.sequence, m.id] END) FILTER (
                           WHERE COALESCE(
                               m.actual_date,
                               GREATEST(COALESCE(m.expected_date, m.planned_date),
                                        %(today)s)) > m.planned_date) AS source,
                       MIN(l.delivery_date) AS promised,
                       MIN(LEAST(t.lc_latest_shipment, t.lc_presentation,
                                 t.lc_expiry)) AS credit_date,
                       MIN(t.id) AS tracking_id
                  FROM followup_order_tracking t
                  JOIN followup_order_lot l ON l.tracking_id = t.id
                  JOIN followup_order_milestone m ON m.lot_id = l.id
                  JOIN followup_milestone_type y ON y.id = m.type_id
                 WHERE %(where)s
                 GROUP BY m.lot_id
                """,
                where=where,
                today=fields.Date.today(),
            ),
        )

    def _trackings_update(self, where):
        """Write what differs: the sum of the lots, the status, the customer's class."""
        return SQL(
            """
            WITH figures AS (
                SELECT t.id, s.number, s.done,
                       100 * s.done / NULLIF(s.number, 0) AS progress,
                       s.days_late, s.days_behind, s.goods_date,
                       s.next[2] AS next_type_id,
                       DATE '2000-01-01' + s.next[1] AS next_date,
                       -s.source[3] AS late_milestone_id,
                       CASE s.risk WHEN 2 THEN 'late' WHEN 1 THEN 'at_risk'
                                   ELSE 'on_track' END AS risk,
                       CASE WHEN s.number > 0 AND s.number = s.done
                            THEN 'done' ELSE 'open' END AS state,
                       %(tier)s AS tier_sequence
                  FROM (SELECT l.tracking_id, SUM(l.milestone_count)::int AS number,
                               SUM(l.done_count)::int AS done,
                               MAX(l.days_late) AS days_late,
                               MAX(l.days_behind) AS days_behind,
                               MAX(l.forecast_delivery_date) AS goods_date,
                               MIN(ARRAY[l.next_date - DATE '2000-01-01',
                                         l.next_type_id]) FILTER (
                                   WHERE l.next_type_id IS NOT NULL) AS next,
                               MAX(ARRAY[l.days_late, l.days_behind,
                                         -l.late_milestone_id]) FILTER (
                                   WHERE l.late_milestone_id IS NOT NULL) AS source,
                               MAX(CASE l.risk WHEN 'late' THEN 2
                                               WHEN 'at_risk' THEN 1 ELSE 0 END)
                                   AS risk
                          FROM followup_order_lot l
                          JOIN followup_order_tracking t ON t.id = l.tracking_id
                         WHERE %(where)s
                         GROUP BY l.tracking_id) s
                  JOIN followup_order_tracking t ON t.id = s.tracking_id
                  JOIN followup_customer c ON c.id = t.customer_id
            )
            UPDATE followup_order_tracking t
               SET milestone_count = f.number, done_count = f.done,
                   progress = f.progress, days_late = f.days_late,
                   days_behind = f.days_behind, risk = f.risk, state = f.state,
                   next_type_id = f.next_type_id, next_date = f.next_date,
                   forecast_delivery_date = f.goods_date,
                   late_milestone_id = f.late_milestone_id,
                   tier_sequence = f.tier_sequence
              FROM figures f
             WHERE f.id = t.id
               AND (t.milestone_count, t.done_count, t.progress, t.days_late,
                    t.days_behind, t.risk, t.state, t.next_type_id, t.next_date,
                    t.forecast_delivery_date, t.late_milestone_id, t.tier_sequence)
                   IS DISTINCT FROM
                   (f.number, f.done, f.progress, f.days_late, f.days_behind, f.risk,
                    f.state, f.next_type_id, f.next_date, f.goods_date,
                    f.late_milestone_id, f.tier_sequence)
            RETURNING t.id
            """,
            tier=self._tier_sequence_select(SQL("""c.tier_sequence""")),
            where=where,
        )
