from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomer(FollowupCase):
    """The hub: one file per customer and company, made in one step (P1, P11)."""

    def test_form_makes_partner_file_and_person_in_charge(self):
        """P1: three fields in the form make a company, its file and a contact."""
        files = self._as(self.env["followup.customer"], self.user_own)
        with Form(files) as form:
            form.name = "Nordlicht Mode GmbH"
            form.country_id = self.germany
            form.person_in_charge_name = "Jana Weiss"
            form.person_in_charge_email = "jana@nordlicht.example"
        customer = form.record
        self.assertTrue(customer.partner_id.is_company)
        self.assertEqual(customer.user_id, self.user_own)
        self.assertEqual(customer.company_id, self.company_a)
        self.assertEqual(customer.person_in_charge_id.name, "Jana Weiss")
        self.assertEqual(customer.person_in_charge_id.parent_id, customer.partner_id)
        self.assertEqual(
            customer.person_in_charge_id.email, customer.person_in_charge_email
        )

    def test_person_in_charge_is_not_doubled(self):
        """P1: naming a person who is a contact already takes that contact."""
        customer = self._create_customer("Alder Knits")
        contact = self.env["res.partner"].create(
            {"name": "Tom Reed", "parent_id": customer.partner_id.id}
        )
        customer.write(
            {"person_in_charge_name": "Tom Reed", "person_in_charge_phone": "+1 555"}
        )
        self.assertEqual(customer.person_in_charge_id, contact)
        self.assertEqual(contact.phone, "+1 555")
        self.assertEqual(len(customer.child_ids), 1)

    def test_person_in_charge_belongs_to_the_customer(self):
        """P1: somebody else's contact is refused with a clear error."""
        customer = self._create_customer("Alder Knits")
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        with self.assertRaisesRegex(ValidationError, "does not belong to"):
            customer.person_in_charge_id = stranger

    def test_code_has_region_and_serial_and_stays(self):
        """P11: region of the country and a serial; moving does not change it."""
        first = self._create_customer("One", country_id=self.germany.id)
        second = self._create_customer("Two", country_id=self.env.ref("base.br").id)
        third = self._create_customer("Three")
        self.assertRegex(first.code, r"^EU-\d{5}$")
        self.assertRegex(second.code, r"^AM-\d{5}$")
        self.assertRegex(third.code, r"^XX-\d{5}$")
        serials = [int(c.code.split("-")[1]) for c in (first, second, third)]
        self.assertEqual(serials, [serials[0], serials[0] + 1, serials[0] + 2])
        before = first.code
        first.country_id = self.env.ref("base.jp")
        self.assertEqual(first.code, before)

    def test_found_by_code_name_and_tax_number(self):
        """P11: the search field finds a customer by its code."""
        customer = self._create_customer("Nordlicht Mode", vat="DE999999999")
        files = self._as(self.env["followup.customer"], self.user_own)
        for term in (customer.code, "nordlicht", "DE999999999"):
            found = [row[0] for row in files.name_search(term)]
            self.assertEqual(found, customer.ids, term)

    def test_codes_are_numbered_per_company(self):
        """P11: another company starts its own serial."""
        self._create_customer("A1")
        other = self._create_customer("B1", user=self.user_b, company=self.company_b)
        self.assertEqual(other.code.split("-")[1], "00001")

    def test_one_file_per_partner_and_company(self):
        """P1: a second file is refused, a file in another company is not."""
        customer = self._create_customer("Twice")
        files = self.env["followup.customer"].sudo()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            files.create(
                {
                    "partner_id": customer.partner_id.id,
                    "company_id": self.company_a.id,
                }
            )
        other = self.env["followup.customer"].with_user(self.user_b)
        other = other.with_context(allowed_company_ids=self.company_b.ids)
        file_b = other.create({"partner_id": customer.partner_id.id})
        self.assertEqual(file_b.user_id, self.user_b)

    def test_existing_partner_is_not_renamed(self):
        """P1: values that differ from the existing contact are refused."""
        partner = self.env["res.partner"].create(
            {"name": "Old Name", "is_company": True, "phone": "+49 30 1"}
        )
        files = self._as(self.env["followup.customer"], self.user_own)
        with self.assertRaisesRegex(UserError, "Name"):
            files.create({"partner_id": partner.id, "name": "New Name"})
        customer = files.create({"partner_id": partner.id, "name": "Old Name"})
        self.assertEqual(customer.partner_id, partner)
        self.assertEqual(partner.name, "Old Name")
        self.assertEqual(partner.phone, "+49 30 1")

    def test_contact_gets_no_file_of_its_own(self):
        """P1: the file belongs to the commercial partner."""
        customer = self._create_customer("Parent")
        contact = self.env["res.partner"].create(
            {"name": "Child", "parent_id": customer.partner_id.id}
        )
        files = self._as(self.env["followup.customer"], self.user_own)
        with self.assertRaisesRegex(ValidationError, "is a contact of"):
            files.create({"partner_id": contact.id})
        self.assertEqual(files._for_partner(contact), customer)

    def test_person_as_customer_works_like_a_company(self):
        """P1: a customer without a company."""
        customer = self._create_customer(
            "Ana Pires", company_type="person", country_id=self.env.ref("base.pt").id
        )
        self.assertFalse(customer.partner_id.is_company)
        self.assertTrue(customer.code.startswith("EU-"))
        customer.person_in_charge_id = customer.partner_id
        self.assertEqual(customer.person_in_charge_name, "Ana Pires")

    def test_copy_and_deletion_are_refused(self):
        """P1: a file is neither duplicated nor deleted by accident."""
        customer = self._create_customer("Keep")
        with self.assertRaisesRegex(UserError, "cannot be duplicated"):
            customer.copy()
        with self.assertRaisesRegex(UserError, "Archive"):
            self._as(customer, self.manager).unlink()
        with self.assertRaises(AccessError):
            self._as(customer, self.user_own).unlink()

    def test_payment_terms_are_those_of_the_files_company(self):
        """P2: Odoo's own company-dependent field, shown and written per company."""
        term = self.env.ref("account.account_payment_term_30days")
        customer = self._create_customer("Terms")
        as_user = self._as(customer, self.user_own)
        as_user.file_payment_term_id = term
        partner = customer.partner_id
        self.assertEqual(
            partner.with_company(self.company_a).property_payment_term_id, term
        )
        self.assertFalse(partner.with_company(self.company_b).property_payment_term_id)
        partner.sudo().with_company(self.company_a).credit_limit = 5000
        customer.invalidate_recordset()
        self.assertEqual(as_user.file_credit_limit, 5000)

    def test_settlement_day_is_a_day_of_the_month(self):
        """P2: 32 is refused."""
        customer = self._create_customer("Days", settlement_day=31)
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            customer.settlement_day = 32
            customer.flush_recordset()

    def test_country_notes_are_shown(self):
        """P16: the note of the customer's country."""
        customer = self._create_customer("Note", country_id=self.germany.id)
        self.assertIn("Punctual", customer.country_business_habits)
        customer.country_id = self.env.ref("base.aq")
        self.assertFalse(customer.country_note_id)

    def test_preferences_and_referral(self):
        """P15: way of contact, language and time zone; who brought the customer."""
        referrer = self._create_customer("Referrer")
        customer = self._create_customer(
            "Referred",
            preferred_method="message",
            lang="en_US",
            tz="Asia/Shanghai",
            referred_by_id=referrer.partner_id.id,
        )
        self.assertEqual(customer.partner_id.lang, "en_US")
        self.assertEqual(customer.partner_id.tz, "Asia/Shanghai")
        referred = customer.search([("referred_by_id", "=", referrer.partner_id.id)])
        self.assertEqual(referred, customer)
        labels = dict(customer._fields["preferred_method"].selection)
        self.assertEqual(labels[customer.preferred_method], "Instant message")

    def test_delivery_places_are_counted(self):
        """P3: addresses of type delivery."""
        customer = self._create_customer("Places")
        self.env["res.partner"].create(
            [
                {"name": f"Gate {i}", "type": "delivery", "parent_id": p}
                for i, p in enumerate([customer.partner_id.id] * 2)
            ]
        )
        self.assertEqual(customer.delivery_place_count, 2)

    def test_onchange_of_state_and_company_type(self):
        """P1: the partner's onchanges that are shown run on the file too."""
        files = self._as(self.env["followup.customer"], self.user_own)
        with Form(files) as form:
            form.company_type = "person"
            form.name = "Ana Pires"
            form.phone = "02012345678"
            form.country_id = self.germany
        self.assertFalse(form.record.is_company)
        self.assertTrue(form.record.phone.startswith("+49"))
