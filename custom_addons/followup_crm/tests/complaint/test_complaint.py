from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .complaint_common import ComplaintCase

FIRST = "First word"


@tagged("post_install", "-at_install", "complaint")
class TestComplaint(ComplaintCase):
    """C1: Register of complaints; C9: nothing is deleted."""

    @freeze_time("2026-03-02 09:00:00")
    def test_numbers_by_company_and_year(self):
        """C1: Each company counts by itself, anew every year, in its time zone."""
        first, second = self._complain(), self._complain()
        self.assertEqual(first.name, "C2026-00001")
        self.assertEqual(second.name, "C2026-00002")
        self.company_a.partner_id.tz = "Asia/Shanghai"
        late = self._complain(received_date="2026-12-31 17:00:00")
        self.assertEqual(late.name, "C2027-00001", "It is 2027 already in Shanghai.")
        other = self.env["followup.complaint"].with_user(self.user_b)
        foreign = other.with_context(allowed_company_ids=self.company_b.ids).create(
            {"subject": "Late"}
        )
        self.assertEqual(foreign.name, "C2026-00001")

    def test_who_handles_it(self):
        """C1: The customer's owner handles it; a stranger's goes to an officer."""
        known = self._complain(self.officer)
        self.assertEqual(known.user_id, self.user_own)
        self.assertEqual(known.received_by_id, self.officer)
        self.assertEqual(known.partner_id, self.customer.partner_id)
        stranger = self._complain(self.officer, customer_id=False, email_from="x@y.zz")
        self.assertEqual(stranger.user_id, self.officer)

    def test_stranger_is_matched_later(self):
        """C1: A stranger's complaint becomes the customer's, nothing is lost."""
        complaint = self.env["followup.complaint"]._create_from_channel(
            "form",
            {
                "subject": "Holes",
                "description": "Two holes in the sleeve",
                "company_id": self.company_a.id,
                "complainant_name": "Ann Archer",
                "email_from": "ann@harrow.test",
                "state": "closed",
            },
        )
        self.assertEqual(complaint.state, "received")
        complaint.message_post(body=FIRST)
        self._as(complaint, self.officer)._match_customer(self.customer)
        self.assertEqual(complaint.customer_id, self.customer)
        self.assertEqual(complaint.complainant_name, "Ann Archer")
        self.assertIn("First word", "".join(complaint.message_ids.mapped("body")))
        self.assertEqual(self._as(complaint, self.user_own).subject, "Holes")

    def test_same_mail_never_makes_two(self):
        """C1: The Message-Id is unique."""
        intake = self.env["followup.complaint"]
        vals = {"subject": "A", "company_id": self.company_a.id}
        intake._create_from_channel("email", vals, message_id="<1@x>")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            intake._create_from_channel("email", vals, message_id="<1@x>")

    def test_nothing_is_deleted(self):
        """C9: Nobody deletes or duplicates; every change is on record."""
        complaint = self._complain()
        for user in (self.manager, self.officer, self.user_own):
            with self.assertRaises(AccessError):
                self._as(complaint, user).unlink()
        with self.assertRaises(UserError):
            complaint.sudo().unlink()
        with self.assertRaises(UserError):
            complaint.copy()

    def test_changes_are_tracked(self):
        """C9: A change leaves its old and new value."""
        complaint = self._complain().with_context(tracking_disable=False)
        self.flush_tracking()
        complaint.severity = "critical"
        self.flush_tracking()
        values = complaint.sudo().message_ids.tracking_value_ids
        changed = values.filtered(lambda value: value.field_id.name == "severity")
        self.assertEqual(changed.old_value_char, "Major")
        self.assertEqual(changed.new_value_char, "Critical")

    def test_protected_fields(self):
        """C9: State, number and dates are closed to create, write and defaults."""
        complaint = self._complain()
        for vals in (
            {"state": "closed"},
            {"name": "C1"},
            {"told_date": "2026-01-01"},
            {"nature": "extortion"},
            {"close_deadline": "2030-01-01"},
        ):
            with self.assertRaises(AccessError):
                complaint.write(vals)
            with self.assertRaises(AccessError):
                self._complain(**vals)
        defaults = self.env["followup.complaint"].with_user(self.user_own)
        made = defaults.with_context(
            allowed_company_ids=self.company_a.ids, default_state="closed"
        ).create({"subject": "x"})
        self.assertEqual(made.state, "received")

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()
