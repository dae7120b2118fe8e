from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models

from . import key_account_story as story


class Demo(models.AbstractModel):
    """The story's key accounts: managers, people, checks, plans, letters."""

    _inherit = "followup.demo"

    @api.model
    def _load_key_accounts(self, today):
        """Tell a year with the key accounts; classes have been computed already."""
        customers = self._get_customers()
        accounts = self.env["followup.account"]
        accounts._recognise(self.env.company, notify=False)
        customer = customers[story.INCLUDED[0]]
        accounts.with_user(self._ref("user_grace"))._decide(
            customer.with_user(self._ref("user_grace")), "include", story.INCLUDED[1]
        )
        accounts = accounts.search([("state", "=", "current")])
        self._date_accounts(accounts, today)
        by_name = {
            name: customers[name].account_ids
            for name in customers
            if customers[name].account_ids in accounts
        }
        for name, text in story.STRATEGIES.items():
            by_name.get(name, accounts.browse()).strategy = text
        self._load_people(by_name)
        self._load_changes(by_name, today)
        self._load_account_plans(by_name, today)
        self._load_analyses(accounts, today)
        self._load_checks(accounts, today)
        self._load_letters(by_name, today)
        self._drop_messages(accounts)
        self._drop_messages(accounts.check_ids)

    @api.model
    def _date_accounts(self, accounts, today):
        """They have been key accounts for some time, and most managers are known."""
        accounts.customer_id.invalidate_recordset()
        for number, account in enumerate(accounts):
            since = today - timedelta(days=300 - 17 * number)
            account.write(
                {
                    "date_from": since,
                    "introduced_date": number % 4 and since + timedelta(days=6),
                }
            )
            account.event_ids.write({"date": datetime.combine(since, time(9))})

    @api.model
    def _load_people(self, accounts):
        """Who of us visits whom, with some gaps."""
        rows = []
        for name, people in story.PEOPLE.items():
            account = accounts.get(name)
            if not account:
                continue
            for place, (role, contact, user, days, note) in enumerate(people):
                rows.append(
                    {
                        "account_id": account.id,
                        "sequence": 10 * (place + 1),
                        "role": role,
                        "contact_id": contact and self._ref(contact).id,
                        "user_id": user and self._ref(user).id,
                        "interval_days": days,
                        "note": note,
                    }
                )
        made = self.env["followup.account.contact"].create(rows)
        # Whom the latest contacts were with.
        for row in made.filtered(lambda row: row.contact_id and row.user_id):
            contacts = self.env["followup.interaction"].search(
                [
                    ("customer_id", "=", row.customer_id.id),
                    ("user_id", "=", row.user_id.id),
                    ("state", "=", "done"),
                ],
                limit=2,
            )
            contacts[row.sequence // 10 % 2 :].contact_ids = [
                Command.link(row.contact_id.id)
            ]

    @api.model
    def _load_changes(self, accounts, today):
        """Terms and management changed lately: events of those days."""
        for name, days, kind, before, after in story.CHANGES:
            account = accounts.get(name)
            if account:
                account._note_event(kind, before, after)
                account.event_ids.sorted("id")[-1:].date = datetime.combine(
                    today - timedelta(days=days), time(8, 30)
                )

    @api.model
    def _load_account_plans(self, accounts, today):
        """This year's plans of accounts and regions, agreed in January."""
        plans, wanted = self.env["followup.account.plan"], []
        for name, (growth, visits, measures) in story.PLANS.items():
            account = accounts.get(name)
            if account:
                plan = plans.create(
                    {
                        "account_id": account.id,
                        "year": today.year,
                        "user_id": account.manager_id.id or self.env.uid,
                        "wanted_visits": visits,
                        "measures": measures,
                    }
                )
                wanted.append((plan, growth))
        for region, growth in story.REGIONS.items():
            plan = plans.create(
                {
                    "kind": "region",
                    "region": region,
                    "year": today.year,
                    "user_id": self._ref("user_grace").id,
                    "wanted_visits": 60,
                }
            )
            wanted.append((plan, growth))
        for plan, growth in wanted:
            plan.wanted_turnover = round(plan.last_turnover * growth, -4)
            if plan.wanted_turnover:
                plan.action_spread()
                plan.action_agree()
                plan.write(
                    {
                        "agreed_date": today.replace(month=1, day=15),
                        "agreed_user_id": self._ref("user_grace").id,
                    }
                )

    @api.model
    def _load_analyses(self, accounts, today):
        """Three months that were judged, and the last one that waits."""
        reviews = self.env["followup.account.review"]
        first = today.replace(day=1)
        for back in (4, 3, 2):
            start = first - relativedelta(months=back)
            made = reviews.create(
                [
                    {
                        "account_id": account.id,
                        "kind": "month",
                        "date_from": start,
                        "date_to": start + relativedelta(months=1, days=-1),
                    }
                    for account in accounts
                ]
            )
            made._refresh()
            for review in made:
                review.comment = self._get_comment(review)
            made.action_close()
            made.closed_date = start + relativedelta(months=1, days=5)
        reviews._make_for(accounts)

    @api.model
    def _get_comment(self, review):
        change = review.change
        if review.turnover_before and change <= -20:
            return story.COMMENTS["down"]
        if change >= 20:
            return story.COMMENTS["up"]
        return story.COMMENTS["even"]

    @api.model
    def _load_checks(self, accounts, today):
        """Three weeks that were checked; this week's wait."""
        for back in (3, 2, 1):
            checks = accounts._make_checks()
            for number, check in enumerate(checks):
                if check.needs_reason:
                    fell = check.change < 0
                    check.turnover_reason = story.REASONS["down" if fell else "up"]
                check.note = story.NOTES[(number + back) % len(story.NOTES)]
            checks._finish()
            shift = timedelta(weeks=back)
            for check in checks:
                check.write(
                    {
                        "date": check.date - shift,
                        "date_deadline": check.date_deadline - shift,
                        "done_date": fields.Datetime.now() - shift,
                        "done_user_id": check.user_id.id,
                    }
                )
            accounts.last_check_date = today - shift
        accounts._make_checks()
        # Who checks on Mondays has done so.
        early = accounts.filtered(
            lambda one: one.manager_id == self._ref("user_priya")
        ).check_ids.filtered(lambda check: check.state == "open")
        early.turnover_reason = story.REASONS["up"]
        early._finish()

    @api.model
    def _load_letters(self, accounts, today):
        """Letters of intent: one signed, one sent."""
        for name, state, amount, back, ahead, subject, body in story.LETTERS:
            account = accounts.get(name)
            if not account:
                continue
            letter = self.env["followup.account.intent"].create(
                {
                    "account_id": account.id,
                    "name": subject,
                    "body": body,
                    "amount": amount,
                    "user_id": account.manager_id.id or self.env.uid,
                    "date_from": today - timedelta(days=back),
                    "date_to": today + timedelta(days=ahead),
                    "signed_by_id": account.customer_id.person_in_charge_id.id,
                }
            )
            letter.action_send()
            letter.sent_date = today - timedelta(days=back + 12)
            if state == "signed":
                letter.signed_date = today - timedelta(days=back)
                letter.action_sign()
