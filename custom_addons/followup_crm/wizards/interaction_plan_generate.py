from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.plan.plan_generate import AT_ONCE
from ..models.plan.plan_state import MANAGER_GROUP

# From this day of a month on, the next one is planned.
NEXT_MONTH_FROM = 20
# How many months can be chosen.
MONTHS = 3


class InteractionPlanGenerate(models.TransientModel):
    """Dialog: make the plans of a month for some users, or for all."""

    _name = "followup.interaction.plan.generate"
    _description = "Making of contact plans"

    month = fields.Selection(
        selection="_get_months",
        required=True,
        default=lambda self: fields.Date.to_string(self._get_default_month()),
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Users",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Empty: all who own customers.",
    )

    @api.model
    def _get_months(self):
        """This month and the next ones, by their first day."""
        today = fields.Date.context_today(self).replace(day=1)
        months = [today + relativedelta(months=number) for number in range(MONTHS)]
        plans = self.env["followup.interaction.plan"]
        return [
            (fields.Date.to_string(month), plans._format_month(month))
            for month in months
        ]

    @api.model
    def _get_default_month(self):
        today = fields.Date.context_today(self)
        months = 1 if today.day >= NEXT_MONTH_FROM else 0
        return today.replace(day=1) + relativedelta(months=months)

    def action_generate(self):
        """Make the plans that are not there yet, and show those of the month.

        A few are made at once, more by the scheduled action, which begins now.
        """
        self.ensure_one()
        if not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(self.env._("Only a manager makes plans for others."))
        month = fields.Date.to_date(self.month)
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("Switch to this company first."))
        plans = self.env["followup.interaction.plan"]
        waiting = plans._mark_for_users(self.company_id, month, self.user_ids)
        if len(waiting) > AT_ONCE:
            # Elevated: the scheduled action is nobody's to start but ours.
            self.env.ref("followup_crm.interaction_plan_cron").sudo()._trigger()
        else:
            waiting._generate()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "followup_crm.interaction_plan_action"
            ),
            "domain": [
                ("month", "=", fields.Date.to_string(month)),
                ("company_id", "=", self.company_id.id),
            ],
            "context": {},
        }
