from odoo import api, models
from odoo.fields import Domain


class Handover(models.Model):
    """Who loses a customer follows its records no more, nor is reminded of them."""

    _inherit = "followup.handover"

    @api.model
    def _get_thread_models(self):
        """Models with a log and ``customer_id``; rooms add theirs.

        :return: list of technical names
        """
        return []

    @api.model
    def _move_of_customers(self, customers, former, user, keeper=None):
        result = super()._move_of_customers(customers, former, user, keeper)
        leaving = customers.filtered(
            lambda customer: (
                former not in customer.team_user_ids | customer.deputy_user_id | user
            )
        )
        for name in self._get_thread_models() if former and leaving else []:
            self._leave_threads(name, leaving, former, user or keeper or self.env.user)
        return result

    @api.model
    def _leave_threads(self, model, customers, former, taker):
        """Followers and activities of all records, also of those that are closed."""
        # Elevated: what a former owner leaves behind moves whoever may see it.
        records = self.env[model].sudo().with_context(active_test=False)
        mine = Domain("customer_id", "in", customers.ids)
        partner = former.partner_id
        followed = records.search(
            mine & Domain("message_partner_ids", "in", partner.ids)
        )
        followed.message_unsubscribe(partner.ids)
        reminded = records.search(mine & Domain("activity_user_id", "in", former.ids))
        activities = reminded.activity_ids.filtered(lambda a: a.user_id == former)
        activities.with_context(mail_activity_quick_update=True).write(
            {"user_id": taker.id}
        )
