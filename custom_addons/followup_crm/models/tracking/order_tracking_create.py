from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

# Orders that are taken in between two commits.
BATCH = 10_000


class OrderTracking(models.Model):
    """Making trackings: at confirmation, and set-based for orders that are there."""

    _inherit = "followup.order.tracking"

    # === ACTIONS === #

    @api.model
    def action_take_in(self):
        """Make the trackings of all orders that are open (managers only).

        :return: the list of orders under way
        """
        if not self.env.user.has_group("followup_crm.group_manager"):
            raise AccessError(self.env._("Only a manager takes in all open orders."))
        # Elevated: trackings are made by this method only; companies are the user's.
        made = self.sudo()._create_missing(companies=self.env.companies)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s orders were taken in.", count=len(made)
                ),
                "next": {
                    "type": "ir.actions.act_window",
                    "res_model": self._name,
                    "name": self.env._("Orders"),
                    "views": [[False, "list"], [False, "kanban"], [False, "form"]],
                },
            },
        }

    # === BUSINESS === #

    @api.model
    def _create_missing(self, orders=None, companies=None, commit=False):
        """Make the trackings of confirmed orders that have none.

        :param orders: ``sale.order`` records; default all that are not yet delivered
            and invoiced
        :param companies: of these companies only (default: all)
        :param commit: commit after each batch, for scheduled actions
        :return: ``followup.order.tracking``, the new ones
        """
        self.env.flush_all()
        candidates = self._get_candidates(orders, companies)
        made = []
        for start in range(0, len(candidates), BATCH):
            batch = candidates[start : start + BATCH]
            ids = self._insert_trackings(batch)
            self._insert_lots(ids)
            self._insert_milestones(ids)
            made += ids
            trackings = self.browse(ids)
            self.env.invalidate_all()
            trackings._insert_requirements()
            trackings._complete_by_documents(tell=False)
            trackings._refresh()
            if orders is None:
                trackings._mark_known_late()
            if commit:
                left = len(candidates) - start - len(batch)
                self.env["ir.cron"]._commit_progress(len(batch), remaining=left)
        return self.browse(made)

    def _get_candidates(self, orders=None, companies=None):
        """Ids of confirmed orders without a tracking whose customer has a file."""
        only = SQL(
            """(o.invoice_status IS DISTINCT FROM 'invoiced'
                OR o.delivery_status IN ('pending', 'started', 'partial'))"""
        )
        if orders is not None:
            only = SQL("""o.id = ANY(%s)""", orders.ids)
        if companies is not None:
            only = SQL("""%s AND o.company_id = ANY(%s)""", only, companies.ids)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT o.id
                  FROM sale_order o
                  JOIN res_partner p ON p.id = o.partner_id
                  JOIN followup_customer f
                       ON f.partner_id = p.commercial_partner_id
                      AND f.company_id = o.company_id
                 WHERE o.state = 'sale' AND %(only)s
                   AND NOT EXISTS (SELECT FROM followup_order_tracking t
                                    WHERE t.order_id = o.id)
                 ORDER BY o.id
                """,
                only=only,
            )
        )
        return [row[0] for row in rows]

    def _insert_trackings(self, order_ids):
        """One row per order, with its template: the first whose conditions it meets."""
        rows = self._execute_sized(
            SQL(
                """
                INSERT INTO followup_order_tracking (
                    order_id, name, client_order_ref, customer_id, company_id,
                    user_id, template_id, state,
                    order_date, tier_sequence, risk, create_uid, write_uid,
                    create_date, write_date)
                SELECT o.id, o.name, o.client_order_ref, f.id, o.company_id,
                       COALESCE(o.user_id, f.user_id),
                       tpl.id, 'open',
                       timezone(COALESCE(cp.tz, 'UTC'),
                                timezone('UTC', o.date_order))::date,
                       %(tier)s, 'on_track', %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM sale_order o
                  JOIN res_company c ON c.id = o.company_id
                  JOIN res_partner cp ON cp.id = c.partner_id
                  JOIN res_partner p ON p.id = o.partner_id
                  JOIN followup_customer f
                       ON f.partner_id = p.commercial_partner_id
                      AND f.company_id = o.company_id
                  LEFT JOIN LATERAL (%(template)s) tpl ON TRUE
                 WHERE o.id = ANY(%(orders)s)
                RETURNING id
                """,
                template=self._template_select(),
                tier=self._tier_sequence_select(SQL("""f.tier_sequence""")),
                orders=order_ids,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            ),
            len(order_ids),
        )
        return [row[0] for row in rows]

    @api.model
    def _tier_sequence_select(self, column):
        """The place of a customer's class; those without one come last."""
        return SQL("""COALESCE(NULLIF(%s, 0), 999)""", column)

    @api.model
    def _template_select(self):
        """The template of the order ``o`` of the file ``f``: the first that fits."""
        return SQL(
            """
            SELECT x.id
              FROM followup_tracking_template x
             WHERE x.active AND (x.company_id IS NULL OR x.company_id = o.company_id)
               AND (NOT EXISTS (%(customers)s)
                    OR f.id IN (%(customers)s))
               AND (NOT EXISTS (%(incoterms)s)
                    OR o.incoterm IN (%(incoterms)s))
               AND (NOT EXISTS (%(teams)s)
                    OR o.team_id IN (%(teams)s))
               AND (NOT EXISTS (%(categories)s)
                    OR EXISTS (%(products)s))
             ORDER BY x.sequence, x.id
             LIMIT 1
            """,
            customers=SQL(
                """
                SELECT r.followup_customer_id
                  FROM followup_customer_followup_tracking_template_rel r
                 WHERE r.followup_tracking_template_id = x.id
                """
            ),
            incoterms=SQL(
                """
                SELECT r.account_incoterms_id
                  FROM account_incoterms_followup_tracking_template_rel r
                 WHERE r.followup_tracking_template_id = x.id
                """
            ),
            teams=SQL(
                """
                SELECT r.crm_team_id
                  FROM crm_team_followup_tracking_template_rel r
                 WHERE r.followup_tracking_template_id = x.id
                """
            ),
            categories=SQL(
                """
                SELECT r.product_category_id
                  FROM followup_tracking_template_product_category_rel r
                 WHERE r.followup_tracking_template_id = x.id
                """
            ),
            products=SQL(
                """
                SELECT FROM followup_tracking_template_product_category_rel r
                  JOIN product_category above ON above.id = r.product_category_id
                  JOIN product_category pc
                       ON starts_with(pc.parent_path, above.parent_path)
                  JOIN product_template pt ON pt.categ_id = pc.id
                  JOIN product_product pp ON pp.product_tmpl_id = pt.id
                  JOIN sale_order_line ol ON ol.product_id = pp.id
                 WHERE r.followup_tracking_template_id = x.id AND ol.order_id = o.id
                """
            ),
        )

    def _insert_lots(self, tracking_ids):
        """One lot for each: the whole order, by the promised or the usual date."""
        self._execute_sized(
            SQL(
                """
                INSERT INTO followup_order_lot (
                    name, sequence, tracking_id, company_id, delivery_date, risk,
                    create_uid, write_uid, create_date, write_date)
                SELECT %(name)s, 10, t.id, t.company_id,
                       COALESCE(
                           timezone(COALESCE(cp.tz, 'UTC'),
                                    timezone('UTC', o.commitment_date))::date,
                           t.order_date + GREATEST(
                               COALESCE(tpl.lead_days, 0), COALESCE(lead.days, 0))),
                       'on_track', %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM followup_order_tracking t
                  JOIN sale_order o ON o.id = t.order_id
                  JOIN res_company c ON c.id = t.company_id
                  JOIN res_partner cp ON cp.id = c.partner_id
                  LEFT JOIN followup_tracking_template tpl ON tpl.id = t.template_id
                  LEFT JOIN LATERAL (SELECT MAX(CEIL(l.customer_lead))::int AS days
                                       FROM sale_order_line l
                                      WHERE l.order_id = o.id) lead ON TRUE
                 WHERE t.id = ANY(%(trackings)s)
                RETURNING id
                """,
                name=self.env._("Whole order"),
                trackings=tracking_ids,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            ),
            len(tracking_ids),
        )

    @api.model
    def _insert_milestones(self, tracking_ids):
        """The milestones of the template that their lots do not have yet."""
        self._execute_sized(
            SQL(
                """
                INSERT INTO followup_order_milestone (
                    lot_id, tracking_id, company_id, type_id, template_line_id,
                    sequence, base, offset_days, role, user_id, completes,
                    evidence_required, create_uid, write_uid, create_date, write_date)
                SELECT l.id, t.id, t.company_id, x.type_id, x.id, x.sequence, x.base,
                       x.offset_days, x.role,
                       CASE x.role WHEN 'merchandiser' THEN t.user_id
                                   WHEN 'owner' THEN f.user_id
                                   WHEN 'salesperson' THEN o.user_id
                                   ELSE x.user_id END,
                       x.completes, x.evidence_required,
                       %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM followup_order_tracking t
                  JOIN followup_order_lot l ON l.tracking_id = t.id
                  JOIN followup_tracking_template_line x
                       ON x.template_id = t.template_id
                  JOIN followup_customer f ON f.id = t.customer_id
                  JOIN sale_order o ON o.id = t.order_id
                 WHERE t.id = ANY(%(trackings)s)
                   AND NOT EXISTS (SELECT FROM followup_order_milestone m
                                    WHERE m.lot_id = l.id
                                      AND m.template_line_id = x.id)
                RETURNING id
                """,
                trackings=tracking_ids,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            ),
            len(tracking_ids),
        )

    def _insert_requirements(self):
        """The requirements of their customers that these orders do not have yet."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO followup_order_requirement (
                    tracking_id, requirement_id, company_id, create_uid, write_uid,
                    create_date, write_date)
                SELECT t.id, r.id, t.company_id, %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM followup_order_tracking t
                  JOIN followup_requirement r ON r.customer_id = t.customer_id
                 WHERE t.id = ANY(%(trackings)s) AND r.active
                 ORDER BY t.id, r.sequence, r.id
                ON CONFLICT DO NOTHING
                """,
                trackings=self.ids,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_recordset(["requirement_ids"], flush=False)
