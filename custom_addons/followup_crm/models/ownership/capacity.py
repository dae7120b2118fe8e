from odoo import api, fields, models
from odoo.tools import SQL


class Capacity(models.Model):
    """How many customers each owner has, and how many more he may take (F7)."""

    _name = "followup.capacity"
    _description = "Capacity of an owner"
    _auto = False
    _rec_name = "user_id"
    _order = "customer_count desc, id"
    _depends = {
        "followup.customer": [
            "user_id",
            "company_id",
            "active",
            "tier_id",
            "first_order_date",
        ],
        "followup.tier": ["scheme_id", "sequence", "active"],
        "res.users": ["fcrm_capacity", "fcrm_first_capacity"],
        "res.company": [
            "fcrm_capacity",
            "fcrm_first_capacity",
            "fcrm_capacity_ordered",
        ],
    }

    user_id = fields.Many2one("res.users", string="Account owner", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    customer_count = fields.Integer(
        string="Customers", readonly=True, help="Those that count for the limit."
    )
    capacity = fields.Integer(string="Limit", readonly=True, aggregator=None)
    free = fields.Integer(readonly=True, aggregator=None, help="May still be taken.")
    first_count = fields.Integer(string="In the best tier", readonly=True)
    first_capacity = fields.Integer(
        string="Limit of the best tier", readonly=True, aggregator=None
    )
    fill_rate = fields.Float(string="Filled (%)", readonly=True, aggregator=None)

    @property
    def _table_query(self):
        return self._capacity_select()

    @api.model
    def _capacity_select(self):
        """One row per owner and company; ``id`` is one of the files."""
        return SQL(
            """
            SELECT s.id, s.user_id, s.company_id, s.customer_count, s.first_count,
                   s.capacity, s.first_capacity, s.capacity - s.customer_count AS free,
                   100.0 * s.customer_count / NULLIF(s.capacity, 0) AS fill_rate
              FROM (SELECT MIN(f.id) AS id, f.user_id, f.company_id,
                           (COUNT(*) FILTER (WHERE %(counts)s))::int AS customer_count,
                           (COUNT(*) FILTER (
                               WHERE %(counts)s AND f.tier_id = t.id))::int
                               AS first_count,
                           COALESCE(NULLIF(u.fcrm_capacity, 0), c.fcrm_capacity)
                               AS capacity,
                           COALESCE(NULLIF(u.fcrm_first_capacity, 0),
                                    c.fcrm_first_capacity) AS first_capacity
                      FROM followup_customer f
                      JOIN res_company c ON c.id = f.company_id
                      JOIN res_users u ON u.id = f.user_id
                      LEFT JOIN (SELECT DISTINCT ON (s.company_id)
                                        s.company_id, t.id
                                   FROM followup_tier t
                                   JOIN followup_tier_scheme s ON s.id = t.scheme_id
                                        AND s.is_policy AND s.active
                                  WHERE t.active
                                  ORDER BY s.company_id, t.sequence, t.id) t
                             ON t.company_id = f.company_id
                     WHERE f.active
                     GROUP BY f.user_id, f.company_id, u.id, c.id) s
            """,
            counts=SQL("""(c.fcrm_capacity_ordered OR f.first_order_date IS NULL)"""),
        )

    @api.model
    def _get_room(self, user, company):
        """(customers, best-tier customers) that a user may still take in a company."""
        # Elevated: the limits hold for those who may not read them, too.
        self.invalidate_model()
        row = self.sudo().search(
            [("user_id", "=", user.id), ("company_id", "=", company.id)], limit=1
        )
        if row:
            return row.free, row.first_capacity - row.first_count
        user, company = user.sudo(), company.sudo()
        return (
            user.fcrm_capacity or company.fcrm_capacity,
            user.fcrm_first_capacity or company.fcrm_first_capacity,
        )

    @api.model
    def _get_first_tier(self, company):
        """The best tier of the company's policy scheme, empty where there is none."""
        # Elevated: which class is the best is no secret.
        return (
            self.env["followup.tier"]
            .sudo()
            .search(
                [
                    ("scheme_id.is_policy", "=", True),
                    ("scheme_id.active", "=", True),
                    ("company_id", "=", company.id),
                ],
                order="sequence, id",
                limit=1,
            )
        )

    @api.model
    def _get_excess(self, user, company, customers):
        """Why a user cannot take these customers besides his own; empty if he can."""
        # Elevated: as above.
        taken = customers.sudo().filtered(lambda c: c.user_id != user)
        if not company.sudo().fcrm_capacity_ordered:
            taken = taken.filtered(lambda c: not c.first_order_date)
        room, first_room = self._get_room(user, company)
        first = self._get_first_tier(company)
        best = len(taken.filtered(lambda c: c.tier_id == first)) if first else 0
        if len(taken) > room:
            return self.env._(
                "%(user)s may take %(room)s more customers, not %(number)s.",
                user=user.name,
                room=max(room, 0),
                number=len(taken),
            )
        if best and best > first_room:
            return self.env._(
                "%(user)s may take %(room)s more customers of the tier %(tier)s, not"
                " %(number)s.",
                user=user.name,
                room=max(first_room, 0),
                tier=first.name,
                number=best,
            )
        return ""

    def action_open_customers(self):
        """The customers of this owner."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "followup_crm.customer_action"
        )
        action["domain"] = [
            ("user_id", "=", self.user_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        return action
