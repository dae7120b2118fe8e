from odoo import api, fields, models

from ...tools.clock import UNITS
from .states import KINDS


class RequestTarget(models.Model):
    """How soon we answer a kind of request.

    Shipped for all companies; a company's own row for the same kind comes first. The
    customer's tier shortens it by its response time factor, a service agreement
    replaces it.
    """

    _name = "followup.request.target"
    _description = "Promised time for requests"
    _order = "sequence, id"

    kind = fields.Selection(KINDS, string="Kind of request", required=True)
    amount = fields.Float(string="Within", required=True)
    unit = fields.Selection(UNITS, required=True, default="work_hour")
    company_id = fields.Many2one("res.company", help="Empty for all companies.")
    sequence = fields.Integer(compute="_compute_sequence", store=True)

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A promised time is longer than nothing."
    )
    # Query: what is promised; one row for each company and kind.
    _target_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), kind)",
        "There is a promised time for this kind of request already.",
    )

    @api.depends("kind")
    def _compute_sequence(self):
        kinds = [code for code, _label in KINDS]
        for target in self:
            target.sequence = kinds.index(target.kind) if target.kind else 0

    @api.model
    def _get_promises(self, company):
        """{kind: (amount, unit)}: the company's own before the shipped."""
        # Elevated: the promises hold for requests by mail, too.
        rows = self.sudo().search_fetch(
            [("company_id", "in", (False, company.id))], ["kind", "amount", "unit"]
        )
        rows = rows.sorted(lambda row: bool(row.company_id))
        return {row.kind: (row.amount, row.unit) for row in rows}
