from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .tracking_common import NOON, TrackingCase


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestInteractionTracking(TrackingCase):
    """What other rooms know of a customer's orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Promised for Wednesday: what was to be done two weeks before is due today.
        cls.late = cls._track(promised="2026-03-04 12:00:00")
        cls.good = cls._track()

    def test_checklist(self):
        """F2: a late order is on the checklist, one that is on track is not."""
        self._milestone(self.late, "materials").expected_date = date(2026, 3, 9)
        self.assertEqual(self.late.risk, "late")
        contact = self.env["followup.interaction"].with_user(self.user_own)
        contact = contact.with_context(
            allowed_company_ids=self.company_a.ids, tracking_disable=True
        ).create({"customer_id": self.customer.id, "purpose": "See the new samples"})
        contact.action_prepare()
        line = contact.check_ids.filtered(lambda check: check.kind == "order")
        self.assertEqual(len(line), 1)
        self.assertIn(self.late.name, line.name)
        self.assertIn("Materials", line.name)
        self.assertNotIn(self.good.name, contact.check_ids.mapped("name"))

    def test_work_list(self):
        """F11: who is to act finds the order on the work list, nobody else does."""
        self.late.milestone_ids.user_id = False
        self.late.user_id = False
        self._milestone(self.late, "materials").user_id = self.user_own_2
        rows = self._get_orders(self.user_own_2)
        self.assertEqual([row["id"] for row in rows], self.late.ids)
        self.assertEqual(rows[0]["model"], "followup.order.tracking")
        self.assertIn("Materials", rows[0]["purpose"])
        self.assertFalse(self._get_orders(self.user_own))
        self.assertFalse(self._get_orders(self.user_all))
        self._milestone(self.late, "materials").actual_date = date(2026, 3, 2)
        self.assertFalse(self._get_orders(self.user_own_2))

    def _get_orders(self, user):
        self.env.invalidate_all()
        contacts = self._as(self.env["followup.interaction"], user)
        sections = {s["key"]: s["rows"] for s in contacts.get_today()["sections"]}
        return sections.get("orders", [])

    def test_work_list_queries(self):
        """F11: as many queries for ten late orders as for one."""
        self.late.user_id = self.user_own
        contacts = self._as(self.env["followup.interaction"], self.user_own)
        self._get_orders(self.user_own)
        counts = []
        for _round in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sections = {one["key"]: one for one in contacts._get_today_sections()}
            rows = sections["orders"]["rows"]
            counts.append(self.env.cr.sql_log_count - before)
            for _number in range(9):
                self._track(promised="2026-03-04 12:00:00", user_id=self.user_own.id)
        self.assertEqual(len(rows), 10)
        self.assertEqual(counts[0], counts[1])

    def test_handover(self):
        """F10, attack 8: open work moves, what is done stays; followers leave."""
        self.late.user_id = self.user_own
        done = self._milestone(self.late, "contract")
        waiting = self._milestone(self.late, "materials")
        (done | waiting).user_id = self.user_own
        exception = self.env["followup.order.exception"].create(
            {"name": "Short", "tracking_id": self.late.id, "user_id": self.user_own.id}
        )
        closed = self._track()
        closed.write({"user_id": self.user_own.id, "state": "done"})
        partner = self.user_own.partner_id
        (self.late | closed).message_subscribe(partner.ids)
        closed.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user_own.id
        )
        self._as(self.customer, self.manager)._assign(self.user_own_2)
        self.assertEqual(self.late.user_id, self.user_own_2)
        self.assertEqual(waiting.user_id, self.user_own_2)
        self.assertEqual(done.user_id, self.user_own)
        self.assertEqual(exception.user_id, self.user_own_2)
        self.assertEqual(closed.user_id, self.user_own)
        self.assertNotIn(partner, (self.late | closed).message_partner_ids)
        self.assertEqual(closed.activity_ids.user_id, self.user_own_2)
