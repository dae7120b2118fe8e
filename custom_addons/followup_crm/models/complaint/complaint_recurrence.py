from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class Complaint(models.Model):
    """What happened before at the same product for the same cause (C12)."""

    _inherit = "followup.complaint"

    recurring_action_ids = fields.Many2many(
        "followup.action",
        "followup_action_recurrence_rel",
        "complaint_id",
        "action_id",
        string="Actions that did not prevent it",
        readonly=True,
    )
    recurrence_count = fields.Integer(
        string="Same before", compute="_compute_recurrence_count"
    )

    @api.depends("product_id", "cause_id", "received_date")
    def _compute_recurrence_count(self):
        """Earlier complaints of the same product and cause within the period."""
        for company, complaints in self.grouped("company_id").items():
            counts = complaints._count_by_product_and_cause(company)
            for complaint in complaints:
                key = (complaint.product_id.product_tmpl_id.id, complaint.cause_id.id)
                own = (complaint.received_date, complaint._origin.id or float("inf"))
                complaint.recurrence_count = sum(
                    other < own for other in counts.get(key, [])
                )

    def _count_by_product_and_cause(self, company):
        """{(product template, cause): [(received on, id)…]} for all in one search."""
        judged = self.filtered(lambda c: c.product_id and c.cause_id)
        if not judged:
            return {}
        days = company.fcrm_recurrence_days
        since = min(judged.mapped("received_date")) - relativedelta(days=days)
        # Elevated: others' complaints of the same product count, too; only their
        # number is told.
        others = self.sudo().search_fetch(
            Domain("company_id", "=", company.id)
            & Domain("received_date", ">=", since)
            & Domain("cause_id", "in", judged.cause_id.ids)
            & Domain(
                "product_id.product_tmpl_id",
                "in",
                judged.product_id.product_tmpl_id.ids,
            ),
            ["product_id", "cause_id", "received_date"],
        )
        counts = {}
        for other in others:
            key = (other.product_id.product_tmpl_id.id, other.cause_id.id)
            counts.setdefault(key, []).append((other.received_date, other.id))
        return counts

    def _note_recurrence(self):
        """The cause is known: reopen what should have prevented it."""
        for complaint in self:
            actions = self.env["followup.action"]._reopen_for(complaint)
            # Elevated: whether an action is needed is closed to direct writing.
            if actions and complaint.capa_decision != "needed":
                complaint.sudo().write({"capa_decision": "needed", "capa_date": False})

    def _actions_changed(self):
        """The corrective clock stops when all actions are in place."""
        for complaint in self:
            actions = complaint.action_ids | complaint.recurring_action_ids
            waiting = actions.filtered(lambda action: action.state == "open")
            if complaint.capa_decision == "needed" and actions and not waiting:
                complaint.capa_date = fields.Datetime.now()
