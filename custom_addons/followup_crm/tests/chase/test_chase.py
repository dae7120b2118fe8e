from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import FollowupCase

# Sent on a Monday; five days later it is chased.
SENT, DUE, NEXT = "2026-03-02 09:00:00", "2026-03-07 03:20:00", "2026-03-14 03:20:00"


@tagged("post_install", "-at_install", "followup_crm", "chase")
class TestChase(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["sale.order"].search([("state", "=", "sent")]).state = "draft"
        cls.product = cls.env["product.product"].create({"name": "Polo shirt"})
        cls.customer = cls._create_customer("Brook Ltd.", email="buy@brook.test")
        cls.chases = cls.env["followup.chase"].sudo()

    @classmethod
    @freeze_time(SENT)
    def _quote(cls, customer=None, **vals):
        customer = customer or cls.customer
        order = cls.env["sale.order"].create(
            {
                "partner_id": customer.partner_id.id,
                "company_id": cls.company_a.id,
                "user_id": cls.user_own.id,
                "validity_date": "2026-12-31",
                "order_line": [Command.create({"product_id": cls.product.id})],
                **vals,
            }
        )
        order.action_quotation_sent()
        return order

    @freeze_time(SENT)
    def _sample(self):
        tracking = (
            self.env["followup.product.tracking"]
            .with_company(self.company_a)
            ._start(self.customer, {"product_id": self.product.id})
        )
        sample = self.env["followup.product.sample"].create(
            {"tracking_id": tracking.id}
        )
        sample.action_sent()
        return sample

    def _propose(self, moment=DUE):
        before = self.chases.search([])
        with freeze_time(moment):
            self._run_cron("followup_crm.chase_cron")
        return self.chases.search([]) - before

    def _reply(self, order, moment, text="We think about it."):
        message = order.message_post(
            body=text,
            author_id=order.partner_id.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        message.date = moment

    def _send(self, chase, moment, user=None):
        with freeze_time(moment):
            own = self._as(chase.sudo(False), user or self.user_own)
            own.action_send()

    def test_proposed_after_days(self):
        """Q3: After five days, not before; one proposal, in the owner's name."""
        order = self._quote()
        self.assertFalse(self._propose("2026-03-06 03:20:00"))
        chase = self._propose()
        self.assertEqual((chase.order_id, chase.customer_id), (order, self.customer))
        self.assertEqual(chase.waiting_since, date(2026, 3, 2))
        self.assertEqual(chase.user_id, self.user_own)
        self.assertIn(order.name, chase.subject)
        self.assertIn("Polo shirt", chase.body)
        self.assertIn(self.user_own.name, chase.body)
        self.assertFalse(self._propose())

    def test_customers_language(self):
        """Q3: The reminder is written in the customer's language."""
        self.customer.partner_id.lang = "zh_CN"
        self._quote()
        self.assertIn("报价单", self._propose().body)

    def test_not_proposed(self):
        """Q3: Not where there was a word, a consent is missing or it is over."""
        self._quote(validity_date="2026-03-05")
        answered = self._create_customer("Answered", email="a@answered.test")
        order = self._quote(answered)
        self._reply(order, "2026-03-03 09:00:00")
        self._quote(
            self._create_customer("Out", email="o@out.test", chase_opt_out=True)
        )
        blocked = self._create_customer("Blocked", email="b@blocked.test")
        self.env["mail.blacklist"]._add("b@blocked.test")
        self._quote(blocked)
        self._quote(self._create_customer("No address"))
        self._quote().action_confirm()
        self._quote().action_cancel()
        self.assertFalse(self._propose())

    def test_at_most_twice(self):
        """Q3: Twice at most, a week apart; what came late is not asked a third time."""
        self._quote()
        first = self._propose()
        self._send(first, "2026-03-07 09:00:00")
        self.assertFalse(self._propose("2026-03-13 03:20:00"))
        second = self._propose("2026-03-15 03:20:00")
        self.assertEqual(second.round_number, 2)
        self._send(second, "2026-03-15 09:00:00")
        self.assertFalse(self._propose("2026-04-15 03:20:00"))

    def test_never_twice_a_day(self):
        """Q3: Two quotations, one reminder a day; the other waits."""
        self._quote()
        self._quote()
        chases = self._propose()
        self.assertEqual(len(chases), 2)
        with freeze_time(DUE):
            result = self._as(chases.sudo(False), self.user_own).action_send()
        self.assertEqual(sorted(chases.mapped("state")), ["proposed", "sent"])
        self.assertEqual(result["params"]["type"], "warning")
        left = chases.filtered(lambda one: one.state == "proposed")
        with self.assertRaises(UserError):
            self._send(left, "2026-03-07 18:00:00")
        self._send(left, "2026-03-08 09:00:00")

    def test_mail(self):
        """Q3: The mail goes to the customer on the quotation, as text."""
        order = self._quote()
        chase = self._propose()
        own = self._as(chase.sudo(False), self.user_own)
        own.body = "Hello <script>alert(1)</script> {{7*7}}"
        self._send(chase, DUE)
        message = order.message_ids[0]
        self.assertEqual(message.partner_ids, self.customer.partner_id)
        self.assertEqual(message.author_id, self.user_own.partner_id)
        self.assertNotIn("<script>", message.body)
        self.assertIn("{{7*7}}", message.body)
        self.assertEqual(chase.phrase_id.use_count, 1)

    def test_skip_and_opt_out(self):
        """Q3: Skipped waits for the interval; an opt-out ends all proposals."""
        self._quote()
        chase = self._propose()
        with freeze_time(DUE):
            self._as(chase.sudo(False), self.user_own).action_skip()
        self.assertFalse(self._propose("2026-03-13 03:20:00"))
        again = self._propose(NEXT)
        self.assertEqual(again.round_number, 1)
        self._as(again.sudo(False), self.user_own).action_opt_out()
        self.assertEqual(again.state, "withdrawn")
        self.assertTrue(self.customer.chase_opt_out)
        self.assertFalse(self._propose("2026-05-14 03:20:00"))

    def test_withdrawn(self):
        """Q3: What was answered meanwhile is taken from the list, and cannot go out."""
        order = self._quote()
        chase = self._propose()
        order.action_confirm()
        with self.assertRaises(UserError):
            self._send(chase, DUE)
        self._propose(DUE)
        self.assertEqual(chase.state, "withdrawn")

    def test_sample(self):
        """Q3: Samples are chased after ten days, until the customer said something."""
        sample = self._sample()
        self.assertFalse(self._propose())
        chase = self._propose("2026-03-12 03:20:00")
        self.assertEqual((chase.kind, chase.sample_id), ("sample", sample))
        self.assertIn("Polo shirt", chase.subject)
        self._send(chase, "2026-03-12 09:00:00")
        self.assertEqual(
            sample.tracking_id.message_ids[0].partner_ids, self.customer.partner_id
        )
        with freeze_time("2026-03-14 09:00:00"):
            sample.action_approve()
        self._propose("2026-03-15 03:20:00")
        self.assertEqual(
            (chase.outcome, chase.outcome_on), ("reply", date(2026, 3, 14))
        )

    def test_what_worked(self):
        """Q3: Reply, then order within seven days; nothing after them."""
        order = self._quote()
        chase = self._propose()
        self._send(chase, "2026-03-07 09:00:00")
        self._propose("2026-03-08 03:20:00")
        self.assertEqual(chase.outcome, "waiting")
        self._reply(order, "2026-03-09 09:00:00")
        self._propose("2026-03-10 03:20:00")
        self.assertEqual((chase.outcome, chase.outcome_on), ("reply", date(2026, 3, 9)))
        with freeze_time("2026-03-11 09:00:00"):
            order.action_confirm()
        self._propose("2026-03-12 03:20:00")
        self.assertEqual(
            (chase.outcome, chase.outcome_on), ("order", date(2026, 3, 11))
        )

    def test_nothing_came(self):
        """Q3: An order on the eighth day is not the reminder's doing."""
        order = self._quote()
        chase = self._propose()
        self._send(chase, "2026-03-07 09:00:00")
        with freeze_time("2026-03-15 09:00:00"):
            order.action_confirm()
        self._propose("2026-03-16 03:20:00")
        self.assertEqual((chase.outcome, chase.outcome_on), ("none", False))

    def test_rule_of_the_company(self):
        """Q3: A company's own rule comes first, and may switch its kind off."""
        rule = self.env["followup.chase.rule"].create(
            {"kind": "quotation", "days": 2, "company_id": self.company_a.id}
        )
        self._quote()
        self.assertTrue(self._propose("2026-03-04 03:20:00"))
        rule.active = False
        self._quote(self._create_customer("Second", email="s@second.test"))
        self.assertFalse(self._propose())

    def test_rights(self):
        """Q3: One's own customers' only; nobody makes or changes them by hand."""
        self._quote()
        chase = self._propose().sudo(False)
        for user in (self.user_own, self.user_all, self.manager):
            self._as(chase, user).subject = user.login
        self.assertTrue(self._as(chase, self.officer).subject)
        for user in (
            self.user_own_2,
            self.user_b,
            self.internal_user,
            self.portal_user,
        ):
            with self.assertRaises(AccessError):
                self._as(chase, user).read(["subject"])
            for name in ("send", "skip", "opt_out"):
                with self.assertRaises(AccessError):
                    getattr(self._as(chase, user), f"action_{name}")()
        with self.assertRaises(AccessError):
            self._as(chase, self.officer).action_send()
        for name, value in (("state", "sent"), ("outcome", "order")):
            with self.assertRaises(AccessError):
                self._as(chase, self.manager).write({name: value})
        with self.assertRaises(AccessError):
            self._as(chase, self.manager).copy()
        rules = self.env["followup.chase.rule"].search([])
        with self.assertRaises(AccessError):
            self._as(rules, self.user_all).write({"days": 1})
        self._as(rules, self.manager).write({"days": 6})

    def test_combine_and_handover(self):
        """Q3: Reminders follow their customer, also where both had one on a day."""
        other = self._create_customer("Brook Limited", email="b2@brook.test")
        self._quote()
        self._quote(other)
        chases = self._propose()
        for chase in chases:
            self._send(chase, DUE)
        third = self._quote()
        self.assertTrue(third)
        other._combine_into(self.customer)
        self.assertEqual(chases.customer_id, self.customer)
        open_one = self._propose(NEXT).filtered(lambda c: c.order_id == third)
        self.customer.sudo()._change_owner(self.user_own_2, "handover")
        self.assertEqual(open_one.user_id, self.user_own_2)

    def test_number_of_queries(self):
        """Q3: Forty proposals take hardly more queries than ten."""

        def count(number):
            for index in range(number):
                self._quote(
                    self._create_customer(
                        f"C{number}-{index}", email=f"c{index}@x.test"
                    )
                )
            self.env.flush_all()
            self.env.invalidate_all()
            with freeze_time(DUE):
                before = self.cr.sql_log_count
                made = self.chases._propose(self.company_a)
                self.env.flush_all()
                queries = self.cr.sql_log_count - before
            self.assertEqual(made, number)
            return queries

        small, large = count(10), count(40)
        self.assertLess(large, small + 30)
