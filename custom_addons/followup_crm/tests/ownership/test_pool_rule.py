from datetime import date, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .pool_common import START, PoolCase


def leaving_day(contacts, contact_days=60, order_days=365):
    """Plain Python: the first day on which a never-ordering customer leaves.

    Its owner got it on ``START``; the run is daily, warnings come in time.
    """
    day = START
    while True:
        last = max([START, *(c for c in contacts if c <= day)])
        if (day - last).days >= contact_days or (day - START).days >= order_days:
            return day
        day += timedelta(days=1)


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestPoolRule(PoolCase):
    """Rules, warnings, leaving: through a year of days (F6)."""

    def _live(self, customers, contacts, until):
        """Run every day; note the days of warnings and of leaving."""
        warned = {c: [] for c in customers}
        left = {}
        for number in range(until):
            for customer in customers:
                if self._day(number) in contacts.get(customer, ()):
                    self._contact(customer, number)
            self._run(number)
            for customer in customers:
                watch = self.env["followup.pool.watch"].search(
                    [("customer_id", "=", customer.id)]
                )
                steps = warned[customer]
                if watch.warned_on and (not steps or steps[-1][1] != watch.warned_days):
                    steps.append((self._day(number), watch.warned_days))
                if not customer.user_id and customer not in left:
                    left[customer] = self._day(number)
        return warned, left

    def test_a_year_of_days(self):
        """F6: leaves 60 days after the last contact, at the latest after 365."""
        busy = self._owned("Busy")
        twice = self._owned("Twice")
        contacts = {
            busy: [START + timedelta(days=n) for n in range(20, 400, 20)],
            twice: [date(2026, 3, 20), date(2026, 5, 10)],
        }
        customers = self.prospect | busy | twice
        warned, left = self._live(customers, contacts, 370)
        for customer in customers:
            expected = leaving_day(contacts.get(customer, ()))
            self.assertEqual(left[customer], expected, customer.name)
            last = [(expected - timedelta(days=n), n) for n in (7, 3, 1)]
            self.assertEqual(warned[customer][-3:], last, customer.name)
        self.assertEqual(left[self.prospect], date(2026, 5, 1))
        self.assertEqual(left[busy], date(2027, 3, 2))
        kinds = customers.sudo().owner_change_ids.mapped("kind")
        self.assertEqual(kinds, ["pool"] * 3)

    def test_run_twice_does_nothing_twice(self):
        """F6: the same day again, or a day left out."""
        self._run(53)
        self._run(53)
        self.assertEqual(len(self._activities(self.prospect, "pool_warning")), 1)
        self._run(58)
        self.assertEqual(self.prospect.user_id, self.user_own)
        self._run(62)
        self.assertFalse(self.prospect.user_id)
        self._run(62)
        self.assertEqual(len(self.prospect.sudo().owner_change_ids), 1)

    def test_nobody_leaves_unwarned(self):
        """F6: where the first warning comes late, a week passes all the same."""
        self.assertEqual(self._forecast(self.prospect, 200)[0], self._day(207))
        self._run(200)
        self.assertTrue(self._activities(self.prospect, "pool_warning"))
        self._run(206)
        self.assertTrue(self.prospect.user_id)
        self._run(207)
        self.assertFalse(self.prospect.user_id)

    def test_contact_ends_the_danger(self):
        """F6: a contact closes the warning; the next silence is warned of anew."""
        self._run(55)
        self.assertTrue(
            self._as(self.prospect, self.user_own).with_context(x=1).exists()
        )
        with self._at(55):
            self.assertTrue(self.prospect.pool_warned)
            self.assertIn("5 days", self.prospect.pool_note)
        self._contact(self.prospect, 56)
        self._run(56)
        self.assertFalse(self._activities(self.prospect, "pool_warning"))
        self._run(109)
        self.assertTrue(self._activities(self.prospect, "pool_warning"))

    def test_exemptions(self):
        """F6: locked, order, shipment, opportunity keep a customer; each is named."""
        partner = self.prospect.partner_id
        lead = self.env["crm.lead"].create(
            {
                "name": "Jackets",
                "type": "opportunity",
                "partner_id": partner.id,
                "company_id": self.company_a.id,
                "user_id": False,
            }
        )
        self.env.flush_all()
        self.assertEqual(self._forecast(self.prospect, 70)[1], "opportunity")
        self._run(70)
        self._run(80)
        self.assertTrue(self.prospect.user_id)
        lead.action_set_lost()
        self.assertFalse(self._forecast(self.prospect, 80)[1])
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": partner.id}
        )
        picking_type = self.env["stock.picking.type"].search(
            [("code", "=", "outgoing"), ("company_id", "=", self.company_a.id)], limit=1
        )
        picking = self.env["stock.picking"].create(
            {
                "partner_id": contact.id,
                "picking_type_id": picking_type.id,
                "location_id": picking_type.default_location_src_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
            }
        )
        picking.state = "assigned"
        self.assertEqual(self._forecast(self.prospect, 80)[1], "shipment")
        self._as(self.prospect, self.manager).action_lock_owner()
        self.assertEqual(self._forecast(self.prospect, 80)[1], "locked")
        with self.assertRaises(AccessError):
            self._as(self.prospect, self.user_own).action_unlock_owner()

    def test_open_order_keeps(self):
        """F6: an order that is not delivered or invoiced keeps its customer."""
        product = self.env["product.product"].create({"name": "Shirt"})
        order = self.env["sale.order"].create(
            {
                "partner_id": self.prospect.partner_id.id,
                "company_id": self.company_a.id,
                "order_line": [(0, 0, {"product_id": product.id})],
            }
        )
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(self._forecast(self.prospect, 70)[1], "order")

    def test_dated_plan_keeps_once(self):
        """F6: a meeting ahead keeps the customer until then, a second one does not."""
        partners = self.prospect.partner_id.ids
        values = {"name": "Visit", "partner_ids": [(6, 0, partners)]}
        meeting = {
            **values,
            "start": "2026-05-20 09:00:00",
            "stop": "2026-05-20 10:00:00",
        }
        self.env["calendar.event"].create(meeting)
        self.assertEqual(self._forecast(self.prospect, 55)[0], date(2026, 5, 21))
        for number in (60, 65, 73):
            self._run(number)
        self.env["calendar.event"].create(
            {**values, "start": "2026-09-01 09:00:00", "stop": "2026-09-01 10:00:00"}
        )
        self.assertTrue(self.prospect.user_id)
        self._run(80)
        self.assertFalse(self.prospect.user_id)

    def test_rules_are_the_managers(self):
        """R1, F6: users read rules; nobody reads another company's."""
        rule = self.env["followup.pool.rule"].search(
            [("company_id", "=", self.company_a.id), ("applies_to", "=", "prospect")]
        )
        self.assertEqual((rule.contact_days, rule.order_days), (60, 365))
        with self.assertRaises(AccessError):
            self._as(rule, self.user_own).write({"contact_days": 1000})
        with self.assertRaises(AccessError):
            self._as(rule, self.user_b).read(["contact_days"])
        manager = self._as(rule, self.manager)
        manager.action_use_stock_figures()
        self.assertEqual((rule.contact_days, rule.order_days), (30, 180))
        self.assertEqual(self._forecast(self.prospect, 1)[0], self._day(30))
        with self.assertRaises(ValidationError):
            manager.contact_days = 0
        rule.active = False
        self.assertFalse(self._forecast(self.prospect, 1)[0])

    def test_a_tier_may_have_its_own_rule(self):
        """F6: the rule of the tier holds before that of all."""
        scheme = self.env["followup.tier.scheme"].search(
            [("company_id", "=", self.company_a.id), ("is_policy", "=", True)]
        )
        tier = scheme.tier_ids[0]
        self.env["followup.pool.rule"].create(
            {
                "company_id": self.company_a.id,
                "tier_id": tier.id,
                "contact_days": 20,
                "order_days": 100,
            }
        )
        special = self._owned("Special", tier_id=tier.id)
        self.assertEqual(self._forecast(special, 1)[0], self._day(20))
        self.assertEqual(self._forecast(self.prospect, 1)[0], self._day(60))

    def test_warning_days_are_a_setting(self):
        """F6: other steps, and no nonsense."""
        self.company_a.fcrm_pool_warning_days = "14, 2"
        self._run(46)
        self.assertTrue(self._activities(self.prospect, "pool_warning"))
        with self.assertRaises(ValidationError):
            self.company_a.fcrm_pool_warning_days = "soon"

    def test_cron(self):
        """R2: the daily run works for companies with the pool on only."""
        foreign = self._create_customer(
            "Foreign", user=self.user_b, company=self.company_b
        )
        (foreign | self.prospect).sudo().owner_since = "2020-01-01"
        self._run_cron("followup_crm.pool_cron_apply_rules")
        watches = self.env["followup.pool.watch"].sudo().search([])
        self.assertIn(self.prospect, watches.customer_id)
        self.assertNotIn(foreign, watches.customer_id)
