from odoo import api, fields, models
from odoo.fields import Domain

from ...const import ALERT_BATCH
from ..apart import work_apart

ACTIVITY = "followup_crm.mail_activity_type_shipment"


class Shipment(models.Model):
    """Warnings reach people: each event once, as an activity (K2, K5)."""

    _inherit = "followup.shipment"

    @api.model
    def _cron_alert(self):
        """Nightly: an activity for everything that became late or pressing."""
        for company in self.env["res.company"].search(Domain.TRUE):
            # A day ends where the company is.
            here = self.with_context(tz=company.partner_id.tz or "UTC")
            shipments = here.search(
                here._get_warning_domain() & Domain("company_id", "=", company.id)
            )
            for start in range(0, len(shipments), ALERT_BATCH):
                batch = shipments[start : start + ALERT_BATCH]
                work_apart(batch, lambda some: some._alert())
                left = len(shipments) - start - len(batch)
                self.env["ir.cron"]._commit_progress(len(batch), remaining=left)

    def _alert(self):
        """Give the alerts that were not given yet.

        :return: number of activities
        """
        activities = []
        for shipment in self.try_lock_for_update():
            given = shipment.alert_keys or []
            warnings = {warned.key: warned for warned in shipment._get_warnings()}
            # What does not hold any more may be told again when it comes back.
            kept = [key for key in given if key in warnings]
            for key, warned in warnings.items():
                if key not in given:
                    activities += shipment._prepare_alerts(warned)
            shipment.alert_keys = kept + [key for key in warnings if key not in given]
        # Elevated: activities of others; the scheduler gives them.
        self.env["mail.activity"].sudo().with_context(
            mail_activity_quick_update=True
        ).create(activities)
        return len(activities)

    def _prepare_alerts(self, warned):
        """An activity for the merchandiser and one for the owner of the customer."""
        users = (self.user_id | self.customer_id.user_id).filtered(
            lambda user: user.active and self.with_user(user).has_access("read")
        )
        vals_list = []
        for user in users:
            here = self.with_context(lang=user.lang, tz=user.tz)
            text = next(
                (w.text for w in here._get_warnings() if w.kind == warned.kind),
                warned.text,
            )
            vals_list.append(
                {
                    "activity_type_id": self.env.ref(ACTIVITY).id,
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": self.id,
                    "user_id": user.id,
                    "date_deadline": fields.Date.context_today(self),
                    "summary": text,
                }
            )
        return vals_list
