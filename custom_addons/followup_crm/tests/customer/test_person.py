from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import NO_ACCESS
from odoo.tests import Form, tagged

from ...models.customer.person_window import OPEN_MINUTES
from .person_common import SECRETS, PersonCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestPerson(PersonCase):
    """Decision makers and the sheet that reveals what is held on them (P5, R3)."""

    def test_every_personal_field_is_closed_and_never_copied(self):
        """P5, R3: no access on the person, no column in the sheet's table."""
        person_fields = self.env["followup.person"]._fields
        sheet_fields = self.env["followup.person.sheet"]._fields
        names = self.env["followup.person"]._get_personal_fields()
        self.assertEqual(
            set(SECRETS) | {"hobby_ids", "personality_type_id"}, set(names)
        )
        for name in names:
            self.assertEqual(person_fields[name].groups, NO_ACCESS, name)
            self.assertTrue(person_fields[name].store, name)
            self.assertFalse(sheet_fields[name].store, name)
            self.assertFalse(sheet_fields[name].search, name)
        line_fields = self.env["followup.person.sheet.date"]._fields
        for name in ("label", "year", "month", "day"):
            self.assertFalse(line_fields[name].store, name)

    def test_reveal_shows_and_logs(self):
        """R3: a look needs a reason, shows all values and is logged."""
        sheet = self._reveal(self.person, self.user_personal, reason="greeting")
        for name, value in SECRETS.items():
            shown = sheet._fields[name].convert_to_write(sheet[name], sheet)
            self.assertEqual(
                fields.Date.to_string(shown) if name == "birthday" else shown, value
            )
        self.assertEqual(sheet.hobby_ids, self.hobby)
        self.assertEqual(sheet.personality_type_id, self.personality)
        access = self._get_accesses(self.person)
        self.assertEqual(access.action, "reveal")
        self.assertEqual(access.user_id, self.user_personal)
        self.assertEqual(access.reason, "greeting")
        self.assertEqual(access.contact_name, "Clara Cole")
        self.assertEqual(access.customer_id, self.customer)

    def test_reveal_needs_a_reason(self):
        """R3: no reason, no data; "other" needs words."""
        with self._assert_database_refuses():
            self._reveal(self.person, self.user_personal, reason=False)
        with self.assertRaises(ValidationError):
            self._reveal(self.person, self.user_personal, reason="other")
        self._reveal(self.person, self.user_personal, reason="other", note="Audit")

    def test_reveal_through_the_form(self):
        """P5, R3: the button asks for the reason, then opens the data."""
        action = self._as(self.person, self.user_personal).action_reveal()
        model = self._as(self.env["followup.person.sheet"], self.user_personal)
        form = Form(
            model.with_context(**action["context"]),
            view="followup_crm.person_sheet_view_form_reveal",
        )
        form.reason = "visit"
        sheet = form.save()
        opened = sheet.action_open()
        self.assertEqual(opened["res_id"], sheet.id)
        with Form(sheet, view="followup_crm.person_sheet_view_form") as data:
            self.assertEqual(data.family, "secret-family")
            data.family = "Two children"
            data.hobby_ids.clear()
        self.assertEqual(self.person.sudo().family, "Two children")
        self.assertFalse(self.person.sudo().hobby_ids)
        edit = self._get_accesses(self.person, "edit")
        self.assertEqual(set(edit.field_names.split(",")), {"family", "hobby_ids"})
        self.assertIn("Family situation", edit.field_labels)
        self.assertEqual(self.person.role, "decision_maker", "terms are kept")

    def test_defaults_do_not_overwrite_terms(self):
        """R3: revealing changes nothing, whatever defaults the context carries."""
        self.person.sudo().write({"role": "buyer", "purpose": "contract"})
        keep_until = self.person.keep_until
        sheet = self._as(self.env["followup.person.sheet"], self.user_personal)
        sheet.with_context(
            default_role="user",
            default_birthday="2000-01-01",
            default_purpose="hospitality",
        ).create({"person_id": self.person.id, "reason": "visit"})
        self.env.invalidate_all()
        self.assertEqual(self.person.role, "buyer")
        self.assertEqual(self.person.purpose, "contract")
        self.assertEqual(self.person.keep_until, keep_until)
        self.assertEqual(self.person.sudo().birthday, self._day("1971-03-14"))

    def test_new_person_through_the_sheet(self):
        """P5: one form for a new decision maker, three fields are enough."""
        contact = self._create_contact(self.customer, "Carl Cole")
        customer = self._as(self.customer, self.user_personal)
        action = customer.action_add_person()
        form = Form(
            self._as(
                self.env["followup.person.sheet"], self.user_personal
            ).with_context(**action["context"]),
            view="followup_crm.person_sheet_view_form",
        )
        form.contact_id = contact
        form.purpose = "negotiation"
        form.birthday = "1980-06-01"
        with form.line_ids.new() as line:
            self.assertTrue(line.remind)
            self.assertEqual(line.kind, "anniversary")
            line.kind = "name_day"
            line.day = 6
            line.month = "12"
            line.label = "Nicholas"
            line.year = 1999
        sheet = form.save()
        person = sheet.person_id
        self.assertEqual(person.contact_id, contact)
        self.assertEqual(person.customer_id, self.customer)
        self.assertEqual(person.sudo().birthday, self._day("1980-06-01"))
        date = person.sudo().date_ids
        self.assertEqual(
            (date.kind, date.day, date.month, date.label, date.year),
            ("name_day", 6, "12", "Nicholas", 1999),
        )
        self.assertEqual(customer.decision_maker_count, 2)
        self.assertEqual(
            sorted(self._get_accesses(person).mapped("action")),
            ["edit", "edit", "reveal"],
        )

    def test_new_person_through_the_file(self):
        """P5: plain form with the terms; the file's data are up to date."""
        self.customer.sudo().personal_checked_on = False
        contact = self._create_contact(self.customer, "Cher Cole")
        customer = self._as(self.customer, self.user_personal)
        customer.write(
            {
                "person_ids": [
                    (0, 0, {"contact_id": contact.id, "purpose": "relationship"})
                ]
            }
        )
        self.assertEqual(customer.decision_maker_count, 2)
        self.assertTrue(self.customer.personal_checked_on)
        person = customer.person_ids.filtered(lambda p: p.contact_id == contact)
        self.assertEqual((person.filled_count, person.filled_total), (0, 18))
        self.assertEqual(person.reliability, "probable")

    def test_filled_count(self):
        """P5: how much is on file shows without a reveal, the values do not."""
        person = self._as(self.person, self.user_personal)
        self.assertEqual((person.filled_count, person.filled_total), (18, 18))

    def test_keep_until_default(self):
        """R3: two years, or as the parameter says."""
        with freeze_time("2026-01-31"):
            vals = self.env["followup.person"].default_get(["keep_until"])
            self.assertEqual(vals["keep_until"], self._day("2028-01-31"))
            parameters = self.env["ir.config_parameter"].sudo()
            parameters.set_param("followup_crm.person_keep_months", "6")
            vals = self.env["followup.person"].default_get(["keep_until"])
            self.assertEqual(vals["keep_until"], self._day("2026-07-31"))

    def test_terms_are_checked_and_logged(self):
        """R3: consent has a date, the end is ahead, changed terms are logged."""
        person = self._as(self.person, self.user_personal)
        with self._assert_database_refuses():
            person.legal_basis = "consent"
        with self.assertRaises(ValidationError):
            person.keep_until = fields.Date.today() - timedelta(days=1)
        person.keep_until = fields.Date.today() + timedelta(days=400)
        self.assertEqual(
            self._get_accesses(self.person, "edit").field_names, "keep_until"
        )

    def test_contact_belongs_to_the_customer(self):
        """P5: a person of this customer, once, and never exchanged."""
        person = self._as(self.env["followup.person"], self.user_personal)
        vals = {"customer_id": self.customer.id, "purpose": "relationship"}
        with self.assertRaises(ValidationError):
            person.create({**vals, "contact_id": self.foreign_person.contact_id.id})
        with self.assertRaises(ValidationError):
            person.create({**vals, "contact_id": self.customer.partner_id.id})
        other = self._create_contact(self.customer, "Cora Cole")
        with self.assertRaises(AccessError):
            self._as(self.person, self.user_personal).contact_id = other
        with self._assert_database_refuses():
            person.create({**vals, "contact_id": self.contact.id})

    def test_private_customer_is_its_own_decision_maker(self):
        """P5: a customer that is a person can be the decision maker itself."""
        private = self._create_customer(
            "Eve Elm", user=self.user_personal, company_type="person"
        )
        person = self._create_person(private, private.partner_id)
        self.assertEqual(person.contact_id, private.partner_id)

    def test_sheet_expires(self):
        """R3: hidden again after a quarter of an hour; saving opens it once more."""
        with freeze_time("2026-05-04 10:00:00") as frozen:
            sheet = self._reveal(self.person, self.user_personal)
            self.assertEqual(sheet.family, "secret-family")
            frozen.tick(timedelta(minutes=OPEN_MINUTES + 1))
            self.env.invalidate_all()
            with self.assertRaises(UserError):
                sheet.read(["family"])
            with self.assertRaises(AccessError):
                sheet.write({"expires_at": "2027-01-01 00:00:00"})
            sheet.write({"ambitions": "Retire"})
            self.assertEqual(sheet.ambitions, "Retire")
            self.assertEqual(
                self._get_accesses(self.person, "edit").field_names, "ambitions"
            )

    def test_age(self):
        """P5: the age is computed from the birthday."""
        with freeze_time("2026-03-13"):
            self.assertEqual(self._reveal(self.person, self.user_personal).age, 54)
        with freeze_time("2026-03-14"):
            self.assertEqual(self._reveal(self.person, self.user_personal).age, 55)

    def test_dates_on_the_sheet(self):
        """P5: dates are shown, changed and deleted through the sheet, and logged."""
        date = (
            self.env["followup.person.date"]
            .sudo()
            .create(
                {
                    "person_id": self.person.id,
                    "month": "02",
                    "day": 29,
                    "label": "Wedding",
                    "year": 2004,
                }
            )
        )
        sheet = self._reveal(self.person, self.user_personal)
        line = sheet.line_ids
        self.assertEqual((line.label, line.year, line.day), ("Wedding", 2004, 29))
        sheet.write({"line_ids": [(1, line.id, {"label": "Wedding day"})]})
        self.assertEqual(date.label, "Wedding day")
        with self.assertRaises(ValidationError):
            line.write({"month": "04", "day": 31})
        sheet.write({"line_ids": [(2, line.id)]})
        self.assertFalse(date.exists())
        self.assertTrue(self._get_accesses(self.person, "edit"))

    def test_clearing_old_sheets_keeps_the_dates(self):
        """R3: the nightly cleaning removes windows, never data."""
        date = (
            self.env["followup.person.date"]
            .sudo()
            .create({"person_id": self.person.id, "month": "05", "day": 2})
        )
        sheet = self._reveal(self.person, self.user_personal)
        sheet.line_ids.sudo().unlink()
        sheet.sudo().unlink()
        self.assertTrue(date.exists())
        self.assertTrue(self.person.exists())

    def test_upcoming_dates_without_the_year(self):
        """P5: the account team is reminded of day and kind, never of year or text."""
        self.env["followup.person.date"].sudo().create(
            [
                {
                    "person_id": self.person.id,
                    "month": "03",
                    "day": 2,
                    "label": "secret-label",
                    "year": 1999,
                },
                {"person_id": self.person.id, "month": "03", "day": 3, "remind": False},
            ]
        )
        self._create_person(
            self.customer,
            self._create_contact(self.customer, "Cleo Cole"),
            birthday="1996-02-29",
        )
        self.customer.sudo().team_user_ids = self.user_own
        with freeze_time("2026-02-28"):
            found = self._as(
                self.env["followup.person"], self.user_own
            )._get_upcoming_dates(20)
        self.assertEqual(
            [
                (row["kind"], row["month"], row["day"], str(row["date"]))
                for row in found
            ],
            [
                ("birthday", 2, 29, "2026-02-28"),
                ("anniversary", 3, 2, "2026-03-02"),
                ("birthday", 3, 14, "2026-03-14"),
            ],
        )
        self.assertNotIn("1971", str(found))
        self.assertNotIn("secret", str(found))

    def test_upcoming_dates_are_the_account_teams(self):
        """P5: others who see the file are not told whom to greet."""
        with freeze_time("2026-02-28"):
            for user in (self.user_all, self.manager, self.user_own_2):
                found = self._as(self.env["followup.person"], user)._get_upcoming_dates(
                    20, self.customer
                )
                self.assertFalse(found, "only the account team greets")

    def test_reveal_of_many_costs_no_queries_per_person(self):
        """R3: opening and reading sheets in a batch."""

        def make(count, start):
            persons = self.env["followup.person"]
            for index in range(start, start + count):
                contact = self._create_contact(self.customer, f"Person {index}")
                persons |= self._create_person(self.customer, contact)
            return persons

        def count_queries(persons):
            model = self._as(self.env["followup.person.sheet"], self.user_personal)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sheets = model.create(
                [{"person_id": person.id, "reason": "visit"} for person in persons]
            )
            sheets.mapped("family")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = make(2, 0), make(12, 2)
        count_queries(few)
        self.assertLessEqual(count_queries(many), count_queries(few) + 4)
