from collections import Counter
from datetime import timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from odoo import api, models

from ..tools.contact_plan import Days, Demand, spread

# The people of the story who have a plan, and how much of it they get done.
PLANNERS = {
    "user_lena": 0.95,
    "user_wang": 0.88,
    "user_diego": 0.7,
    "user_priya": 0.82,
}
# How many of the contacts that took place were not planned.
EXTRA_PART = 0.3
# Whoever has been silent for longer is another story's.
SILENT_DAYS = 150
# What came of a call, and of a visit.
CALLS = (
    ("Samples arrived; the buyer likes the new collar.", "Prices by Friday"),
    ("Asked about the delivery of the running order: no change.", "On schedule"),
    ("Went through the colours of next season.", "Lab dips of three colours asked for"),
    ("They wait for their own sales figures.", "Call again after the month's end"),
    ("Talked about the mill certificate.", "Certificate sent by mail"),
    ("Open invoice: paid last week.", "Settled"),
    ("The retailer wants smaller packs.", "Offer with packs of six asked for"),
)
VISITS = (
    ("Review of the year and of next season's plan.", "A trial order of two styles"),
    ("Showed the autumn range in the showroom.", "Eleven samples chosen"),
)


class Demo(models.AbstractModel):
    """Contact plans of the last month and of this one, and what came of them."""

    _inherit = "followup.demo"

    @api.model
    def _load_month_plans(self, today):
        """Make two months of plans; what is over is mostly done."""
        month = today.replace(day=1)
        for name, part in PLANNERS.items():
            user = self._ref(name)
            last = self._load_month_plan(user, month - relativedelta(months=1), {})
            ends = {
                line.customer_id.id: line.date for line in last.line_ids.sorted("date")
            }
            current = self._load_month_plan(user, month, ends)
            self._carry_out(last.line_ids | current.line_ids, today, part)
        self.env["followup.customer"]._refresh_next_contact()
        self.env["followup.interaction"]._find_due(500)._make_activities()

    @api.model
    def _load_month_plan(self, user, month, ends):
        """The plan of a user as it was made before the month.

        :param ends: customer id → day of the last contact in the month before
        """
        plan = self.env["followup.interaction.plan"].create(
            {"user_id": user.id, "month": month}
        )
        known = self._join_plan(plan)
        demands = [
            Demand(
                customer_id=customer.id,
                interval=customer.contact_interval_days,
                last=ends.get(customer.id)
                or month - timedelta(days=Random(customer.id).randint(1, 20)),
                visit_interval=customer.visit_interval_days,
                visit_due=self._get_visit_due(customer, month),
                planned=tuple(known.get(customer.id, ())),
            )
            for customer in self._get_followed(user, month)
        ]
        load = Counter(day for rows in known.values() for day, _visit in rows)
        days = Days(plan._get_day_capacities()[plan], dict(load))
        placed, left_out = spread(demands, days, month, plan.date_to, visit_weight=3)
        plan._insert_contacts([(plan, contact) for contact in placed])
        plan.invalidate_recordset(["line_ids"])
        plan.write(
            {
                "state": "approved",
                "generated_at": month - timedelta(days=4),
                "left_out_count": len(left_out),
            }
        )
        return plan

    @api.model
    def _join_plan(self, plan):
        """Most of the contacts that the month has already belong to its plan.

        :return: dict of customer id: list of (day, is it a visit)
        """
        contacts = self.env["followup.interaction"].search(
            [
                ("user_id", "=", plan.user_id.id),
                ("date", ">=", plan.month),
                ("date", "<=", plan.date_to),
                ("is_personal", "=", False),
                ("state", "!=", "cancelled"),
            ]
        )
        known = {}
        for contact in contacts:
            row = (contact.date, contact.method == "visit")
            known.setdefault(contact.customer_id.id, []).append(row)
            is_extra = Random(f"extra {contact.id}").random() < EXTRA_PART
            if contact.state != "done" or not is_extra:
                contact.plan_id = plan
        return known

    @api.model
    def _get_followed(self, user, month):
        """The customers that a user is in touch with."""
        customers = self.env["followup.customer"].search(
            [
                ("user_id", "=", user.id),
                ("standing", "!=", "blacklisted"),
                ("last_contact_date", ">", month - timedelta(days=SILENT_DAYS)),
            ]
        )
        return customers.filtered("contact_interval_days")

    @api.model
    def _get_visit_due(self, customer, month):
        """Every third customer is to be visited in a month, in turn."""
        if not customer.visit_interval_days or (customer.id + month.month) % 3:
            return None
        return month + timedelta(days=customer.id % 25)

    @api.model
    def _carry_out(self, lines, today, part):
        """Do what is over, all but a part; the rest was missed, or is late.

        :param part: how much of it is done
        """
        over = lines.filtered(
            lambda line: (
                line.plan_due_date and line.state == "planned" and line.date < today
            )
        )
        for line in over:
            rng = Random(f"{line.customer_id.code} {line.plan_date}")
            content, result = rng.choice(VISITS if line.method == "visit" else CALLS)
            if rng.random() < part:
                later = timedelta(days=rng.choice((0, 0, 0, 1)))
                day = min(line.date + later, today)
                line.write(
                    {
                        "state": "done",
                        "date": day,
                        "done_date": day,
                        "content": content,
                        "result": result,
                    }
                )
                line.customer_id._note_contact(day)
            elif line.date < today - timedelta(days=10):
                line.state = "missed"
