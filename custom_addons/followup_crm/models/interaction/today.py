from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .interaction import OPEN_STATES

AHEAD_DAYS = 7
SHOWN = 60


class Interaction(models.Model):
    """The work list of a user (F11): one call brings all sections."""

    _inherit = "followup.interaction"

    @api.model
    @api.readonly
    def get_today(self):
        """The current user's work list.

        :return: dict with ``name``, ``day`` and ``sections``: a list of dicts ``key``,
            ``title``, ``empty``, ``count``, ``rows``; see ``_get_today_row``
        """
        self.check_access("read")
        sections = self._get_today_sections()
        return {
            "name": self.env.user.name,
            "day": format_date(
                self.env, fields.Date.context_today(self), date_format="full"
            ),
            "sections": [section for section in sections if section["count"]],
            "is_manager": self._is_manager(self.env.user),
        }

    @api.model
    def _get_today_sections(self):
        """Sections of the work list; other rooms add theirs.

        :return: list of dicts, see ``get_today``
        """
        today = fields.Date.context_today(self)
        mine = Domain("user_id", "=", self.env.uid) & Domain("state", "in", OPEN_STATES)
        greetings = Domain("kind", "in", ("holiday", "birthday"))
        ahead = today + timedelta(days=AHEAD_DAYS)
        texts = self._get_today_titles()
        parts = (
            ("overdue", mine & ~greetings & Domain("date", "<", today), "date, id"),
            ("due", mine & ~greetings & Domain("date", "=", today), "start, id"),
            ("greetings", mine & greetings & Domain("date", "<=", ahead), "date, id"),
            ("returned", self._get_returned_domain(), "date, id"),
            ("review", self._get_my_review_domain(), "date, id"),
            (
                "ahead",
                mine
                & ~greetings
                & Domain("date", ">", today)
                & Domain("date", "<=", ahead),
                "date, start, id",
            ),
        )
        return [
            self._make_today_section(key, texts[key], domain, order)
            for key, domain, order in parts
        ]

    def _get_today_titles(self):
        return {
            "overdue": self.env._("Overdue"),
            "due": self.env._("Today"),
            "greetings": self.env._("Greetings"),
            "returned": self.env._("Reports without content or returned"),
            "review": self.env._("Waiting for my review"),
            "ahead": self.env._("Next 7 days"),
        }

    def _make_today_section(self, key, title, domain, order):
        contacts = self.search(domain, order=order, limit=SHOWN)
        count = len(contacts)
        return {
            "key": key,
            "title": title,
            "count": self.search_count(domain) if count == SHOWN else count,
            "rows": [contact._get_today_row(key) for contact in contacts],
        }

    @api.model
    def _get_returned_domain(self):
        """Own reports that a supervisor returned, or that say nothing yet."""
        month = fields.Date.subtract(fields.Date.context_today(self), days=30)
        empty = (
            Domain("state", "=", "done")
            & Domain("content", "=", False)
            & Domain("done_date", ">=", month)
        )
        returned = Domain("review_state", "=", "returned")
        return Domain("user_id", "=", self.env.uid) & (returned | empty)

    @api.model
    def _get_my_review_domain(self):
        """Reports that the current user is to review; none for users."""
        if not self._is_manager(self.env.user):
            return Domain.FALSE
        return (
            Domain("review_state", "=", "waiting")
            & Domain("user_id", "!=", self.env.uid)
            & Domain("reviewer_id", "in", (self.env.uid, False))
        )

    def _get_today_row(self, section):
        """What the work list shows of one contact."""
        self.ensure_one()
        customer = self.customer_id
        method = self._fields["method"].convert_to_export(self.method, self)
        when = self._format_day(self.date)
        if self.start and section in ("due", "ahead"):
            time = self._format_time(self.start)
            when = time if section == "due" else f"{when} {time}"
        today = fields.Date.context_today(self)
        return {
            "id": self.id,
            "customer_id": customer.id,
            "customer": customer.name,
            "code": customer.code,
            "tier": customer.tier_id.name or "",
            "tier_color": customer.tier_color,
            "purpose": self.purpose,
            "method": self.method,
            "method_label": method,
            "state": self.state,
            "when": "" if section == "due" and not self.start else when,
            "late_days": (today - self.date).days if section == "overdue" else 0,
            "phone": self._get_today_phone(),
            "person": self.contact_ids[:1].name
            or customer.person_in_charge_id.name
            or "",
            "last": self.previous_id.content or "",
            "user": self.user_id.name,
            "greeting": self.greeting_state if section == "greetings" else "",
        }

    def _get_today_phone(self):
        """The number to call: of the person, else of the company."""
        people = self.contact_ids | self.customer_id.person_in_charge_id
        return next(
            (person.phone for person in people if person.phone),
            self.customer_id.phone or "",
        )
