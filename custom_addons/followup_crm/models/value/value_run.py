from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools import lifetime
from .value_model import NO_FIT, NO_PACKAGE, TOO_FEW


class ValueRun(models.Model):
    """A computation of the value of a company's customers: when, and by which model."""

    _name = "followup.value.run"
    _description = "Computation of the value of customers"
    _rec_name = "date"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    date = fields.Date(
        string="Until",
        required=True,
        readonly=True,
        help="The first day that does not count.",
    )
    seconds = fields.Float(readonly=True, aggregator=None)
    customer_count = fields.Integer(string="Customers", readonly=True)
    changed_count = fields.Integer(string="Changed", readonly=True)
    retention = fields.Float(
        string="Retention rate",
        readonly=True,
        aggregator=None,
        help="Of those who ordered in the year before, the share that ordered again.",
    )
    retention_known = fields.Boolean(string="Retention known", readonly=True)
    gap_count = fields.Integer(string="Intervals of orders", readonly=True)
    gap_median = fields.Float(string="Usual interval", readonly=True, aggregator=None)
    gap_risk = fields.Float(string="At risk after", readonly=True, aggregator=None)
    gap_churned = fields.Float(string="Churned after", readonly=True, aggregator=None)
    repeating_count = fields.Integer(string="With repeat orders", readonly=True)
    model_reason = fields.Selection(
        [
            (NO_PACKAGE, "The optional package is missing"),
            (TOO_FEW, "Too few repeat customers"),
            (NO_FIT, "No fit"),
        ],
        string="Why no model",
        readonly=True,
    )
    model_parameters = fields.Json(string="Parameters of the model", readonly=True)
    model_note = fields.Char(string="Lifetime value", compute="_compute_model_note")

    @api.depends("model_reason", "repeating_count", "model_parameters")
    @api.depends_context("lang")
    def _compute_model_note(self):
        """Which formula serves for the lifetime value, and why (V4)."""
        for run in self:
            run.model_note = run._get_model_note()

    def _get_model_note(self):
        if self.model_reason == NO_PACKAGE:
            return self.env._(
                "By the plain formula: the optional Python package scipy is not"
                " installed, so there is no buying model."
            )
        if self.model_reason == TOO_FEW:
            return self.env._(
                "By the plain formula: %(number)d customers bought again, and the"
                " buying model needs %(needed)d.",
                number=self.repeating_count,
                needed=lifetime.FEWEST_REPEATING,
            )
        if self.model_reason == NO_FIT:
            return self.env._(
                "By the plain formula: no buying model fits the orders of this company."
            )
        buying = (self.model_parameters or {}).get("buying") or [0, 0, 0, 0]
        return self.env._(
            "By the buying model BG/NBD (r %(r).3f, alpha %(alpha).3f, a %(a).3f,"
            " b %(b).3f), from %(number)d customers who bought again.",
            r=buying[0],
            alpha=buying[1],
            a=buying[2],
            b=buying[3],
            number=self.repeating_count,
        )

    def action_compute(self):
        """Compute the value of all customers of the user's companies now."""
        if not self.env.user.has_group("followup_crm.group_manager"):
            raise AccessError(self.env._("Managers have the values computed."))
        self.env["followup.value.engine"]._compute(self.env.companies)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.value_run_action"
        )
