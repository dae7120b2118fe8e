from datetime import datetime, time, timedelta
from random import Random

import pytz

from odoo import Command, api, models

from .contact_talks import PLANS, TALKS
from .profiles import PROFILES

# Days between two contacts, by the turnover of a customer in thousand dollars.
RHYTHM = ((600, 16), (200, 24), (60, 38), (0, 60))
BACK_DAYS = 180
# What is said in a report that a supervisor has not looked at yet is so old at most.
UNREVIEWED_DAYS = 6


class Demo(models.AbstractModel):
    """Contacts of the demonstration: half a year done, two weeks planned."""

    _inherit = "followup.demo"

    @api.model
    def _load_contacts(self, today):
        """Contacts as the people of the story had and planned them."""
        customers = self._get_customers()
        done = []
        for name, customer in customers.items():
            if customer.active and customer.user_id:
                done += self._prepare_done(name, customer, today)
        contacts = self.env["followup.interaction"]
        made = contacts.create(done)
        self._review_contacts(made, today)
        self._load_plans(customers, today)
        self._load_agreement(customers, today)
        self._drop_messages(contacts.search([("id", "in", made.ids)]))
        contacts._propose(self.env.company)
        contacts._find_due(500)._make_activities()

    @api.model
    def _prepare_done(self, name, customer, today):
        """Values of the contacts that a customer had in the last half year."""
        rng = Random(f"contacts {name}")
        profile = PROFILES.get(name)
        turnover = profile.turnover if profile else 0
        gap = next(days for limit, days in RHYTHM if turnover >= limit)
        if profile and profile.last > 6:
            gap = BACK_DAYS
        people = customer.partner_id.child_ids.filtered(lambda p: p.type == "contact")
        values, day = [], today - timedelta(days=rng.randint(2, gap))
        while day > today - timedelta(days=BACK_DAYS):
            while day.weekday() > 4:
                day -= timedelta(days=1)
            talk = rng.choices(TALKS, range(len(TALKS), 0, -1))[0]
            values.append(
                {
                    "customer_id": customer.id,
                    "user_id": customer.user_id.id,
                    "method": talk.method,
                    "purpose": talk.purpose,
                    "content": talk.content,
                    "result": talk.result,
                    "next_step": talk.next_step,
                    "date": day,
                    "done_date": day,
                    "state": "done",
                    "kind": "periodic" if rng.random() < 0.6 else "other",
                    "duration": rng.choice((0.25, 0.5, 0.5, 1, 2)),
                    "contact_ids": [
                        Command.set(rng.choice(people).ids if people else [])
                    ],
                }
            )
            day -= timedelta(days=max(3, round(rng.gauss(gap, gap / 4))))
        return values

    @api.model
    def _review_contacts(self, contacts, today):
        """Reports of visits were reviewed, but for those of the last days."""
        manager = self._ref("user_grace")
        visits = contacts.filtered(lambda contact: contact._needs_review())
        for visit in visits:
            waits = visit.date > today - timedelta(days=UNREVIEWED_DAYS)
            visit.write(
                {
                    "review_state": "waiting" if waits else "reviewed",
                    "reviewer_id": False if waits else manager.id,
                    "review_date": False if waits else visit.date + timedelta(days=2),
                }
            )

    @api.model
    def _load_plans(self, customers, today):
        """What each person of the story has on the list: late, today, ahead."""
        by_user = {}
        for name, customer in customers.items():
            if customer.active and customer.user_id and name in PROFILES:
                by_user.setdefault(customer.user_id, []).append(customer)
        values = []
        for user, own in by_user.items():
            rng = Random(f"plans {user.login}")
            own = [c for c in own if c.standing == "normal"]
            chosen = rng.sample(own, min(len(own), len(PLANS)))
            for (days, method, purpose), customer in zip(PLANS, chosen, strict=False):
                values.append(
                    self._prepare_plan(today, days, method, purpose, customer)
                )
        self.env["followup.interaction"].create(values)

    @api.model
    def _prepare_plan(self, today, days, method, purpose, customer):
        user = customer.user_id
        day = today + timedelta(days=days)
        day = user._fcrm_next_working_day(day) if days > 0 else day
        start = False
        if method in ("visit", "online"):
            zone = pytz.timezone(user.tz or "UTC")
            local = zone.localize(datetime.combine(day, time(10 + days % 5)))
            start = local.astimezone(pytz.utc).replace(tzinfo=None)
        return {
            "customer_id": customer.id,
            "user_id": user.id,
            "method": method,
            "purpose": purpose,
            "date": day,
            "start": start,
            "duration": 1,
            "state": "confirmed" if start and days < 3 else "planned",
            "contact_ids": [Command.set(customer.person_in_charge_id.ids)],
        }

    @api.model
    def _load_agreement(self, customers, today):
        """Two key accounts were promised quicker answers."""
        self.env["followup.service.agreement"].create(
            [
                {
                    "customer_id": customers[name].id,
                    "name": title,
                    "date_from": today.replace(month=1, day=1),
                    "response_hours": hours,
                    "proposal_hours": 16,
                }
                for name, title, hours in (
                    ("nordwind", "Supply contract, annex 3", 2),
                    ("cascadia", "Vendor manual, chapter 7", 4),
                )
            ]
        )
