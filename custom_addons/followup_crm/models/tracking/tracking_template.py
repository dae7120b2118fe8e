from odoo import api, fields, models
from odoo.exceptions import AccessError


class TrackingTemplate(models.Model):
    """The stages that orders of a kind pass, and when (K1).

    The first template, by sequence, whose conditions an order meets is its template;
    a condition that names nothing is met by every order.
    """

    _name = "followup.tracking.template"
    _inherit = ["mail.thread"]
    _description = "Order tracking template"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=10, help="The first template whose conditions an order meets is taken."
    )
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product categories",
        help="Orders with at least one product of these categories or below.",
    )
    customer_ids = fields.Many2many(
        "followup.customer", string="Customers", check_company=True
    )
    incoterm_ids = fields.Many2many("account.incoterms", string="Incoterms")
    team_ids = fields.Many2many("crm.team", string="Sales teams", check_company=True)
    lead_days = fields.Integer(
        default=60,
        string="Usual days to delivery",
        tracking=True,
        help="From order to delivery. Promises of an earlier date are questioned, and"
        " orders without a promised date are planned with it.",
    )
    working_days_only = fields.Boolean(
        default=True,
        string="Only on working days",
        tracking=True,
        help="Dates counted from the order move on to the next working day, dates"
        " counted from the delivery back to the one before, by the company's working"
        " calendar with its holidays.",
    )
    line_ids = fields.One2many(
        "followup.tracking.template.line",
        "template_id",
        string="Milestones",
        copy=True,
    )

    _lead_not_negative = models.Constraint(
        "CHECK (lead_days >= 0)", "The usual days to delivery cannot be negative."
    )

    # === ACTIONS === #

    def action_apply(self):
        """Bring the open orders of this template in line with it (managers only).

        Milestones that are done stay as they are.
        """
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("followup_crm.group_manager"):
            raise AccessError(self.env._("Only a manager changes running orders."))
        # Elevated: a template is for all orders, whoever sees them.
        count = self.env["followup.order.tracking"].sudo()._apply_template(self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s open orders follow it.", count=count),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # === BUSINESS === #

    @api.model
    def _get_default(self, company):
        """The template of an order that meets no condition, or none."""
        return self.search(
            [
                ("company_id", "in", [False, company.id]),
                ("category_ids", "=", False),
                ("customer_ids", "=", False),
                ("incoterm_ids", "=", False),
                ("team_ids", "=", False),
            ],
            limit=1,
        )
