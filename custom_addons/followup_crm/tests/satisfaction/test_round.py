from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.satisfaction import invitation_send
from .satisfaction_common import ANGRY, HAPPY, SatisfactionCase


@tagged("post_install", "-at_install", "satisfaction")
class TestRound(SatisfactionCase):
    """G2: Whom a round asks, sends to and reminds; G6: when it may be closed."""

    def test_who_is_asked(self):
        """G2: New, unreachable, blacklisted and doubled ones are left out, and why."""
        new = self._create_asked("Newcomer")
        self._age(new, 59)
        self._age(self._create_asked("Sixty"), 60)
        self._age(self._create_asked("Prospect"), None)
        self._create_asked("Silent", email=False)
        self._create_asked("Unwilling", email="no@mails.test")
        self.env["mail.blacklist"].sudo().create({"email": "no@mails.test"})
        barred = self._create_asked("Barred")
        barred.sudo().standing = "blacklisted"
        self._create_asked("Twin", email=self.customer.email)
        self._create_asked("Of company B", user=self.user_b, company=self.company_b)
        one = self._make_round()
        one.action_choose()
        expected = {
            "Harrow & Finch": None,
            "Newcomer": "new",
            "Sixty": None,
            "Prospect": "new",
            "Silent": "no_contact",
            "Unwilling": "blacklisted",
            "Barred": "standing",
            "Twin": "same",
        }
        self.assertEqual(self._reasons(one), expected)
        self.assertEqual((one.chosen_count, one.left_out_count), (2, 6))

    def test_tier_and_country(self):
        """G2: Only the wanted tiers and countries are asked."""
        tiers = self.env["followup.tier"].search(
            [("company_id", "=", self.company_a.id), ("scheme_id.is_policy", "=", True)]
        )
        first = self._create_asked("First", country_id=self.germany.id)
        self._create_asked("French", country_id=self.env.ref("base.fr").id)
        first.sudo().tier_id = tiers[0]
        one = self._make_round(country_ids=[(4, self.germany.id)])
        one.action_choose()
        self.assertEqual(self._reasons(one), {"First": None})
        one = self._make_round(tier_ids=[(4, tiers[0].id)])
        one.action_choose()
        self.assertEqual(self._reasons(one), {"First": None})

    def test_sample(self):
        """G2: A sample is drawn again alike; another number draws another."""
        for number in range(12):
            self._create_asked(f"Customer {number}")
        one = self._make_round(sample_size=4)
        one.action_choose()
        drawn = one.sudo().invitation_ids.filtered(lambda i: i.state == "proposed")
        first = drawn.customer_id
        self.assertEqual(len(first), 4)
        one.action_choose()
        drawn = one.sudo().invitation_ids.filtered(lambda i: i.state == "proposed")
        self.assertEqual(drawn.customer_id, first)
        one.seed = 2
        self.assertFalse(one.sudo().invitation_ids)

    def test_contact(self):
        """G2: The person in charge is asked, else a contact, else the company."""
        contacts = self.env["res.partner"].create(
            [
                {
                    "name": name,
                    "parent_id": self.customer.partner_id.id,
                    "email": f"{name}@harrow.test",
                }
                for name in ("ann", "ben")
            ]
        )
        one = self._make_round()
        one.action_choose()
        self.assertEqual(self._invitation(self.customer, one).partner_id, contacts[0])
        self.customer.sudo().person_in_charge_id = contacts[1]
        one.action_choose()
        self.assertEqual(self._invitation(self.customer, one).partner_id, contacts[1])
        one.contact_role = "company"
        one.action_choose()
        self.assertEqual(
            self._invitation(self.customer, one).partner_id, self.customer.partner_id
        )
        self.env["followup.person"].sudo().create(
            {
                "customer_id": self.customer.id,
                "contact_id": contacts[0].id,
                "role": "buyer",
                "purpose": "relationship",
            }
        )
        one.contact_role = "buyer"
        one.action_choose()
        self.assertEqual(self._invitation(self.customer, one).partner_id, contacts[0])

    def test_not_too_often(self):
        """G2: No contact twice within 180 days, over all rounds; then again."""
        first = self._send()
        self.assertEqual(first.sent_count, 1)
        second = self._make_round(name="Second")
        second.action_choose()
        self.assertEqual(self._reasons(second)["Harrow & Finch"], "fatigue")
        invitation = self._invitation(self.customer, first)
        now = fields.Datetime.now()
        invitation.sudo().sent_date = now - timedelta(days=180, minutes=1)
        second.action_choose()
        self.assertIsNone(self._reasons(second)["Harrow & Finch"])

    def test_interval_of_tier(self):
        """G2: A customer of tier II is asked once a year, whoever its contact is."""
        policy = self.env["followup.tier.scheme"].search(
            [("company_id", "=", self.company_a.id), ("is_policy", "=", True)]
        )
        tier = policy.tier_ids.sorted("sequence")[1]
        self.assertEqual(tier.survey_interval_days, 365)
        self.env["followup.tier.assignment"].sudo().create(
            {
                "customer_id": self.customer.id,
                "scheme_id": policy.id,
                "tier_id": tier.id,
                "company_id": self.company_a.id,
            }
        )
        sent = self._invitation(self.customer, self._send()).sudo()
        sent.sent_date = fields.Datetime.now() - timedelta(days=200)
        second = self._make_round(name="Second")
        second.action_choose()
        self.assertEqual(self._reasons(second)["Harrow & Finch"], "interval")

    def test_sending(self):
        """G2: One mail each, once, however often the job runs; then one reminder."""
        self._create_asked("Other")
        one = self._send()
        mails = self._mails()
        self.assertEqual(len(mails), 2)
        self._run_cron("followup_crm.satisfaction_cron_send")
        self.assertEqual(len(self._mails()), 2)
        answered = self._invitation(self.customer, one)
        self._answer(answered, HAPPY)
        for invitation in one.sudo().invitation_ids:
            invitation.sent_date -= timedelta(days=5, minutes=1)
        for _turn in range(2):
            self._run_cron("followup_crm.satisfaction_cron_send")
        self.assertEqual(len(self._mails()), 3)
        self.assertFalse(answered.reminded_date)

    def test_whom_a_reminder_would_annoy(self):
        """G2: None for who has just finished, nor where the time is over."""
        self._create_asked("Finished")
        self._create_asked("Too late")
        one = self._send()
        sent = one.sudo().invitation_ids
        for invitation in sent:
            invitation.sent_date -= timedelta(days=6)
        by_name = {each.customer_id.name: each for each in sent}
        by_name["Finished"].input_id.state = "done"
        by_name["Finished"].state = "sent"
        by_name["Too late"].input_id.deadline = fields.Datetime.now() - timedelta(1)
        before = self._mails()
        self._run_cron("followup_crm.satisfaction_cron_send")
        reminded = (self._mails() - before).mapped("res_id")
        self.assertEqual(reminded, self._invitation(self.customer, one).ids)
        self.assertFalse(by_name["Too late"].reminded_date)

    def test_batches(self):
        """G2: More customers than fit into a batch: each gets one mail."""
        for place in range(4):
            self._create_asked(f"Customer {place}")
        with patch.object(invitation_send, "BATCH", 2):
            one = self._send()
        sent = one.sudo().invitation_ids
        self.assertEqual(set(sent.mapped("state")), {"sent"})
        self.assertEqual(len(sent.input_id), 5)
        self.assertEqual(sorted(self._mails().mapped("res_id")), sorted(sent.ids))

    def test_one_that_fails(self):
        """G2: A mail that cannot be made is said so, and the others go out."""
        self._create_asked("Other")
        bad = self.customer.partner_id.id
        template = type(self.env["mail.template"])
        send = template.send_mail

        def send_mail(own, res_id, **options):
            invitation = own.env[own.model].browse(res_id)
            if invitation.partner_id.id == bad:
                raise ValueError("no mail server")
            return send(own, res_id, **options)

        logger = "odoo.addons.followup_crm.models.satisfaction.invitation_send"
        with patch.object(template, "send_mail", send_mail), mute_logger(logger):
            one = self._send()
        states = {i.customer_id.name: i.state for i in one.sudo().invitation_ids}
        self.assertEqual(states, {"Harrow & Finch": "failed", "Other": "sent"})

    def test_leader_leaves(self):
        """F10: A round whose leader leaves is handed over with the rest."""
        one = self._make_round()
        movers = self.env["followup.handover"]._get_movers()
        (mover,) = (m for m in movers if m.model == "followup.satisfaction.round")
        found = mover.find(self.manager)
        self.assertEqual(found, one.sudo())
        mover.move(found, self.manager, self.user_all)
        self.assertEqual(one.user_id, self.user_all)

    def test_contact_is_deleted(self):
        """G2: A contact that is deleted leaves the figures, without a name."""
        contact = self.env["res.partner"].create(
            {
                "name": "Ann",
                "parent_id": self.customer.partner_id.id,
                "email": "a@h.test",
            }
        )
        one = self._send()
        invitation = self._invitation(self.customer, one)
        self.assertEqual(invitation.partner_id, contact)
        response = self._answer(invitation, HAPPY)
        contact.unlink()
        self.assertFalse(invitation.partner_id or response.partner_id)
        self.assertAlmostEqual(response.index, 82)

    def _mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", "followup.satisfaction.invitation")]
        )

    def test_link_in_mail(self):
        """G2: The mail has the customer's own link, in the customer's language."""
        one = self._send()
        answer = self._invitation(self.customer, one).sudo().input_id
        self.assertEqual(answer.state, "new")
        self.assertIn(answer.access_token, self._mails().body_html)

    def test_closing(self):
        """G6: A round with an open action is not closed; then nobody answers."""
        self._create_asked("Other")
        one = self._send()
        response = self._answer(self._invitation(self.customer, one), ANGRY)
        self.assertEqual(one.open_action_count, 1)
        with self.assertRaises(UserError):
            one.action_close()
        action = response.action_ids
        action.result = "Called, and a new date agreed."
        action.action_done()
        one.action_close()
        self.assertEqual(one.state, "closed")
        silent = one.sudo().invitation_ids.filtered(lambda i: i.state == "sent")
        self.assertLessEqual(silent.input_id.deadline, fields.Datetime.now())

    def test_state_by_methods_only(self):
        """G2: Nobody writes the status; a round that was sent keeps its choice."""
        with self.assertRaises(AccessError):
            self._make_round(state="closed")
        one = self._make_round()
        with self.assertRaises(AccessError):
            one.state = "running"
        with self.assertRaises(UserError):
            one.action_close()
        self._send(one)
        with self.assertRaises(UserError):
            one.sample_size = 3
        with self.assertRaises(UserError):
            one.unlink()

    def test_by_hand(self):
        """G2: A manager takes one out or in; without an address nobody is asked."""
        silent = self._create_asked("Silent", email=False)
        one = self._make_round()
        one.action_choose()
        chosen = self._as(self._invitation(self.customer, one), self.manager)
        chosen.action_leave_out()
        self.assertEqual((chosen.state, chosen.reason), ("left_out", "hand"))
        with self.assertRaises(UserError):
            one.action_send()
        with self.assertRaises(UserError):
            self._as(self._invitation(silent, one), self.manager).action_take_in()
        with self.assertRaises(AccessError):
            self._as(chosen, self.user_own).action_take_in()
        chosen.action_take_in()
        one.action_send()
        self.assertEqual(chosen.state, "queued")

    def test_choosing_many(self):
        """G2: Ten times the customers take the same number of queries."""

        def count(number):
            for place in range(number):
                self._create_asked(f"Mass {number} {place}")
            one = self._make_round(name=str(number))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            one.action_choose()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        small, large = count(3), count(30)
        self.assertLessEqual(large, small + 6)
