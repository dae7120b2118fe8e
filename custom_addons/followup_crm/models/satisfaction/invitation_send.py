import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

# Mails that one transaction makes: it is done as a whole, or not at all.
BATCH = 50
# A short question is answered within so many days, or not at all.
SHORT_DAYS = 30


class SatisfactionInvitation(models.Model):
    """Sending in batches, never twice; one reminder (G2)."""

    _inherit = "followup.satisfaction.invitation"

    # === CRON === #

    @api.model
    def _cron_send(self):
        """Send what is due, then remind; interrupted, it goes on where it stopped.

        Invitation, link and mail are made in one transaction: a batch that was
        interrupted has sent nothing, and one that was not is sent no more.
        """
        self._ask_after_arrivals()
        for domain, step in (
            (self._get_due_domain(), "_send"),
            (self._get_silent_domain(), "_remind"),
        ):
            if not self._work_off(domain, step):
                return
        self.env["followup.satisfaction.response"]._collect_missing()

    @api.model
    def _work_off(self, domain, step):
        """Take batch after batch of a domain; False where the time is over."""
        remaining, last = self.search_count(domain), 0
        while remaining > 0:
            found = self.search(
                domain & Domain("id", ">", last), limit=BATCH, order="id"
            )
            if not found:
                break
            last = found[-1].id
            # Another worker has the locked ones.
            batch = found.try_lock_for_update().filtered_domain(domain)
            getattr(batch, step)()
            remaining -= len(found)
            if not self.env["ir.cron"]._commit_progress(
                len(found), remaining=max(remaining, 0)
            ):
                return False
        return True

    @api.model
    def _get_due_domain(self):
        return Domain("state", "=", "queued") & Domain(
            "due_date", "<=", fields.Datetime.now()
        )

    @api.model
    def _get_silent_domain(self):
        """Sent some days ago, not answered, not reminded, and still to be answered."""
        now = fields.Datetime.now()
        domain = Domain.FALSE
        # Elevated: settings of all companies.
        for company in self.env["res.company"].sudo().search(Domain.TRUE):
            days = timedelta(days=company.fcrm_survey_reminder_days)
            if days:
                domain |= Domain("company_id", "=", company.id) & Domain(
                    "sent_date", "<=", now - days
                )
        return (
            domain
            & Domain("state", "=", "sent")
            & Domain("source", "=", "online")
            & Domain("reminded_date", "=", False)
            & Domain("input_id.deadline", ">", now)
        )

    # === SENDING === #

    def _send(self):
        """Make link and mail of each; what cannot be sent says why."""
        refused = self._get_refused()
        for invitation in self:
            if invitation.id in refused:
                reason = refused[invitation.id]
                invitation.write({"state": "failed", "reason": reason})
        batch = self.filtered(lambda one: one.id not in refused)
        batch._make_inputs()
        now = fields.Datetime.now()
        batch._mail("followup_crm.mail_template_satisfaction_invitation")
        batch.filtered(lambda one: one.state == "queued").write(
            {"state": "sent", "sent_date": now}
        )

    def _remind(self):
        """The one reminder, to whoever has not finished."""
        open_ones = self.filtered(lambda one: one.input_id.state != "done")
        open_ones._mail("followup_crm.mail_template_satisfaction_reminder")
        self.write({"reminded_date": fields.Datetime.now()})

    def _mail(self, xmlid):
        """Mails of a template; one that fails is noted and keeps no other waiting."""
        template = self.env.ref(xmlid).sudo()  # whoever sends uses our template
        for invitation in self:
            try:
                with self.env.cr.savepoint():
                    template.send_mail(
                        invitation.id,
                        email_layout_xmlid="mail.mail_notification_light",
                    )
            except Exception:
                _logger.exception("Invitation %s could not be mailed", invitation.id)
                if invitation.state == "queued":
                    invitation.write({"state": "failed", "reason": "error"})

    def _get_refused(self):
        """Those that must not be asked any more when their time comes: id → reason."""
        refused = {}
        barred = self._get_barred_emails(self.partner_id)
        shorts = self.filtered(lambda one: not one.round_id)
        asked = self.env["followup.satisfaction.round"]._get_last_asked(
            shorts.partner_id
        )
        seen = set()
        for invitation in self:
            partner = invitation.partner_id
            days = timedelta(days=invitation.company_id.fcrm_survey_short_days)
            last = asked.get(partner.id)
            if not partner.email_normalized:
                refused[invitation.id] = "no_contact"
            elif partner.email_normalized in barred:
                refused[invitation.id] = "blacklisted"
            elif invitation in shorts and (
                partner.id in seen or last and last > fields.Datetime.now() - days
            ):
                refused[invitation.id] = "fatigue"
            else:
                seen.add(partner.id)
        return refused

    @api.model
    def _get_barred_emails(self, partners):
        """Addresses among these that do not want mails."""
        # Elevated: nobody reads the list, each address is only looked up.
        found = (
            self.env["mail.blacklist"]
            .sudo()
            .search([("email", "in", partners.mapped("email_normalized"))])
        )
        return set(found.mapped("email"))

    def _make_inputs(self):
        """The answer of each, empty, with a link of its own: all in one go."""
        inputs = self.env["survey.user_input"].sudo()  # nobody answers as himself
        installed = self.env["res.lang"]._get_active_by("code")
        vals_list = []
        for invitation in self:
            survey, partner = invitation.survey_id.sudo(), invitation.partner_id
            questions = survey._prepare_user_input_predefined_questions()
            vals_list.append(
                {
                    "survey_id": survey.id,
                    "partner_id": partner.id,
                    "email": partner.email,
                    "nickname": partner.name,
                    "invite_token": inputs._generate_invite_token(),
                    "deadline": invitation._get_deadline(),
                    "lang_id": partner.lang in installed and installed[partner.lang].id,
                    "predefined_question_ids": [(6, 0, questions.ids)],
                    "fcrm_invitation_id": invitation.id,
                }
            )
        for invitation, answer in zip(self, inputs.create(vals_list), strict=True):
            invitation.input_id = answer

    def _get_deadline(self):
        """Until when it can be answered: the end of the round's last day."""
        self.ensure_one()
        if self.round_id:
            return self.round_id._get_deadline()
        return fields.Datetime.now() + timedelta(days=SHORT_DAYS)
