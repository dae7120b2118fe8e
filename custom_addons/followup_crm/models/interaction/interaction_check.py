from odoo import api, fields, models

CHECK_KINDS = [
    ("complaint", "Open complaint"),
    ("request", "Open request"),
    ("order", "Order that is late"),
    ("need", "Unanswered need"),
    ("promise", "Promised"),
    ("invoice", "Overdue invoice"),
    ("last", "Open from last time"),
    ("offer", "Worth offering"),
    ("own", "To prepare"),
]


class InteractionCheck(models.Model):
    """A line of the preparation of a contact: what is open with this customer."""

    _name = "followup.interaction.check"
    _description = "Preparation of a contact"
    _order = "sequence, id"

    interaction_id = fields.Many2one(
        "followup.interaction",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="interaction_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(default=50)
    kind = fields.Selection(CHECK_KINDS, required=True, default="own", readonly=True)
    name = fields.Char(required=True, string="What to bring up or to bring along")
    is_done = fields.Boolean(string="Settled")
    source_key = fields.Char(
        string="Stands for",
        readonly=True,
        copy=False,
        help="The record that it stands for.",
    )

    # Query: lines of one contact by what they stand for; each once.
    _source_unique = models.UniqueIndex(
        "(interaction_id, source_key) WHERE source_key IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Lines of a contact that the user may change."""
        checks = super().create(vals_list)
        checks.interaction_id.check_access("write")
        return checks

    def write(self, vals):
        """A line stays with its contact."""
        if "interaction_id" in vals:
            target = self.env["followup.interaction"].browse(vals["interaction_id"])
            (self.interaction_id | target).check_access("write")
        return super().write(vals)
