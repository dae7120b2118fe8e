from datetime import date, timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import COMPLETENESS
from ..models.customer.customer_completeness import CHECKED_FIELDS

# The files are written as if today were this day; loading moves them to the real one.
# It is long past, because what was learnt may not be dated in the future.
STORY_DAY = date(2024, 12, 31)
# The dates that move, by table. Founding dates and birthdays stay.
MOVING_DATES = {
    "followup_information": ("date",),
    "followup_need": ("date", "date_deadline"),
    "followup_purchase_plan": ("date_from", "date_to", "date_decision"),
    "followup_person": ("consent_date", "keep_until", "collected_on"),
}
# Customer → standing, reason, who asked, days since the approval (None: it waits).
STANDINGS = {
    "ipe_amarelo": (
        "risky",
        "Pays more than a month late since last year; four shops closed. New orders"
        " against a deposit of 50 % only.",
        "user_diego",
        74,
    ),
    "pampa_lanas": (
        "risky",
        "The central bank releases no dollars: the last invoice is open. Letter of"
        " credit only.",
        "user_diego",
        255,
    ),
    "stadium_row": (
        "blacklisted",
        "The new owner refuses to pay two invoices for goods that were delivered and"
        " accepted. With the lawyers.",
        "user_diego",
        310,
    ),
    "lagos_threads": (
        "risky",
        "Second invoice in a row paid late and in parts, because dollars are short.",
        "user_priya",
        None,
    ),
}


class Demo(models.AbstractModel):
    """Demonstration data that are counted from today: orders, invoices, dates.

    It is called by ``customer/story_demo.xml`` after the files that tell who the
    customers are, and does nothing in a database without demonstration data.
    """

    _name = "followup.demo"
    _description = "Demonstration data of Follow-up CRM"

    @api.model
    def _load(self):
        """Complete the story; a second call does nothing."""
        if self.env.ref("followup_crm.demo_order_nordwind_1", raise_if_not_found=False):
            return
        # No mails and no log of changes: nobody has done these things here.
        demo = self.with_context(
            tracking_disable=True,
            mail_activity_quick_update=True,
            mail_notrack=True,
            skip_sms=True,
        ).with_company(self.env.ref("base.main_company"))
        today = fields.Date.context_today(demo)
        demo._move_dates(today - STORY_DAY)
        demo._move_balance_sheets(today - STORY_DAY)
        demo._load_rates(today)
        orders = demo._load_orders(today)
        demo._load_invoices(orders, today)
        demo._load_shipments(orders, today)
        demo._load_products(orders, today)
        demo._load_standings(today)
        demo._age_files(today)
        demo._drop_messages(orders)
        demo._drop_messages(demo._get_customers().values())
        demo.env["followup.customer"]._refresh_order_figures()
        demo._classify(today)
        demo._load_contacts(today)
        demo.env["followup.customer"]._refresh_last_contact()
        demo._load_month_plans(today)
        demo.env["followup.clash.key"]._refresh(
            demo.env["followup.customer"].concat(*demo._get_customers().values())
        )
        demo._load_ownership(today)
        demo._load_trackings(orders, today)
        demo._load_opportunities(today)
        demo._load_prospects(today)

    @api.model
    def _classify(self, today):
        """Classify month by month over a year, so that moves can be seen."""
        self.env["followup.sales.month"]._refresh()
        schemes = self.env["followup.tier.scheme"].with_context(active_test=False)
        schemes = schemes.search([("company_id", "=", self.env.company.id)])
        # The table of customer types is made by it.
        schemes.filtered(lambda one: one.code == "business").active = True
        schemes = schemes.filtered("active")
        for months in range(12, -1, -1):
            self.env["followup.tier.engine"]._compute_schemes(
                schemes, notify=False, today=today - relativedelta(months=months)
            )

    @api.model
    def _ref(self, name):
        return self.env.ref(f"followup_crm.{name}")

    @api.model
    def _get_customers(self):
        """The story's files by the name they have in their external ids."""
        data = self.env["ir.model.data"].search(
            [("module", "=", "followup_crm"), ("model", "=", "followup.customer")]
        )
        return {
            name.removeprefix("customer_"): self.env["followup.customer"].browse(res_id)
            for name, res_id in data.mapped(lambda row: (row.name, row.res_id))
        }

    @api.model
    def _move_dates(self, distance):
        """Move the story's dates by ``distance``, so that it ends today."""
        self.env.flush_all()
        for table, columns in MOVING_DATES.items():
            moves = SQL(", ").join(
                SQL(
                    """%(column)s = %(column)s + %(days)s""",
                    column=SQL.identifier(column),
                    days=distance.days,
                )
                for column in columns
            )
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE %(table)s
                       SET %(moves)s
                     WHERE id IN (SELECT res_id
                                    FROM ir_model_data
                                   WHERE module = 'followup_crm'
                                     AND model = %(model)s)
                    """,
                    table=SQL.identifier(table),
                    moves=moves,
                    model=self._get_model_of(table),
                )
            )
        self.env.invalidate_all()

    @api.model
    def _move_balance_sheets(self, distance):
        """Move the customers' finances by whole years: they end with a month."""
        years = relativedelta(years=round(distance.days / 365.25))
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "followup_crm"),
                ("model", "=", "followup.customer.finance"),
            ]
        )
        for finance in self.env["followup.customer.finance"].browse(
            data.mapped("res_id")
        ):
            finance.date += years

    @api.model
    def _get_model_of(self, table):
        return next(
            name for name, model in self.env.registry.items() if model._table == table
        )

    @api.model
    def _load_standings(self, today):
        """Ask for standings as the people of the story did, and approve three."""
        customers, manager = self._get_customers(), self._ref("user_grace")
        for name, (standing, reason, user, days) in STANDINGS.items():
            customer = customers[name].with_context(**self.env.context)
            customer.with_user(self._ref(user))._request_standing(standing, reason)
            if days is not None:
                customer.with_user(manager).action_approve_standing()
                customer.standing_date = today - timedelta(days=days)

    @api.model
    def _drop_messages(self, records):
        """Drop what loading left in the chatter: it would all be dated today."""
        records = list(records)
        self.env["mail.message"].search(
            [
                ("model", "=", records[0]._name),
                ("res_id", "in", [record.id for record in records]),
            ]
        ).unlink()

    @api.model
    def _age_files(self, today):
        """Date each data group as of the newest information; else within the year."""
        newest = self._get_newest_information()
        for name, customer in self._get_customers().items():
            rng = Random(f"age {name}")
            seen = today - timedelta(days=rng.randint(25, 340))
            customer.write(
                {
                    CHECKED_FIELDS[group]: newest.get((customer.id, group), seen)
                    if any(customer[field] for field in names) or group == "basic"
                    else False
                    for group, names in COMPLETENESS.items()
                }
            )

    @api.model
    def _get_newest_information(self):
        """(file id, data group) → date of the newest information or personal data."""
        newest = {
            (customer.id, group): day
            for customer, group, day in self.env["followup.information"]._read_group(
                [], ["customer_id", "data_group"], ["date:max"]
            )
        }
        persons = self.env["followup.person"]._read_group(
            [], ["customer_id"], ["collected_on:max"]
        )
        newest.update({(customer.id, "personal"): day for customer, day in persons})
        return newest
