from odoo import fields, models
from odoo.tools import SQL


class OrderTracking(models.Model):
    """Milestones that Odoo's own documents complete: deliveries, invoices, payments."""

    _inherit = "followup.order.tracking"

    def _complete_by_documents(self, tell=True):
        """Complete what the documents of these orders show to be done.

        A lot with products of its own is delivered or invoiced when so much of them is
        as it and the lots before it hold.

        :param tell: write into the log of each tracking what was completed
        :return: ``followup.order.milestone``, those that were completed
        """
        if not self:
            return self.env["followup.order.milestone"]
        self.env.flush_all()
        rows = self._execute_sized(
            SQL(
                """
                UPDATE followup_order_milestone m
                   SET actual_date = LEAST(f.date, %(today)s),
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM (%(facts)s) f
                 WHERE f.lot_id = m.lot_id AND f.completes = m.completes
                   AND m.actual_date IS NULL AND f.date IS NOT NULL
                RETURNING m.id
                """,
                facts=self._facts_select(),
                today=fields.Date.context_today(self),
                uid=self.env.uid,
                now=fields.Datetime.now(),
            ),
            len(self),
        )
        milestones = self.env["followup.order.milestone"].browse(r[0] for r in rows)
        milestones.invalidate_model(["actual_date"], flush=False)
        if tell and milestones:
            milestones.tracking_id._refresh()
            milestones._tell_completed()
        return milestones

    def _follow_deliveries(self, pickings):
        """Deliveries of these orders were done: tick off, report what was not whole."""
        self._complete_by_documents()
        by_order = {tracking.order_id: tracking for tracking in self}
        for picking in pickings:
            tracking = by_order.get(picking.sale_id)
            if not tracking or picking.state != "done":
                continue
            if picking.return_id:
                tracking._report(
                    "return",
                    self.env._("Goods came back: %(name)s", name=picking.name),
                )
            elif picking.picking_type_code == "outgoing" and picking.backorder_ids:
                tracking._report(
                    "partial",
                    self.env._(
                        "Only a part was delivered: %(name)s", name=picking.name
                    ),
                )

    def _report(self, kind, name):
        """An exception that a document of Odoo shows, for the merchandiser."""
        self.ensure_one()
        return self.env["followup.order.exception"].create(
            {
                "tracking_id": self.id,
                "kind": kind,
                "name": name,
                "user_id": (self.user_id or self.customer_id.user_id).id,
            }
        )

    def _complete_by_event(self, completes, date):
        """Complete what an event outside Odoo's own documents completes.

        :param completes: ``departure`` or ``arrival`` of a shipment, or ``document``
        :param date: the day of the event
        """
        # Elevated: who records the event need not see the tracking.
        milestones = (
            self.sudo()
            .filtered(lambda t: t.state == "open")
            .milestone_ids.filtered(
                lambda m: m.completes == completes and not m.actual_date
            )
        )
        if milestones:
            milestones.write({"actual_date": date})
        return milestones

    def _facts_select(self):
        """Rows (lot, what completes, date) of these trackings."""
        return SQL(
            """
            WITH goods AS (%(goods)s), money AS (%(money)s)
            SELECT g.lot_id, k.completes, k.date
              FROM goods g
              LEFT JOIN money y ON y.order_id = g.order_id
             CROSS JOIN LATERAL (VALUES
                   ('order', g.order_date),
                   ('picking', CASE WHEN g.delivered THEN g.delivery_date END),
                   ('deposit', y.first_date),
                   ('invoice', CASE WHEN g.invoiced THEN y.invoice_date END),
                   ('payment', CASE WHEN g.invoiced AND y.paid THEN y.last_date END)
                   ) k(completes, date)
            """,
            goods=self._goods_select(),
            money=self._money_select(),
        )

    def _goods_select(self):
        """Lots with what is delivered and invoiced of them."""
        return SQL(
            """
            SELECT l.id AS lot_id, o.id AS order_id, t.order_date,
                   CASE WHEN q.lot_id IS NULL THEN o.delivery_status = 'full'
                        ELSE q.delivered END AS delivered,
                   CASE WHEN q.lot_id IS NULL THEN o.invoice_status = 'invoiced'
                        ELSE q.invoiced END AS invoiced,
                   timezone(COALESCE(p.tz, 'UTC'), timezone('UTC', COALESCE(
                       k.date_done, o.effective_date, %(now)s)))::date AS delivery_date
              FROM followup_order_tracking t
              JOIN followup_order_lot l ON l.tracking_id = t.id
              JOIN sale_order o ON o.id = t.order_id
              JOIN res_company c ON c.id = t.company_id
              JOIN res_partner p ON p.id = c.partner_id
              LEFT JOIN (SELECT s.sale_id, MAX(s.date_done) AS date_done
                           FROM stock_picking s
                           JOIN followup_order_tracking w ON w.order_id = s.sale_id
                          WHERE w.id = ANY(%(ids)s) AND s.state = 'done'
                            AND s.return_id IS NULL
                          GROUP BY s.sale_id) k ON k.sale_id = o.id
              LEFT JOIN (SELECT x.lot_id,
                                BOOL_AND(x.qty_delivered >= x.until) AS delivered,
                                BOOL_AND(x.qty_invoiced >= x.until) AS invoiced
                           FROM (SELECT i.lot_id, ol.qty_delivered, ol.qty_invoiced,
                                        SUM(i.quantity) OVER (
                                            PARTITION BY i.order_line_id
                                            ORDER BY b.sequence, b.delivery_date, b.id
                                        ) AS until
                                   FROM followup_order_lot_line i
                                   JOIN followup_order_lot b ON b.id = i.lot_id
                                   JOIN sale_order_line ol ON ol.id = i.order_line_id
                                  WHERE b.tracking_id = ANY(%(ids)s)) x
                          GROUP BY x.lot_id) q ON q.lot_id = l.id
             WHERE t.id = ANY(%(ids)s) AND t.state <> 'cancel'
            """,
            ids=self.ids,
            now=fields.Datetime.now(),
        )

    def _money_select(self):
        """Orders with their posted invoices: first and last payment, all paid."""
        return SQL(
            """
            SELECT i.order_id, MAX(v.invoice_date) AS invoice_date,
                   BOOL_AND(v.payment_state IN ('paid', 'in_payment')) AS paid,
                   MIN(r.first_date) AS first_date,
                   COALESCE(MAX(r.last_date), MAX(v.invoice_date)) AS last_date
              FROM (SELECT DISTINCT ol.order_id, il.move_id
                      FROM followup_order_tracking t
                      JOIN sale_order_line ol ON ol.order_id = t.order_id
                      JOIN sale_order_line_invoice_rel rel
                           ON rel.order_line_id = ol.id
                      JOIN account_move_line il ON il.id = rel.invoice_line_id
                     WHERE t.id = ANY(%(ids)s)) i
              JOIN account_move v ON v.id = i.move_id AND v.state = 'posted'
                   AND v.move_type = 'out_invoice'
              LEFT JOIN LATERAL (
                  SELECT MIN(pr.max_date) AS first_date, MAX(pr.max_date) AS last_date
                    FROM account_move_line rl
                    JOIN account_partial_reconcile pr ON pr.debit_move_id = rl.id
                   WHERE rl.move_id = v.id
              ) r ON v.payment_state IN ('paid', 'in_payment', 'partial')
             GROUP BY i.order_id
            """,
            ids=self.ids,
        )
