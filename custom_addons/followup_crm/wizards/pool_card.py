from odoo import api, fields, models


class PoolCard(models.TransientModel):
    """A closer look at a customer of the pool: still no name, no address (F6).

    Made by ``followup.pool.action_view`` only, which counts and logs.
    """

    _name = "followup.pool.card"
    _description = "Closer look into the pool"
    _rec_name = "region"

    pool_id = fields.Integer(readonly=True, string="File")
    region = fields.Char(readonly=True)
    country = fields.Char(readonly=True)
    industry = fields.Char(readonly=True)
    size = fields.Char(readonly=True)
    tier = fields.Char(readonly=True)
    interest = fields.Char(string="Product interest", readonly=True)
    order_count = fields.Integer(string="Orders", readonly=True)
    last_order_year = fields.Char(string="Last order in", readonly=True)
    last_contact_date = fields.Date(string="Last contact", readonly=True)
    pool_since = fields.Date(string="In the pool since", readonly=True)
    pool_reason = fields.Char(string="How it came there", readonly=True)
    former_owner_count = fields.Integer(string="Former owners", readonly=True)
    completeness = fields.Integer(string="File complete (%)", readonly=True)

    @api.model
    def _make(self, customer, user):
        """The card of a file for a user, in the user's language."""
        row = self.env["followup.pool"].browse(customer.id)
        changes = customer.owner_change_ids.sorted("id", reverse=True)
        described = customer._fields["size_category"]._description_selection(self.env)
        kinds = changes._fields["kind"]._description_selection(self.env)
        return self.create(
            {
                "pool_id": customer.id,
                "region": row.display_name,
                "country": customer.country_id.name,
                "industry": customer.industry_id.name,
                "size": dict(described).get(customer.size_category),
                "tier": customer.tier_id.name,
                "interest": row.interest,
                "order_count": customer.order_count,
                "last_order_year": customer.last_order_date
                and str(customer.last_order_date.year),
                "last_contact_date": customer.last_contact_date,
                "pool_since": customer._get_owned_since(),
                "pool_reason": dict(kinds).get(changes[:1].kind),
                "former_owner_count": len(changes.from_user_id),
                "completeness": customer.completeness,
            }
        )

    def action_claim(self):
        """Become the owner of this customer."""
        self.ensure_one()
        self.check_access("read")
        return self.env["followup.pool"].browse(self.pool_id).action_claim()
