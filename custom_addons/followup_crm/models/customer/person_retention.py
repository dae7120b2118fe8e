import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..apart import work_apart

_logger = logging.getLogger(__name__)

REMIND_DAYS = 30
BATCH_SIZE = 100
REMINDER_TYPE = "followup_crm.mail_activity_type_person_retention"


class Person(models.Model):
    """The end of the time for which personal data are kept, and erasure (R3)."""

    _inherit = "followup.person"

    # === RETENTION === #

    @api.model
    def _cron_retention(self):
        """Erase what may be kept no longer; remind the owners a month before."""
        today = fields.Date.context_today(self)
        self._erase_expired(today)
        self._remind_of_retention(today)

    @api.model
    def _erase_expired(self, today):
        """Erase, batch by batch, the persons whose time has ended.

        A record that cannot be erased is logged and does not stop the others.
        """
        cron, failed = self.env["ir.cron"], set()
        expired = Domain("keep_until", "<=", today)
        remaining = self.search_count(expired)
        cron._commit_progress(remaining=remaining)
        while batch := self.search(
            expired & Domain("id", "not in", failed), limit=BATCH_SIZE, order="id"
        ):
            locked = batch.try_lock_for_update()
            failed |= set((batch - locked).ids)
            for person in locked:
                if not person._try_erase("retention"):
                    failed.add(person.id)
            remaining = max(0, remaining - len(batch))
            if not cron._commit_progress(len(batch), remaining=remaining):
                break

    def _try_erase(self, action):
        """Erase one person by itself.

        :return: whether it worked
        """
        try:
            with self.env.cr.savepoint():
                self._erase(action)
        except Exception as error:
            # The message might quote personal data: name the kind of error only.
            _logger.error(
                "Personal data of record %s could not be erased: %s",
                self.id,
                type(error).__name__,
            )
            self.env.invalidate_all()
            return False
        return True

    @api.model
    def _remind_of_retention(self, today):
        """One activity per file for its owner, once for each end of time."""
        domain = (
            Domain("keep_until", "<=", today + timedelta(days=REMIND_DAYS))
            & Domain("keep_until", ">", today)
            & Domain("is_reminded", "=", False)
            & Domain("customer_id.user_id", "!=", False)
        )
        cron = self.env["ir.cron"]
        remaining = self.search_count(domain)
        cron._commit_progress(remaining=remaining)
        while persons := self.search(domain, limit=BATCH_SIZE, order="id"):
            failed = work_apart(persons, self._remind_owners, private=True)
            domain &= Domain("id", "not in", failed.ids)
            remaining = max(0, remaining - len(persons))
            if not cron._commit_progress(len(persons), remaining=remaining):
                break

    def _remind_owners(self, persons):
        for customer, ending in persons.grouped("customer_id").items():
            ending._schedule_retention_reminder(customer)
        persons.is_reminded = True

    def _schedule_retention_reminder(self, customer):
        """Remind the owner of the file; without names, others read activities too."""
        customer = customer.with_context(lang=customer.user_id.lang)
        first = min(self.mapped("keep_until"))
        customer.activity_schedule(
            REMINDER_TYPE,
            date_deadline=first,
            summary=customer.env._("Personal data will be erased"),
            note=customer.env._(
                "The time for keeping personal data of %(count)s decision makers of"
                " this customer ends, the first on %(date)s. If the purpose still"
                " holds, extend the time on the page People; otherwise do nothing.",
                count=len(self),
                date=fields.Date.to_string(first),
            ),
            user_id=customer.user_id.id,
        )

    @api.model
    def _drop_retention_reminders(self, customers):
        """Remove the reminders of files of which no time is about to end any more."""
        # Elevated: the activity is the owner's, whoever extended the time.
        waiting = (
            self.sudo()
            .search([("customer_id", "in", customers.ids), ("is_reminded", "=", True)])
            .customer_id
        )
        if settled := customers.sudo() - waiting:
            settled.activity_unlink([REMINDER_TYPE])

    # === ERASURE === #

    def _erase(self, action):
        """Delete all that is held on these persons; the log keeps their initials.

        Callers check who may do it.

        :param str action: ``erase`` or ``retention``, for the log
        :return: how many were erased
        """
        # Elevated: nobody may delete a person record by hand.
        persons = self.sudo().exists()
        customers, count = persons.customer_id, len(persons)
        accesses = self.env["followup.person.access"].sudo()
        accesses._log(persons, action, reason="request" if action == "erase" else None)
        accesses.search([("person_id", "in", persons.ids)])._anonymise()
        persons.unlink()
        self._drop_retention_reminders(customers)
        return count

    def _erase_for_privacy(self):
        """Erase because the privacy lookup says so."""
        self._erase("erase")
