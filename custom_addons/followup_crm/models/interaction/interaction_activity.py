from odoo import api, fields, models
from odoo.tools import SQL

from ...const import BATCH_SIZE
from ..apart import work_apart
from .interaction import OPEN_STATES
from .interaction_meeting import ECHO

# Rows of one transaction; an activity costs a millisecond.
ACTIVITY_BATCH = 500
MISSED_BATCH = 2_000
ACTIVITY_TYPE = "followup_crm.mail_activity_type_interaction"
# Kinds whose occasion passes; what was promised or is owed stays due until it is done.
PASSING_KINDS = ("periodic", "after_deal", "holiday", "birthday")
MISSED_AFTER_DAYS = 14


class Interaction(models.Model):
    """A contact that is due is an activity; what is never done is missed."""

    _inherit = "followup.interaction"

    # === CRON === #

    @api.model
    def _cron_make_due(self):
        """Hourly: activities for what is due for its user; what passed is missed."""
        self._mark_missed()
        failed = self.browse()
        while due := self._find_due(ACTIVITY_BATCH, failed.ids):
            failed |= work_apart(due, lambda some: some._make_activities())
            remaining = len(self._find_due(BATCH_SIZE, failed.ids))
            if not self.env["ir.cron"]._commit_progress(len(due), remaining=remaining):
                break

    @api.model
    def _find_due(self, limit, skipped=()):
        """Open contacts without activity whose day has come in their user's zone.

        :param skipped: ids of those that are left out
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT i.id
                  FROM followup_interaction i
                  JOIN res_users u ON u.id = i.user_id AND u.active
                  JOIN res_partner p ON p.id = u.partner_id
                 WHERE i.state IN ('planned', 'confirmed')
                   AND i.activity_id IS NULL
                   AND i.id <> ALL(%(skipped)s)
                   AND i.date <= (timezone(COALESCE(p.tz, 'UTC'),
                                           timezone('UTC', %(now)s::timestamp)))::date
                 ORDER BY i.date, i.id
                 LIMIT %(limit)s
                """,
                now=fields.Datetime.now(),
                limit=limit,
                skipped=list(skipped),
            )
        )
        return self.browse(row[0] for row in rows)

    def _make_activities(self):
        """Make the activities of due contacts and prepare them; nobody is mailed."""
        # Elevated: the job works for all users; skipped are rows that somebody changes.
        contacts = self.sudo().try_lock_for_update()
        contacts = contacts.filtered(
            lambda c: c.state in OPEN_STATES and not c.activity_id
        )
        if not contacts:
            return
        quiet = {ECHO: True, "mail_activity_quick_update": True}
        activity_type = self.env.ref(ACTIVITY_TYPE)
        model = self.env["ir.model"]._get(self._name)
        activities = (
            self.env["mail.activity"]
            .sudo()
            .with_context(**quiet)
            .create(
                [
                    {
                        "res_model_id": model.id,
                        "res_id": contact.id,
                        "activity_type_id": activity_type.id,
                        "summary": contact.purpose,
                        "date_deadline": contact.date,
                        "user_id": contact.user_id.id,
                        "calendar_event_id": contact.event_id.id,
                        "automated": True,
                    }
                    for contact in contacts
                ]
            )
        )
        for contact, activity in zip(contacts, activities, strict=True):
            contact.with_context(**quiet).activity_id = activity
        contacts._fill_checklist()

    @api.model
    def _mark_missed(self):
        """Occasions that passed long ago are missed."""
        today = fields.Date.context_today(self)
        missed = self.search(
            [
                ("state", "in", OPEN_STATES),
                ("kind", "in", PASSING_KINDS),
                ("previous_id", "=", False),
                ("date", "<", fields.Date.subtract(today, days=MISSED_AFTER_DAYS)),
            ],
            limit=MISSED_BATCH,
            order="date, id",
        ).try_lock_for_update()
        if missed:
            # What the calendar of a past day tells is no news for the log.
            missed.with_context(tracking_disable=True).action_miss()

    # === BUSINESS === #

    def _update_activities(self):
        """Day, responsible and subject of the activities follow the contacts."""
        # Elevated: the activity follows its contact, whoever it is assigned to.
        quiet = {
            ECHO: True,
            "mail_activity_quick_update": True,
            "calendar_event_meeting_update": True,
        }
        for contact in self.sudo():
            activity = contact.activity_id.with_context(**quiet)
            if not activity.active or contact.state not in OPEN_STATES:
                continue
            vals = {
                "date_deadline": contact.date,
                "user_id": contact.user_id.id,
                "summary": contact.purpose,
            }
            changed = {
                name: value
                for name, value in vals.items()
                if value
                != activity._fields[name].convert_to_write(activity[name], activity)
            }
            if changed:
                activity.write(changed)

    def _finish_activities(self):
        """The contact is done, and so is its activity."""
        for contact in self:
            # Elevated: done is done, whoever it was assigned to.
            activity = contact.sudo().activity_id.filtered("active")
            if activity:
                activity.with_context(**{ECHO: True})._action_done()

    def _follow_activity(self, activity, vals):
        """The activity was moved or given to somebody else: so is the contact."""
        self.ensure_one()
        changed = {}
        if "date_deadline" in vals and self.date != activity.date_deadline:
            changed["date"] = activity.date_deadline
        user = activity.user_id
        if "user_id" in vals and user and user != self.user_id:
            changed["user_id"] = user.id
        if changed:
            self.write(changed)
