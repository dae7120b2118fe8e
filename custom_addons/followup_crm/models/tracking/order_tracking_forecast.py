from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.bulk import execute_bulk

# From so many trackings on, whole tables are read rather than single rows.
BULK = 1000


class OrderTracking(models.Model):
    """Planned and forecast dates, progress and risk: a fixed number of statements.

    A milestone is planned by its rule and shifted to a working day. What is done late,
    reported late or overdue delays everything that comes after it by as many days; what
    is done on time again takes the delay away.
    """

    _inherit = "followup.order.tracking"

    @api.model
    def _refresh_all(self):
        """Bring the dates and figures of all open trackings up to date."""
        self._refresh_where(SQL("""t.state = 'open'"""), is_bulk=True)

    def _refresh(self):
        """The same for these trackings, whatever their status but cancelled."""
        if self:
            self._refresh_where(
                SQL("""t.id = ANY(%s) AND t.state <> 'cancel'""", self.ids),
                is_bulk=len(self) > BULK,
            )

    def _apply_template(self, template):
        """Bring open trackings in line with their template.

        :return: number of open trackings of the template
        """
        self.env.flush_all()
        trackings = self.search(
            [("template_id", "=", template.id), ("state", "=", "open")]
        )
        self._copy_rules(template)
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM followup_order_milestone m
                 USING followup_order_tracking t
                 WHERE t.id = m.tracking_id AND t.template_id = %(template)s
                   AND t.state = 'open' AND m.actual_date IS NULL
                   AND m.base IS NOT NULL AND m.template_line_id IS NULL
                """,
                template=template.id,
            )
        )
        self._insert_milestones(trackings.ids)
        self._refresh_where(
            SQL("""t.state = 'open' AND t.template_id = %s""", template.id),
            is_bulk=True,
            by_template=True,
        )
        return len(trackings)

    def _copy_rules(self, template):
        """Open milestones take their role and completion from their template."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_order_milestone m
                   SET type_id = x.type_id, role = x.role, completes = x.completes,
                       evidence_required = x.evidence_required
                  FROM followup_tracking_template_line x
                 WHERE x.id = m.template_line_id AND x.template_id = %s
                   AND m.actual_date IS NULL
                   AND (m.type_id, m.role, m.completes, m.evidence_required)
                       IS DISTINCT FROM
                       (x.type_id, x.role, x.completes, x.evidence_required)
                """,
                template.id,
            )
        )

    def _refresh_where(self, where, is_bulk=False, by_template=False):
        """Recompute what meets a condition on the tracking ``t``; write differences.

        :param is_bulk: it is met by most trackings there are
        :param by_template: take the rules of open milestones from their template anew
        """
        self.env.flush_all()
        for statement in (
            self._dates_update(where, by_template),
            self._lots_update(where),
            self._trackings_update(where),
        ):
            self._execute_sized(statement, BULK + 1 if is_bulk else 0)
        for name in ("milestone", "lot", "tracking"):
            self.env[f"followup.order.{name}"].invalidate_model(flush=False)

    @api.model
    def _execute_sized(self, statement, number):
        """Run a statement for so many trackings; for many it reads whole tables.

        :return: the rows that the statement returns
        """
        if number > BULK:
            return execute_bulk(self.env, statement)
        return self.env.execute_query(statement)

    def _day_select(self, where):
        """Each day of the time that matters with the working days next to it.

        Working days are those of the company's calendar, less its public holidays.
        """
        return SQL(
            """
            SELECT d.company_id, d.day,
                   MAX(d.day) FILTER (WHERE d.works) OVER (
                       PARTITION BY d.company_id ORDER BY d.day) AS earlier,
                   MIN(d.day) FILTER (WHERE d.works) OVER (
                       PARTITION BY d.company_id ORDER BY d.day DESC) AS later
              FROM (SELECT c.id AS company_id, s.day::date AS day,
                           (w.days IS NULL
                            OR EXTRACT(ISODOW FROM s.day)::int - 1 = ANY(w.days))
                           AND NOT EXISTS (
                               SELECT FROM resource_calendar_leaves h
                                WHERE h.resource_id IS NULL
                                  AND (h.company_id IS NULL OR h.company_id = c.id)
                                  AND (h.calendar_id IS NULL
                                       OR h.calendar_id = c.resource_calendar_id)
                                  AND timezone('UTC', timezone(
                                          COALESCE(p.tz, 'UTC'),
                                          s.day::timestamp + interval '12 hours'))
                                      BETWEEN h.date_from AND h.date_to) AS works
                      FROM (SELECT t.company_id,
                                   LEAST(MIN(t.order_date), %(today)s) - 30 AS first,
                                   GREATEST(MAX(l.delivery_date), MAX(t.order_date),
                                            %(today)s) + 400 AS last
                              FROM followup_order_tracking t
                              JOIN followup_order_lot l ON l.tracking_id = t.id
                             WHERE %(where)s
                             GROUP BY t.company_id) span
                      JOIN res_company c ON c.id = span.company_id
                      JOIN res_partner p ON p.id = c.partner_id
                      LEFT JOIN LATERAL (
                          SELECT ARRAY_AGG(DISTINCT a.dayofweek::int) AS days
                            FROM resource_calendar_attendance a
                           WHERE a.calendar_id = c.resource_calendar_id
                             AND a.display_type IS NULL
                      ) w ON TRUE
                     CROSS JOIN LATERAL generate_series(
                          span.first::timestamp, span.last::timestamp,
                          interval '1 day') AS s(day)
                   ) d
            """,
            where=where,
            today=fields.Date.today(),
        )

    def _milestones_select(self, where, by_template):
        """Milestones with their rule and its unshifted date."""
        rule = SQL("""m.base AS base, m.offset_days AS days, m.sequence AS place""")
        if by_template:
            rule = SQL(
                """
                CASE WHEN m.actual_date IS NULL THEN COALESCE(x.base, m.base)
                     ELSE m.base END AS base,
                CASE WHEN m.actual_date IS NULL
                     THEN COALESCE(x.offset_days, m.offset_days)
                     ELSE m.offset_days END AS days,
                COALESCE(x.sequence, m.sequence) AS place
                """
            )
        return SQL(
            """
            SELECT s.*, CASE s.base WHEN 'order' THEN s.order_date + s.days
                                    WHEN 'delivery' THEN s.delivery_date + s.days
                                    END AS raw
              FROM (SELECT m.id, m.lot_id, m.actual_date, m.expected_date,
                           m.planned_date, t.company_id, t.order_date,
                           l.delivery_date,
                           COALESCE(tpl.working_days_only, TRUE) AS works, %(rule)s,
                           timezone(COALESCE(p.tz, 'UTC'),
                                    timezone('UTC', %(now)s::timestamp))::date AS today
                      FROM followup_order_tracking t
                      JOIN followup_order_lot l ON l.tracking_id = t.id
                      JOIN followup_order_milestone m ON m.lot_id = l.id
                      JOIN res_company c ON c.id = t.company_id
                      JOIN res_partner p ON p.id = c.partner_id
                      LEFT JOIN followup_tracking_template tpl ON tpl.id = t.template_id
                      LEFT JOIN followup_tracking_template_line x
                             ON x.id = m.template_line_id
                     WHERE %(where)s) s
            """,
            rule=rule,
            now=fields.Datetime.now(),
            where=where,
        )

    def _dates_update(self, where, by_template):
        """Write the planned and forecast dates that differ."""
        return SQL(
            """
            WITH day AS MATERIALIZED (%(days)s),
            planned AS (
                SELECT r.*, CASE
                       WHEN r.base IS NULL
                            OR (r.actual_date IS NOT NULL
                                AND r.planned_date IS NOT NULL)
                       THEN COALESCE(r.planned_date, r.expected_date,
                                     r.actual_date, r.delivery_date)
                       ELSE GREATEST(r.order_date, CASE
                           WHEN NOT r.works THEN r.raw
                           WHEN r.base = 'order' THEN COALESCE(d.later, r.raw)
                           ELSE COALESCE(d.earlier, r.raw) END)
                       END AS plan
                  FROM (%(milestones)s) r
                  LEFT JOIN day d ON d.company_id = r.company_id AND d.day = r.raw
            ), grouped AS (
                SELECT p.*, COUNT(p.actual_date) OVER (
                           PARTITION BY p.lot_id ORDER BY p.place, p.id) AS part
                  FROM planned p
            ), slipped AS (
                SELECT g.*, MAX(GREATEST(0, COALESCE(
                               g.actual_date,
                               GREATEST(COALESCE(g.expected_date, g.plan), g.today)
                           ) - g.plan)) OVER (
                           PARTITION BY g.lot_id, g.part ORDER BY g.place, g.id)
                           AS slip
                  FROM grouped g
            ), forecast AS (
                SELECT s.id, s.base, s.days, s.place, s.plan, CASE
                       WHEN s.actual_date IS NOT NULL THEN s.actual_date
                       WHEN s.expected_date >= s.plan + s.slip
                            OR (s.slip = 0 AND s.expected_date >= s.today)
                       THEN s.expected_date
                       WHEN s.slip = 0 OR NOT s.works THEN s.plan + s.slip
                       ELSE COALESCE(d.later, s.plan + s.slip) END AS date
                  FROM slipped s
                  LEFT JOIN day d ON d.company_id = s.company_id
                                 AND d.day = s.plan + s.slip
            )
            UPDATE followup_order_milestone m
               SET planned_date = f.plan, forecast_date = f.date, base = f.base,
                   offset_days = f.days, sequence = f.place,
                   is_alerted = m.is_alerted AND m.planned_date = f.plan
              FROM forecast f
             WHERE f.id = m.id
               AND (m.planned_date, m.forecast_date, m.base, m.offset_days, m.sequence)
                   IS DISTINCT FROM (f.plan, f.date, f.base, f.days, f.place)
            RETURNING m.id
            """,
            days=self._day_select(where),
            milestones=self._milestones_select(where, by_template),
        )
