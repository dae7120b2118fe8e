from odoo import api, fields, models
from odoo.exceptions import UserError

from .winback import OPEN_STATES


class WinbackStep(models.Model):
    """An action of a win-back case: what is done, what it costs, what came of it."""

    _name = "followup.winback.step"
    _description = "Action to win a customer back"
    _order = "winback_id, date, id"
    _check_company_auto = True

    winback_id = fields.Many2one(
        "followup.winback",
        string="Case",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="winback_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection(
        [
            ("talk", "Talk"),
            ("visit", "Visit"),
            ("offer", "Special offer"),
            ("remedy", "Remedy of what went wrong"),
            ("sample", "Samples or a new product"),
            ("gift", "Gift or invitation"),
            ("other", "Something else"),
        ],
        required=True,
        default="talk",
    )
    name = fields.Char(string="What is done", required=True)
    cost = fields.Monetary()
    is_done = fields.Boolean(string="Done")
    answer = fields.Char(string="How the customer answered")

    @api.constrains("name", "date", "cost", "answer", "winback_id")
    def _check_open(self):
        """What was done in a case that is over stays as it is."""
        if any(step.winback_id.state not in OPEN_STATES for step in self):
            raise UserError(self.env._("This case is over. Reopen it to go on."))
