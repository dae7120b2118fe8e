import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from .states import WAITING_STATES

_logger = logging.getLogger(__name__)

# Requests that one transaction of the watch handles.
WATCHED = 200


class Request(models.Model):
    """Warned at 75 % of the promised time, escalated when it is over."""

    _inherit = "followup.request"

    # === CRON === #

    @api.model
    def _cron_watch(self):
        """Warn of answers that are soon due; tell the manager what is late."""
        remaining = self.search_count(self._get_watch_domain())
        done = set()
        while remaining:
            batch = self.search(
                self._get_watch_domain() & Domain("id", "not in", list(done)),
                limit=WATCHED,
                order="warning_date, id",
            )
            if not batch:
                break
            done.update(batch.ids)
            batch._watch()
            remaining = max(remaining - len(batch), 0)
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                break

    @api.model
    def _get_watch_domain(self):
        now = fields.Datetime.now()
        return (
            Domain("state", "in", WAITING_STATES)
            & Domain("answered_date", "=", False)
            & Domain("is_escalated", "=", False)
            & Domain("warning_date", "<=", now)
            & (Domain("is_warned", "=", False) | Domain("answer_deadline", "<=", now))
        )

    def _watch(self):
        """Warn or escalate each of these, once for each promise."""
        now = fields.Datetime.now()
        for request in self:
            try:
                with self.env.cr.savepoint():
                    if request.answer_deadline <= now:
                        request._escalate()
                    else:
                        request._remind("due", request.user_id)
                        request.is_warned = True
            except Exception:
                # One that fails must not keep the others waiting.
                _logger.exception("Request %s could not be watched", request.id)

    def _escalate(self):
        """The promise was broken: the manager learns it, and it is on record."""
        manager = self._get_manager_of(self.company_id)
        # The scheduler has neither language nor time zone: those of who reads it.
        reader = self.user_id or manager
        own = self.with_context(lang=reader.lang)
        own.message_post(
            body=own.env._(
                "The answer was promised by %(deadline)s and has not been given.",
                deadline=format_datetime(own.env, self.answer_deadline, tz=reader.tz),
            )
        )
        self._remind("late", manager or self.user_id)
        vals = {"is_warned": True, "is_escalated": True}
        if self.answer_result == "waiting":
            vals["answer_result"] = "late"
        self.write(vals)

    def _remind(self, kind, user):
        if not user:
            return
        own = self.with_context(lang=user.lang)
        own.activity_schedule(
            f"followup_crm.mail_activity_type_request_{kind}",
            note=self.display_name,
            date_deadline=fields.Datetime.context_timestamp(
                own.with_context(tz=user.tz), self.answer_deadline
            ).date(),
            user_id=user.id,
        )
