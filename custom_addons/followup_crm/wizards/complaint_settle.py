from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.complaint.states import WISHES


class ComplaintSettle(models.TransientModel):
    """The fast track (C16): a minor complaint is settled in one dialog.

    Every step is recorded as if it had been taken alone: acknowledged, proposed,
    agreed, remedied, told, closed.
    """

    _name = "followup.complaint.settle"
    _description = "Settle a minor complaint at once"

    complaint_id = fields.Many2one("followup.complaint", required=True, readonly=True)
    currency_id = fields.Many2one(related="complaint_id.currency_id")
    recurrence_count = fields.Integer(related="complaint_id.recurrence_count")
    category_id = fields.Many2one(
        "followup.complaint.category",
        compute="_compute_category_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    compensation_id = fields.Many2one(
        "followup.complaint.compensation",
        string="From the compensation table",
        compute="_compute_compensation_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    compensation_ids = fields.Many2many(
        "followup.complaint.compensation", compute="_compute_compensation_ids"
    )
    kind = fields.Selection(
        WISHES,
        string="What the customer gets",
        compute="_compute_from_compensation",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    name = fields.Char(
        string="In words",
        compute="_compute_from_compensation",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    cost = fields.Monetary(string="Cost to us")
    result_text = fields.Text(
        string="What the customer is told",
        compute="_compute_from_compensation",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )

    @api.depends("complaint_id")
    def _compute_category_id(self):
        for wizard in self:
            wizard.category_id = wizard.complaint_id.category_id

    @api.depends("category_id")
    def _compute_compensation_ids(self):
        for wizard in self:
            complaint = wizard.complaint_id
            wizard.compensation_ids = complaint._get_compensations(wizard.category_id)

    @api.depends("compensation_ids")
    def _compute_compensation_id(self):
        for wizard in self:
            wizard.compensation_id = wizard.compensation_ids[:1]._origin

    @api.depends("compensation_id")
    def _compute_from_compensation(self):
        for wizard in self:
            complaint, row = wizard.complaint_id, wizard.compensation_id
            customer_row = row.with_context(lang=complaint._get_customer_lang())
            wizard.kind = row.kind or "explanation"
            wizard.name = customer_row.name or wizard.name
            wizard.result_text = customer_row.customer_text or customer_row.name

    def action_settle(self):
        """Take all steps, tell the customer and close, or say what is in the way."""
        self.ensure_one()
        complaint = self.complaint_id
        if complaint.recurrence_count:
            raise UserError(
                self.env._(
                    "The same happened before with this product: a corrective action"
                    " is needed, so this complaint takes the usual way."
                )
            )
        complaint.check_access("write")
        complaint.category_id = self.category_id
        complaint._settle(self.kind, self.name, self.cost, self.result_text)
        return {"type": "ir.actions.act_window_close"}
