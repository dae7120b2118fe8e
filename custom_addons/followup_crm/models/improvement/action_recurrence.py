from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class Action(models.Model):
    """The same cause at the same product again: the action was not enough (C12)."""

    _inherit = "followup.action"

    recurrence_ids = fields.Many2many(
        "followup.complaint",
        "followup_action_recurrence_rel",
        "action_id",
        "complaint_id",
        string="Happened again in",
        readonly=True,
    )

    @api.model
    def _reopen_for(self, complaint):
        """Open the actions again that should have prevented this complaint.

        Actions of the company for the same product (any variant of it) and cause, done
        within the company's period; also those that were found to be effective.

        :return: the reopened actions
        """
        if not complaint.product_id or not complaint.cause_id:
            return self.browse()
        # Elevated: a recurrence counts whoever owns the action.
        actions = self.sudo().search(self._get_recurrence_domain(complaint))
        if actions:
            actions._open_again(
                self.env._(
                    "It happened again: %(complaint)s", complaint=complaint.display_name
                )
            )
            actions.write({"recurrence_ids": [(4, complaint.id)]})
        return actions

    @api.model
    def _get_recurrence_domain(self, complaint):
        days = complaint.company_id.fcrm_recurrence_days
        since = fields.Date.context_today(self) - relativedelta(days=days)
        template = complaint.product_id.product_tmpl_id
        return (
            Domain("company_id", "=", complaint.company_id.id)
            & Domain("cause_id", "=", complaint.cause_id.id)
            & Domain("product_id.product_tmpl_id", "=", template.id)
            & Domain("state", "in", ("done", "verified", "effective"))
            & Domain("done_date", ">=", since)
            & Domain("complaint_id", "!=", complaint.id)
        )
