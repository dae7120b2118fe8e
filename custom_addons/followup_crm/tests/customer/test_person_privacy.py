import base64
import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .person_common import QUIET, SECRETS, PersonCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestPersonPrivacy(PersonCase):
    """A person's own rights: to know what is held, and to have it erased (R3)."""

    def _export(self, user):
        return self._as(self.env["followup.person.export"], user).create(
            {"person_id": self.person.id, "reason": "request"}
        )

    def _erase(self, user):
        wizard = self._as(self.env["followup.person.erase"], user).create(
            {"person_id": self.person.id}
        )
        return wizard.action_erase()

    def _get_all_traces(self):
        """The rows of every table of ours that hold the person or its contact."""
        traces = (
            self.env["followup.person"]
            .sudo()
            .search([("contact_id", "=", self.contact.id)])
        )
        dates = (
            self.env["followup.person.date"]
            .sudo()
            .search([("contact_id", "=", self.contact.id)])
        )
        log = (
            self.env["followup.person.access"]
            .sudo()
            .search(
                [
                    "|",
                    ("contact_id", "=", self.contact.id),
                    ("contact_name", "ilike", "Cole"),
                ]
            )
        )
        return len(traces) + len(dates) + len(log)

    def test_export_holds_everything(self):
        """R3: a workbook with person, dates, terms and log; logged; all text."""
        self.person.sudo().write(
            {
                "family": "=1+1",
                "date_ids": [(0, 0, {"month": "05", "day": 2, "label": "Wedding"})],
            }
        )
        self._reveal(self.person, self.user_personal, reason="visit")
        export = self._export(self.user_personal)
        book = load_workbook(io.BytesIO(base64.b64decode(export.file)))
        cells = [cell for sheet in book for row in sheet.rows for cell in row]
        texts = [cell.value for cell in cells]
        for name, value in SECRETS.items():
            if value.startswith("secret-") and name != "family":
                self.assertIn(value, texts)
        for value in (
            "=1+1",
            "1971-03-14",
            "Female",
            "Golf",
            "Wedding",
            "May",
            "Clara Cole",
            "clara@example.com",
            "Caring for the relationship",
            "Revealed",
            "Exported",
        ):
            self.assertIn(value, texts)
        self.assertFalse([cell for cell in cells if cell.data_type == "f"])

    def test_export_is_logged_and_stored_nowhere(self):
        """R3: the log names the user, and no attachment keeps the workbook."""
        self._export(self.user_personal)
        self.assertEqual(
            self._get_accesses(self.person, "export").user_id, self.user_personal
        )
        self.assertFalse(
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", "followup.person.export")]),
            "the workbook is stored nowhere",
        )

    def test_export_covers_all_files_of_the_contact_that_the_user_sees(self):
        """R3: records of the same contact elsewhere, as far as the user may see."""
        other = self._create_customer("Gum", user=self.user_own)
        persons = self.env["followup.person"].sudo()
        second = persons.with_context(fcrm_combining=True).create(
            {
                "customer_id": other.id,
                "contact_id": self.contact.id,
                "purpose": "relationship",
                "family": "other-family",
            }
        )

        def content(user):
            self.env.invalidate_all()
            book = load_workbook(io.BytesIO(base64.b64decode(self._export(user).file)))
            return str([cell.value for ws in book for row in ws.rows for cell in row])

        self.assertNotIn("other-family", content(self.user_personal))
        self.assertFalse(self._get_accesses(second))
        self.assertIn("other-family", content(self.all_personal))
        self.assertEqual(self._get_accesses(second).action, "export")

    def test_who_erases(self):
        """R3: managers with the personal group only."""
        with mute_logger(*QUIET):
            for user in (
                self.user_personal,
                self.all_personal,
                self.manager,
                self.officer_personal,
                self.only_personal,
                self.b_personal,
                self.portal_user,
            ):
                with (
                    self.assertRaises(AccessError, msg=user.login),
                    self.env.cr.savepoint(),
                ):
                    self._erase(user)
        self.assertTrue(self.person.exists())

    def test_erase(self):
        """R3: all is gone, the logs keep initials only."""
        self.person.sudo().date_ids = [(0, 0, {"month": "05", "day": 2})]
        sheet = self._reveal(
            self.person, self.user_personal, "other", note="Clara asks"
        )
        self._erase(self.manager_personal)
        self.assertFalse(self.person.exists())
        self.assertFalse(sheet.sudo().exists())
        self.assertEqual(self._get_all_traces(), 0)
        rows = (
            self.env["followup.person.access"]
            .sudo()
            .search([("customer_id", "=", self.customer.id)])
        )
        self.assertEqual(sorted(rows.mapped("action")), ["erase", "reveal"])
        self.assertEqual(set(rows.mapped("contact_name")), {"C**** C***"})
        self.assertFalse(any(rows.mapped("note")))
        log = self.env["privacy.log"].search([], order="id desc", limit=1)
        self.assertEqual(log.anonymized_name, "C**** C***")
        self.assertEqual(log.anonymized_email, "c****@e******.com")
        self.assertEqual(log.user_id, self.manager_personal)
        self.assertTrue(self.contact.exists())

    def test_erase_without_email(self):
        """R3: a contact without an address can be erased, too."""
        self.contact.email = False
        self._erase(self.manager_personal)
        self.assertFalse(self.person.exists())

    def _lookup(self):
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": self.contact.name, "email": self.contact.email}
        )
        wizard.action_lookup()
        return wizard

    def test_lookup_finds_everything(self):
        """R3: Odoo's privacy lookup finds person, dates and log of the contact."""
        self.person.sudo().date_ids = [(0, 0, {"month": "05", "day": 2})]
        self._reveal(self.person, self.user_personal)
        models = set(self._lookup().line_ids.mapped("res_model"))
        self.assertLessEqual(
            {
                "res.partner",
                "followup.person",
                "followup.person.date",
                "followup.person.access",
            },
            models,
        )

    def test_delete_from_the_lookup(self):
        """R3: deleting all lines erases through our erasure, which is logged."""
        self.person.sudo().date_ids = [(0, 0, {"month": "05", "day": 2})]
        self._reveal(self.person, self.user_personal)
        wizard = self._lookup()
        wizard.line_ids.action_unlink_all()
        self.assertFalse(self.person.exists())
        self.assertFalse(self.contact.exists())
        self.assertTrue(all(wizard.line_ids.mapped("is_unlinked")))
        self.assertIn("Erased Decision maker", wizard.execution_details)
        rows = (
            self.env["followup.person.access"]
            .sudo()
            .search([("customer_id", "=", self.customer.id)])
        )
        self.assertEqual(sorted(rows.mapped("action")), ["erase", "reveal"])
        self.assertEqual(set(rows.mapped("contact_name")), {"C**** C***"})

    def test_delete_single_lines_of_the_lookup(self):
        """R3: in any order, person, date or log first."""
        self.person.sudo().date_ids = [(0, 0, {"month": "05", "day": 2})]
        self._reveal(self.person, self.user_personal)
        wizard = self._lookup()
        lines = {line.res_model: line for line in wizard.line_ids}
        lines["followup.person.access"].action_unlink()
        self.assertFalse(self._get_accesses(self.person).contact_id)
        lines["followup.person.date"].action_unlink()
        self.assertFalse(self.person.sudo().date_ids)
        self.assertEqual(self._get_accesses(self.person, "edit").reason, "request")
        lines["followup.person"].action_unlink()
        self.assertFalse(self.person.exists())
        self.assertIn("Erased", lines["followup.person"].execution_details)
        lines["res.partner"].action_unlink()
        self.assertFalse(self.contact.exists())

    def test_contact_with_personal_data_is_not_deleted_unseen(self):
        """R3: deleting the contact by hand is refused while data are held."""
        with self._assert_database_refuses():
            self.contact.unlink()
        self.assertTrue(self.contact.exists())


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestPersonExportDownload(PersonCase, HttpCase):
    """The download itself (R3)."""

    def test_download_is_the_users_own(self):
        """R3, attack 13: the file goes to the one who asked for it, to nobody else."""
        export = self._as(
            self.env["followup.person.export"], self.user_personal
        ).create({"person_id": self.person.id, "reason": "request"})
        url = f"/web/content?model={export._name}&id={export.id}&field=file&download=1"
        self.authenticate(self.user_personal.login, self.user_personal.login)
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        book = load_workbook(io.BytesIO(answer.content))
        self.assertIn("Personal data", book.sheetnames)
        with mute_logger(*QUIET):
            for user in (self.manager_personal, self.user_own, self.portal_user):
                self.authenticate(user.login, user.login)
                answer = self.url_open(url)
                self.assertNotEqual(answer.status_code, 200, user.login)
                self.assertNotIn(b"secret-", answer.content)
