from odoo import api, fields, models


class Information(models.Model):
    """How a customer came to us, as its lead told it."""

    _inherit = "followup.information"

    lead_id = fields.Many2one(
        "crm.lead",
        string="From the prospect",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model
    def _note_once(self, vals_list):
        """Note what leads told, unless it has been noted for that customer already."""
        known = self.search_fetch(
            [("lead_id", "in", [vals["lead_id"] for vals in vals_list])],
            ["lead_id", "customer_id"],
        )
        present = {(one.customer_id.id, one.lead_id.id) for one in known}
        return self.create(
            [
                vals
                for vals in vals_list
                if (vals["customer_id"], vals["lead_id"]) not in present
            ]
        )
