from odoo import api, fields, models
from odoo.tools import SQL


class TierOrderedMixin(models.AbstractModel):
    """A record of a customer file that lists show by tier, tier I first (K5).

    The place is a column of its own, because sorting through the file is slow; the
    classification brings it up to date when a customer changes its class.
    """

    _name = "followup.tier.ordered.mixin"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Listed by the tier of its customer"

    tier_sequence = fields.Integer(
        string="Tier order", readonly=True, copy=False, default=999, aggregator=None
    )
    tier_id = fields.Many2one(related="customer_id.tier_id", string="Tier")
    tier_color = fields.Integer(
        related="customer_id.tier_id.color", string="Tier colour"
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for sequence, group in records.grouped(
            lambda record: record.customer_id.tier_sequence
        ).items():
            # Elevated: the place follows from the customer's class, nobody sets it.
            group.sudo().tier_sequence = sequence
        return records


class TierEngine(models.AbstractModel):
    """What lists show by tier follows the customers' classes."""

    _inherit = "followup.tier.engine"

    @api.model
    def _mirror_policy_tier(self, company, customers=None):
        result = super()._mirror_policy_tier(company, customers)
        self._mirror_tier_orders(company, customers)
        return result

    @api.model
    def _mirror_tier_orders(self, company, customers=None):
        """All models that are listed by tier; other rooms may add theirs.

        :param SQL customers: array of ids (default: all of the company)
        """
        for name in self.env["followup.tier.ordered.mixin"]._inherit_children:
            self._mirror_tier_order(self.env[name], company, customers)

    @api.model
    def _mirror_tier_order(self, model, company, customers=None):
        """One statement that writes only what differs."""
        only = SQL("""TRUE""")
        if customers is not None:
            only = SQL("""f.id = ANY(%s)""", customers)
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s r
                   SET tier_sequence = COALESCE(NULLIF(f.tier_sequence, 0), 999)
                  FROM followup_customer f
                 WHERE r.customer_id = f.id AND r.company_id = %(company)s AND %(only)s
                   AND r.tier_sequence IS DISTINCT FROM
                       COALESCE(NULLIF(f.tier_sequence, 0), 999)
                """,
                table=SQL.identifier(model._table),
                company=company.id,
                only=only,
            )
        )
