from odoo import api, fields, models


class LoyaltyMeasure(models.Model):
    """A measure of a loyalty plan: what, who, by when, what came of it (V13)."""

    _name = "followup.loyalty.measure"
    _description = "Measure of a loyalty plan"
    _order = "plan_id, date_deadline, id"
    _check_company_auto = True

    plan_id = fields.Many2one(
        "followup.loyalty.plan",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    name = fields.Char(string="What is done", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        check_company=True,
    )
    date_deadline = fields.Date(string="Due")
    is_done = fields.Boolean(string="Done")
    result = fields.Char()
    is_late = fields.Boolean(compute="_compute_is_late", string="Is late")

    @api.depends("date_deadline", "is_done")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for measure in self:
            due = measure.date_deadline
            measure.is_late = bool(due and due < today and not measure.is_done)
