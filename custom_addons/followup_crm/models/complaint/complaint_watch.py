import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

_logger = logging.getLogger(__name__)

# Complaints that one transaction of the watch handles.
WATCHED = 200


class Complaint(models.Model):
    """Warned at 75 %, escalated when missed (C3), and asked for approval."""

    _inherit = "followup.complaint"

    # === CRON === #

    @api.model
    def _cron_watch(self):
        """Warn of promises that are soon due; tell the manager what is late."""
        remaining = self.search_count(self._get_watch_domain())
        done = set()
        while remaining:
            batch = self.search(
                self._get_watch_domain() & Domain("id", "not in", list(done)),
                limit=WATCHED,
                order="next_deadline, id",
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
    def _cron_refresh(self):
        """Nightly: open complaints follow their customers' tiers."""
        self._refresh_tier_sequence()

    @api.model
    def _get_watch_domain(self):
        now = fields.Datetime.now()
        return (
            Domain("is_open", "=", True)
            & Domain("is_paused", "=", False)
            & Domain("is_escalated", "=", False)
            & Domain("next_warning", "<=", now)
            & (Domain("is_warned", "=", False) | Domain("next_deadline", "<=", now))
        )

    def _watch(self):
        """Warn or escalate each of these, once for each promise."""
        now = fields.Datetime.now()
        for complaint in self:
            try:
                with self.env.cr.savepoint():
                    if complaint.next_deadline <= now:
                        complaint._escalate()
                    else:
                        complaint._warn()
            except Exception:
                # One that fails must not keep the others waiting.
                _logger.exception("Complaint %s could not be watched", complaint.id)

    def _warn(self):
        """The handler learns that a promise is due soon."""
        self._schedule_watch("due", self.user_id)
        self.is_warned = True

    def _escalate(self):
        """A promise was broken: the manager learns it, and it is on record."""
        manager = self._get_manager()
        # The scheduler has neither language nor time zone: those of who reads it.
        reader = self.user_id or manager
        own = self.with_context(lang=reader.lang)
        clocks = dict(self._fields["next_clock"]._description_selection(own.env))
        own.message_post(
            body=own.env._(
                "Promise missed: %(clock)s by %(deadline)s.",
                clock=clocks[self.next_clock],
                deadline=format_datetime(own.env, self.next_deadline, tz=reader.tz),
            )
        )
        self._schedule_watch("late", manager or self.user_id)
        self.write({"is_warned": True, "is_escalated": True})

    def _schedule_watch(self, kind, user):
        if not user:
            return
        own = self.with_context(lang=user.lang)
        clocks = dict(self._fields["next_clock"]._description_selection(own.env))
        own.activity_schedule(
            f"followup_crm.mail_activity_type_complaint_{kind}",
            summary=clocks[self.next_clock],
            note=self.display_name,
            date_deadline=fields.Datetime.context_timestamp(
                own.with_context(tz=user.tz), self.next_deadline
            ).date(),
            user_id=user.id,
        )

    def _get_manager(self):
        """The manager of the company who is told and asked."""
        return self._get_manager_of(self.company_id)

    # === APPROVAL === #

    def _ask_approval(self, kind, reason, nature=None):
        """Ask a manager; a manager's own request is approved at once.

        :param kind: ``refusal``, ``nature`` or ``concession``
        """
        self.ensure_one()
        self.check_access("write")
        # Elevated: approvals are written by methods only.
        approval = (
            self.env["followup.complaint.approval"]
            .sudo()
            .create(
                {
                    "complaint_id": self.id,
                    "kind": kind,
                    "nature": nature or False,
                    "reason": reason,
                    "requested_by_id": self.env.uid,
                }
            )
            .sudo(False)
        )
        if self.env.user.has_group("followup_crm.group_manager"):
            approval.action_approve()
            return approval
        manager = self._get_manager()
        if manager:
            # Elevated: the activity is for somebody else.
            self.sudo().activity_schedule(
                "followup_crm.mail_activity_type_complaint_approval",
                note=reason,
                user_id=manager.id,
            )
        return approval
