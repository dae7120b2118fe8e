from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .channel_common import ADDRESS, ChannelCase


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintChannel(ChannelCase):
    def test_every_company_has_one(self):
        """C10: A company has one channel, closed until it is opened."""
        company = self.env["res.company"].create({"name": "Cedar & Söhne GmbH"})
        channel = self.env["followup.complaint.channel"]._of_company(company)
        self.assertEqual(len(channel), 1)
        self.assertFalse(channel.is_form_open)
        self.assertFalse(channel.alias_email)
        self.assertRegex(channel.form_path, r"^[a-z0-9-]+$")
        again = self.env["followup.complaint.channel"]._make_for_companies()
        self.assertFalse(again)

    def test_alias(self):
        """C10: The address is an alias of Odoo's gateway that makes complaints."""
        alias = self.channel.alias_id
        self.assertEqual(self.channel.alias_email, ADDRESS)
        self.assertEqual(alias.alias_model_id.model, "followup.complaint")
        self.assertEqual(alias.alias_parent_thread_id, self.channel.id)
        found = self.env["followup.complaint.channel"]._of_addresses([ADDRESS.upper()])
        self.assertEqual(found, self.channel)
        self.channel.alias_name = False
        self.assertFalse(
            self.env["followup.complaint.channel"]._of_addresses([ADDRESS])
        )

    def test_form_address(self):
        """C10: The form's address is plain, unique, and there before it opens."""
        for wrong in ("Über uns", "a/b", "../x", "-a", "a--b", "A"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.channel.form_path = wrong
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.channel.write({"form_path": False, "is_form_open": True})
        other = self.env["followup.complaint.channel"]._of_company(self.company_b)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            other.form_path = self.channel.form_path
            other.flush_recordset()

    def test_access(self):
        """C10: Managers keep it, officers read it, nobody makes or deletes one."""
        own = self.channel.sudo(False)
        self._as(own, self.manager).write({"is_form_open": True, "alias_name": "care"})
        self.assertEqual(own.sudo().alias_email, "care@aster.example")
        self.assertTrue(self._as(own, self.officer).is_form_open)
        with self.assertRaises(AccessError):
            self._as(own, self.officer).write({"is_form_open": False})
        with self.assertRaises(AccessError):
            self._as(own, self.manager).unlink()
        for user in (self.user_own, self.user_b, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(own, user).read(["form_path"])
        manager_b = self._create_user(
            "managerb", "followup_crm.group_manager", self.company_b
        )
        with self.assertRaises(AccessError):
            self._as(own, manager_b).write({"is_form_open": False})

    def test_attachment_limit(self):
        """C10: Limits are positive."""
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.channel.posts_per_minute = 0
            self.channel.flush_recordset()
