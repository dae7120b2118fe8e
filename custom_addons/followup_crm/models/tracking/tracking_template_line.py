from odoo import fields, models

BASES = [("order", "Order date"), ("delivery", "Delivery date")]
ROLES = [
    ("merchandiser", "Merchandiser"),
    ("owner", "Account owner"),
    ("salesperson", "Salesperson"),
    ("user", "A certain person"),
]
# What completes a milestone: somebody, or a document of Odoo.
COMPLETIONS = [
    ("hand", "Ticked off by hand"),
    ("order", "Order confirmed"),
    ("deposit", "First payment received"),
    ("picking", "Delivery done"),
    ("departure", "Shipment departed"),
    ("arrival", "Shipment arrived"),
    ("document", "Document received"),
    ("invoice", "Everything invoiced"),
    ("payment", "Everything paid"),
]


class TrackingTemplateLine(models.Model):
    """A milestone of a template: when it is due, whose it is, what completes it."""

    _name = "followup.tracking.template.line"
    _description = "Milestone of a template"
    _order = "template_id, sequence, id"
    _rec_name = "type_id"

    template_id = fields.Many2one(
        "followup.tracking.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(default=10)
    type_id = fields.Many2one(
        "followup.milestone.type", string="Stage", required=True, ondelete="restrict"
    )
    base = fields.Selection(
        BASES, required=True, default="delivery", string="Counted from"
    )
    offset_days = fields.Integer(
        string="Days", help="Negative: so many days before.", default=0
    )
    role = fields.Selection(
        ROLES, required=True, default="merchandiser", string="Responsible"
    )
    user_id = fields.Many2one(
        "res.users", string="Person", domain="[('share', '=', False)]"
    )
    completes = fields.Selection(
        COMPLETIONS, required=True, default="hand", string="Completed by"
    )
    evidence = fields.Char(
        translate=True,
        string="Wanted as evidence",
        help="What shows that it is done, for example the inspection report.",
    )
    evidence_required = fields.Boolean(
        string="Not without evidence",
        help="It can be ticked off only when a document is attached.",
    )

    _user_of_role = models.Constraint(
        "CHECK (role <> 'user' OR user_id IS NOT NULL)",
        "Say which person is responsible.",
    )
