from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .interaction_common import InteractionCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
@freeze_time("2026-06-10 08:00:00")
class TestInteractionGreeting(InteractionCase):
    """Greetings: previewed, in the recipient's language, never twice (F5)."""

    def _plan_greeting(self, **vals):
        holiday = self.env.ref("followup_crm.holiday_christmas")
        contact = self._plan(kind="holiday", contact_ids=[(4, self.person.id)], **vals)
        contact.sudo().holiday_id = holiday
        return contact

    def _get_mails(self):
        return self.env["mail.mail"].search([("recipient_ids", "in", self.person.ids)])

    def _open(self, contacts, user=None):
        action = self._as(contacts, user or self.user_own).action_greet()
        return (
            self._as(self.env["followup.greeting"], user or self.user_own)
            .with_context(**action["context"])
            .create({})
        )

    def test_preview_and_send_once(self):
        """F5: what is previewed is sent, once; the contact is done by it."""
        contact = self._plan_greeting()
        wizard = self._open(contact)
        self.assertEqual(wizard.ready_count, 1)
        self.assertIn("Aster Garments", wizard.subject)
        self.assertIn("Anna Linde", wizard.body)
        wizard.action_send()
        self.assertEqual(len(self._get_mails()), 1)
        self.assertEqual(contact.state, "done")
        self.assertIn("Aster Garments", contact.content)
        wizard.action_send()
        self.assertEqual(len(self._get_mails()), 1)

    def test_opt_out_is_respected(self):
        """F5: whoever wants no mails, or has no address, is left out."""
        contact = self._plan_greeting()
        self.env["mail.blacklist"].sudo()._add("anna@linden.test")
        wizard = self._open(contact)
        self.assertEqual((wizard.ready_count, wizard.left_out_count), (0, 1))
        self.assertEqual(wizard.state, "opted_out")
        wizard.action_send()
        self.assertFalse(self._get_mails())
        self.assertEqual(contact.state, "planned")
        self.person.email = False
        contact.invalidate_recordset()
        self.assertEqual(contact.greeting_state, "no_address")

    def test_language_of_the_recipient(self):
        """F5: the text is in the language of the person who is greeted."""
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("followup_crm.mail_template_greeting_season")
        template.with_context(lang="zh_CN").subject = "新年快乐"
        self.person.lang = "zh_CN"
        self.assertEqual(self._open(self._plan_greeting()).subject, "新年快乐")

    def test_foreign_greetings(self):
        """Attack 7: nobody previews or sends the greetings of somebody else."""
        contact = self._plan_greeting()
        with self.assertRaises(AccessError):
            self._open(contact, self.user_own_2)
        wizards = self._as(self.env["followup.greeting"], self.user_own_2)
        with self.assertRaises(AccessError):
            wizard = wizards.create({"interaction_ids": [(6, 0, contact.ids)]})
            wizard.action_send()
        self.assertFalse(self._get_mails())

    def test_other_contacts_are_no_greetings(self):
        """F5: a visit is not sent as a greeting."""
        with self.assertRaisesRegex(UserError, "holiday"):
            self._plan().action_greet()

    def test_holidays_are_the_managers(self):
        """F5: users read the list of holidays, managers keep it."""
        holiday = self.env.ref("followup_crm.holiday_easter")
        self.assertTrue(self._as(holiday, self.user_own).read(["name"]))
        with self.assertRaises(AccessError):
            self._as(holiday, self.user_own).day = 3
        self._as(holiday, self.manager).lead_days = 5
        with self.assertRaises(AccessError):
            self._as(holiday, self.portal_user).read(["name"])
