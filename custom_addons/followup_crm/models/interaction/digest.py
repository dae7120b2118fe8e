import pytz

from odoo import api, fields, models

from ..apart import work_apart

# The hour, where the user is, from which on the daily list is sent.
DIGEST_HOUR = 7
DIGEST_TEMPLATE = "followup_crm.interaction_digest"


class Interaction(models.Model):
    """The daily list by mail (F11): in the morning, only where there is something."""

    _inherit = "followup.interaction"

    # === CRON === #

    @api.model
    def _cron_send_digest(self):
        """Hourly: users for whom it is morning get their list, once a day."""
        users = self._get_digest_users()
        self.env["ir.cron"]._commit_progress(remaining=len(users))
        for user in users:
            work_apart(user, self._send_digest)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    # === BUSINESS === #

    @api.model
    def _get_digest_users(self):
        """Users of Follow-up CRM where it is morning and who have no list of today."""
        # Elevated: who has a role, and when it is morning there.
        group = self.env.ref("followup_crm.group_user").sudo()
        return group.all_user_ids.filtered(self._wants_digest_now)

    @api.model
    def _wants_digest_now(self, user):
        if not user.active or user.share or not user.fcrm_daily_digest:
            return False
        if user.id == self.env.ref("base.user_root").id or not user.email:
            return False
        now = pytz.utc.localize(fields.Datetime.now())
        local = now.astimezone(pytz.timezone(user.tz or "UTC"))
        if local.hour < DIGEST_HOUR or user.fcrm_digest_date == local.date():
            return False
        return local.date() in user._fcrm_get_working_days(
            local.date(), local.date(), user.company_id
        )

    @api.model
    def _send_digest(self, user):
        """Mail one user's list in his or her language, with his or her rights.

        :return: whether there was something to send
        """
        # Elevated: a user's own row is locked, so that two jobs send one mail.
        if not user.sudo().try_lock_for_update(allow_referencing=True):
            return False
        zone = pytz.timezone(user.tz or "UTC")
        today = pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()
        user.sudo().fcrm_digest_date = today
        own = (
            self.with_user(user)
            .sudo(False)
            .with_context(
                lang=user.lang, tz=user.tz, allowed_company_ids=user.company_ids.ids
            )
        )
        data = own.get_today()
        urgent = [s for s in data["sections"] if s["key"] != "ahead"]
        if not urgent:
            return False
        body = own.env["ir.qweb"]._render(
            DIGEST_TEMPLATE, {"data": data, "base_url": own.get_base_url()}
        )
        count = sum(section["count"] for section in urgent)
        # Elevated: users may not put mails into the queue; it is to themselves.
        self.env["mail.mail"].sudo().create(
            {
                "subject": own.env._("To do today: %(count)s", count=count),
                "body_html": body,
                "email_to": user.email_formatted,
                "email_from": user.company_id.email_formatted or user.email_formatted,
                "auto_delete": True,
            }
        )
        return True
