from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import USER_GROUPS, FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestHandover(FollowupCase):
    """A user leaves; everything that is open moves, nothing is lost (F10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"{USER_GROUPS},sales_team.group_sale_salesman"
        cls.leaver = cls._create_user("leaver", groups)
        cls.successor = cls._create_user("successor", groups)
        cls.admin = cls._create_user("admin", "base.group_erp_manager")
        cls.customers = cls._create_customer("One", user=cls.leaver)
        cls.customers |= cls._create_customer("Two", user=cls.leaver)
        cls.deputised = cls._create_customer("Deputised", deputy_user_id=cls.leaver.id)
        cls.customers.sudo().message_subscribe(cls.leaver.partner_id.ids)
        partner = cls.customers[0].partner_id
        user = {"user_id": cls.leaver.id}
        cls.lead = cls.env["crm.lead"].create(
            {"name": "Jackets", "partner_id": partner.id, "type": "opportunity", **user}
        )
        cls.quotation = cls.env["sale.order"].create(
            {"partner_id": partner.id, "company_id": cls.company_a.id, **user}
        )
        cls.meeting = cls.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2099-01-05 09:00:00",
                "stop": "2099-01-05 10:00:00",
                "partner_ids": [(6, 0, (partner | cls.leaver.partner_id).ids)],
                **user,
            }
        )
        cls.past = cls.meeting.copy(
            {"start": "2020-01-05 09:00:00", "stop": "2020-01-05 10:00:00", **user}
        )
        cls.activities = cls.env["mail.activity"]
        for record in (cls.customers[0], cls.lead, partner, cls.company_a.partner_id):
            cls.activities |= record.sudo().activity_schedule(
                "mail.mail_activity_data_todo", user_id=cls.leaver.id, summary="Call"
            )
        cls.env.flush_all()

    def _handover(self):
        return self.env["followup.handover"].search([("user_id", "=", self.leaver.id)])

    def _assert_moved(self):
        new = self.successor
        self.assertEqual(self.customers.user_id, new)
        self.assertEqual(self.deputised.sudo().deputy_user_id, new)
        self.assertEqual(self.lead.user_id, new)
        self.assertEqual(self.quotation.user_id, new)
        self.assertEqual(self.meeting.user_id, new)
        self.assertIn(new.partner_id, self.meeting.partner_ids)
        self.assertNotIn(self.leaver.partner_id, self.meeting.partner_ids)
        self.assertEqual(self.past.user_id, self.leaver, "history stays")
        self.assertEqual(len(self.activities.exists()), 4)
        self.assertEqual(self.activities.user_id, new)
        self.assertNotIn(
            self.leaver.partner_id, self.customers.sudo().message_partner_ids
        )

    def test_archiving_asks_for_the_successor(self):
        """F10: by the button; activities survive, everything goes to the successor."""
        action = self._as(self.leaver, self.admin).action_archive()
        self.assertFalse(self.leaver.active)
        self.assertEqual(action["res_model"], "followup.handover")
        self.assertEqual(action["views"], [(False, "form")], "the client needs them")
        self.assertFalse(self.customers.user_id)
        self.assertEqual(len(self.activities.exists()), 4)
        handover = self._handover()
        self.assertEqual(action["res_id"], handover.id)
        self.assertIn("Customers: 2", handover.summary)
        self.assertIn("Activities: 4", handover.summary)
        wizard = self._as(handover, self.admin)
        wizard.successor_id = self.successor
        wizard.action_hand_over()
        self._assert_moved()
        self.assertEqual(handover.state, "done")
        kinds = self.customers.sudo().owner_change_ids.mapped("kind")
        self.assertEqual(set(kinds), {"handover"})

    def test_plain_write_loses_nothing(self):
        """F10: write({'active': False}), as other programs do."""
        self._as(self.leaver, self.admin).write({"active": False})
        handover = self._handover()
        self.assertEqual(handover.state, "waiting")
        self.assertEqual(len(self.activities.exists()), 4)
        manager = self._as(handover, self.manager)
        manager.successor_id = self.successor
        manager.action_hand_over()
        self._assert_moved()

    def test_left_in_the_pool(self):
        """F10: nobody succeeds; what somebody takes from the pool gets its work."""
        self._as(self.leaver, self.admin).action_archive()
        self._as(self._handover(), self.manager).action_leave_in_pool()
        self.assertFalse(self.customers.user_id)
        self._as(self.customers[0], self.manager)._assign(self.user_own)
        self.assertEqual(self.activities[0].user_id, self.user_own)
        self.assertEqual(self.lead.user_id, self.user_own)
        self.assertEqual(self.quotation.user_id, self.user_own)
        self.assertEqual(self.meeting.user_id, self.user_own)

    def test_what_was_taken_meanwhile_stays(self):
        """F10: the successor gets only what nobody has taken."""
        self._as(self.leaver, self.admin).action_archive()
        self._as(self.customers[1], self.manager)._assign(self.user_own)
        handover = self._as(self._handover(), self.manager)
        handover.successor_id = self.successor
        handover.action_hand_over()
        self.assertEqual(self.customers[0].user_id, self.successor)
        self.assertEqual(self.customers[1].user_id, self.user_own)

    def test_beforehand(self):
        """F10: somebody who still works here hands over."""
        handover = self._as(self.env["followup.handover"], self.manager).create(
            {"user_id": self.leaver.id, "successor_id": self.successor.id}
        )
        self.assertIn("Customers: 2", handover.summary)
        handover.action_hand_over()
        self._assert_moved()
        self.assertTrue(self.leaver.active)

    def test_afterwards_the_new_owner(self):
        """F10: an order, a lead, a meeting made afterwards are the new owner's."""
        self._as(self.customers, self.manager)._assign(self.successor)
        partner = self.customers[0].partner_id
        order = self.env["sale.order"].create(
            {"partner_id": partner.id, "company_id": self.company_a.id}
        )
        self.assertEqual(order.user_id, self.successor)
        lead = (
            self.env["crm.lead"]
            .with_user(self.manager)
            .sudo()
            .create({"name": "New", "partner_id": partner.id})
        )
        self.assertEqual(lead.user_id, self.successor)
        meetings = self._as(self.env["calendar.event"], self.manager)
        values = {
            "name": "Fair",
            "start": "2099-02-01 09:00",
            "stop": "2099-02-01 10:00",
        }
        meeting = meetings.with_context(
            default_res_model="followup.customer", default_res_id=self.customers[0].id
        ).create(values)
        self.assertEqual(meeting.user_id, self.successor)
        by_lead = meetings.sudo().create({**values, "opportunity_id": self.lead.id})
        self.assertEqual(by_lead.user_id, self.successor)
        own = meetings.create({**values, "user_id": self.manager.id})
        self.assertEqual(own.user_id, self.manager)

    def test_former_owner_loses_all(self):
        """Attack 8: records, followers, activities; the history is kept."""
        self._as(self.customers, self.manager)._assign(self.successor, reason="Region")
        files = self._as(self.env["followup.customer"], self.leaver)
        self.assertFalse(files.search([("id", "in", self.customers.ids)]))
        with self.assertRaises(AccessError):
            self._as(self.customers[0], self.leaver).read(["name"])
        self.assertNotIn(
            self.leaver.partner_id, self.customers.sudo().message_partner_ids
        )
        self.assertEqual(self.activities[0].user_id, self.successor)
        self.assertEqual(self.lead.user_id, self.successor)
        changes = self.customers.sudo().owner_change_ids
        self.assertEqual(changes.mapped("reason"), ["Region"] * 2)
        self.assertEqual(changes.from_user_id, self.leaver)
        with self.assertRaises(AccessError):
            self._as(changes[0], self.leaver).read(["reason"])

    def test_who_may(self):
        """R1: managers and administrators of users; nothing by plain writing."""
        handovers = self.env["followup.handover"]
        for user in (self.user_own, self.user_all, self.officer, self.portal_user):
            with self.assertRaises(AccessError, msg=user.login):
                self._as(handovers, user).create({"user_id": self.leaver.id})
        handover = self._as(handovers, self.manager).create(
            {"user_id": self.leaver.id, "state": "done"}
        )
        self.assertEqual(handover.state, "draft")
        with self.assertRaises(AccessError):
            handover.write({"items": {}})
        with self.assertRaises(UserError):
            handover.action_hand_over()
        with self.assertRaises(AccessError):
            self._as(handover, self.user_b).read(["state"])
        archived = self.successor
        archived.sudo().active = False
        handover.successor_id = archived
        with self.assertRaisesRegex(UserError, "works here"):
            handover.action_hand_over()

    def test_nothing_open(self):
        """F10: whoever has nothing is simply deactivated; owners are not deleted."""
        idle = new_test_user(self.env, "followup_idle", groups=USER_GROUPS)
        self.assertFalse(idle.action_archive())
        self.assertFalse(idle.active)
        with self.assertRaisesRegex(UserError, "owns customers"):
            self.leaver.unlink()
