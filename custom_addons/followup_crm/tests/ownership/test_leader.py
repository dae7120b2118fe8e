from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import FollowupCase

# Personal data stay with those who serve the customer.
NOT_FOR_LEADERS = {"followup.person", "followup.person.date"}


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestLeader(FollowupCase):
    """F6: who leads a sales team reads the work of its members, and changes none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create_customer("Own")
        cls.foreign = cls._create_customer("Foreign", user=cls.user_own_2)
        cls.leader = cls._create_user("leader", "followup_crm.group_user")

    def _make_work(self, customer):
        """A contact, a personal one, a complaint and a shipment of a customer."""
        vals = {"customer_id": customer.id, "user_id": customer.sudo().user_id.id}
        contacts = self.env["followup.interaction"].sudo()
        return [
            contacts.create({**vals, "purpose": "Ask", "date": "2026-03-02"}),
            self.env["followup.complaint"]
            .sudo()
            .create({"customer_id": customer.id, "subject": "Holes"}),
            self.env["followup.shipment"].sudo().create(vals),
            self.env["followup.action"].sudo().create({**vals, "name": "Needles"}),
        ]

    def _lead(self):
        self.env["crm.team"].create(
            {
                "name": "Europe",
                "company_id": self.company_a.id,
                "user_id": self.leader.id,
                "member_ids": [(6, 0, self.user_own.ids)],
            }
        )

    def _seen(self, record):
        records = self._as(record.browse(), self.leader)
        return bool(records.search_count([("id", "in", record.ids)]))

    def test_work_of_the_team(self):
        """F6: members' contacts, complaints, shipments, actions; no one else's."""
        mine, others = self._make_work(self.own), self._make_work(self.foreign)
        for record in mine:
            self.assertFalse(self._seen(record), record)
        self._lead()
        for record in mine:
            self.assertTrue(self._seen(record), record)
            with self.assertRaises(AccessError, msg=record):
                self._as(record, self.leader).unlink()
        with self.assertRaises(AccessError):
            self._as(mine[0], self.leader).write({"purpose": "x"})
        with self.assertRaises(AccessError):
            self._as(mine[1], self.leader).write({"subject": "x"})
        for record in others:
            self.assertFalse(self._seen(record), record)

    def test_personal_contacts_stay_personal(self):
        """F6, R3: a greeting on a personal date is its owner's alone."""
        [contact, *_rest] = self._make_work(self.own)
        contact.is_personal = True
        self._lead()
        self.assertFalse(self._seen(contact))

    def test_no_model_is_forgotten(self):
        """F6: what a user sees of own customers, the leader sees of the team's."""
        rules = self.env["ir.rule"].search([("domain_force", "!=", False)])
        own = rules.filtered(
            lambda rule: "customer_id.user_id', '='" in rule.domain_force
        )
        led = rules.filtered(lambda rule: "sale_team_id" in rule.domain_force)
        missing = set(own.model_id.mapped("model")) - set(led.model_id.mapped("model"))
        self.assertEqual(missing - NOT_FOR_LEADERS, {"followup.conflict"})
