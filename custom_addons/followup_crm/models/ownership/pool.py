from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...const import REGION_BY_COUNTRY, UNKNOWN_REGION
from ...tools.day import company_today

REGIONS = [
    ("EU", "Europe"),
    ("AM", "Americas"),
    ("AS", "Asia"),
    ("AU", "Oceania"),
    ("AF", "Africa"),
    (UNKNOWN_REGION, "Unknown"),
]


class Pool(models.Model):
    """The customer pool (客户公海, F6): customers without owner, masked.

    Record rules cannot mask, so that nobody but those who see all customers reads the
    files; this list tells what decides whether to claim, and no name or address. It is
    empty until the company switches the pool on. The id is the file's.
    """

    _name = "followup.pool"
    _description = "Customer in the pool"
    _auto = False
    _rec_name = "region"
    _order = "tier_sequence, pool_since, id"
    _depends = {
        "followup.customer": [
            "user_id",
            "company_id",
            "active",
            "tier_id",
            "tier_sequence",
            "owner_since",
            "last_contact_date",
            "first_order_date",
            "standing",
            "partner_id",
        ],
        "res.partner": ["country_id"],
        "res.company": ["fcrm_pool_active"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    region = fields.Selection(REGIONS, readonly=True)
    tier_id = fields.Many2one("followup.tier", readonly=True)
    tier_sequence = fields.Integer(string="Tier order", readonly=True, aggregator=None)
    tier_color = fields.Integer(related="tier_id.color", string="Tier colour")
    interest = fields.Char(
        string="Product interest",
        compute="_compute_interest",
        search="_search_interest",
        help="The product categories of its purchase plans.",
    )
    has_ordered = fields.Boolean(string="Has ordered", readonly=True)
    idle_since = fields.Date(
        string="Idle since", readonly=True, help="The last real contact, if any."
    )
    pool_since = fields.Date(string="In the pool since", readonly=True)
    claimable = fields.Boolean(
        compute="_compute_claimable",
        help="What came into the pool today can be claimed tomorrow; a former owner"
        " waits longer.",
    )

    @property
    def _table_query(self):
        regions = SQL(", ").join(
            SQL("""(%s, %s)""", code, region)
            for code, region in REGION_BY_COUNTRY.items()
        )
        return SQL(
            """
            SELECT f.id, f.company_id, f.tier_id, f.tier_sequence,
                   COALESCE(r.region, %(unknown)s) AS region,
                   f.first_order_date IS NOT NULL AS has_ordered,
                   f.last_contact_date AS idle_since,
                   COALESCE(f.owner_since, f.create_date::date) AS pool_since
              FROM followup_customer f
              JOIN res_company c ON c.id = f.company_id AND c.fcrm_pool_active
              JOIN res_partner p ON p.id = f.partner_id
              LEFT JOIN res_country n ON n.id = p.country_id
              LEFT JOIN (VALUES %(regions)s) AS r (code, region) ON r.code = n.code
             WHERE f.active AND f.user_id IS NULL AND f.standing <> 'blacklisted'
            """,
            unknown=UNKNOWN_REGION,
            regions=regions,
        )

    # === COMPUTE METHODS === #

    @api.depends("region")
    def _compute_display_name(self):
        labels = dict(self._fields["region"]._description_selection(self.env))
        for row in self:
            row.display_name = self.env._(
                "Customer in %(region)s", region=labels.get(row.region)
            )

    @api.depends("region")
    def _compute_interest(self):
        # Elevated: product categories only, of customers that nobody owns.
        groups = (
            self.env["followup.purchase.plan"]
            .sudo()
            ._read_group(
                [
                    ("customer_id", "in", self.ids),
                    ("product_category_id", "!=", False),
                ],
                ["customer_id"],
                ["product_category_id:recordset"],
            )
        )
        names = {
            customer.id: ", ".join(sorted(set(categories.mapped("name"))))
            for customer, categories in groups
        }
        for row in self:
            row.interest = names.get(row.id, False)

    @api.model
    def _search_interest(self, operator, value):
        if operator not in ("in", "ilike", "like", "="):
            return NotImplemented
        # Elevated: as above; only customers of the pool are found by it.
        plans = (
            self.env["followup.purchase.plan"]
            .sudo()
            .search([("product_category_id.name", operator, value)])
        )
        return [("id", "in", plans.customer_id.ids)]

    @api.depends("pool_since", "company_id")
    @api.depends_context("uid")
    def _compute_claimable(self):
        customers = self.env["followup.customer"].browse(self.ids)
        # Elevated: only whether the user may claim is told.
        cooling = customers.sudo()._get_cooling_down(self.env.user)
        for row in self:
            today = company_today(row.company_id)
            row.claimable = row.pool_since < today and row.id not in cooling.ids

    # === ACTIONS === #

    def action_claim(self):
        """Become the owner of this customer, within the limits; opens its file.

        Of two who claim at the same moment one gets it, the other a clear message.
        """
        self._get_customer()._claim()
        return self.env["followup.customer"].browse(self.id)._get_form_action()

    def action_view(self):
        """Look closer before claiming: counted, limited a day, and logged."""
        customer = self._get_customer()
        company = customer.company_id
        today = company_today(company)
        if self.env["followup.pool.access"]._note(customer, today):
            self.env["followup.quota"]._take(
                "view", company.fcrm_pool_views_per_day, company
            )
        # Elevated: nobody makes such a card by himself.
        card = self.env["followup.pool.card"].sudo()._make(customer, self.env.user)
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "followup.pool.card",
            "view_mode": "form",
            "res_id": card.id,
            "target": "new",
        }

    def _get_customer(self):
        """The file behind this row, elevated; raises where it is not in the pool."""
        self.ensure_one()
        if not self.env.user.has_group("followup_crm.group_user"):
            raise AccessError(self.env._("The pool is for users of Follow-up CRM."))
        if not self.search_count([("id", "=", self.id)], limit=1):
            raise UserError(
                self.env._(
                    "This customer is not in the pool any more: somebody else was"
                    " faster. Reload the list and choose another."
                )
            )
        # Elevated: the row of the pool was the user's to see.
        return self.env["followup.customer"].sudo().browse(self.id)
