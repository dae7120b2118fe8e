from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .person_common import PersonCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestPersonCombine(PersonCase):
    """Merging contacts and combining files loses nothing that is held (P5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.double = cls._create_contact(cls.customer, "Clara Cole")
        cls.double_person = cls.env["followup.person"].create(
            {
                "customer_id": cls.customer.id,
                "contact_id": cls.double.id,
                "purpose": "contract",
                "keep_until": "2099-12-31",
                "family": "More family",
                "education": "secret-education",
                "birthday": "1972-01-01",
                "hobby_ids": cls.env.ref(
                    "followup_crm.hobby_chess_and_board_games"
                ).ids,
                "date_ids": [
                    (0, 0, {"month": "01", "day": 1, "label": "Same"}),
                    (0, 0, {"month": "06", "day": 7, "label": "Own"}),
                ],
            }
        )
        cls.person.sudo().date_ids = [
            (0, 0, {"month": "01", "day": 1, "label": "Same"})
        ]
        cls.person.sudo().ambitions = False
        cls.double_person.ambitions = "Board"
        cls.env["followup.person.access"]._log(cls.double_person, "reveal", "visit")

    def _assert_combined(self, person):
        self.assertFalse(self.double_person.exists())
        person = person.sudo()
        self.assertEqual(person.family, "secret-family\nMore family")
        self.assertEqual(person.education, "secret-education")
        self.assertEqual(person.ambitions, "Board", "blank entries are filled")
        self.assertEqual(person.birthday, self._day("1971-03-14"))
        self.assertIn("1972-01-01", person.personal_remarks)
        self.assertIn("secret-remarks", person.personal_remarks)
        self.assertEqual(len(person.hobby_ids), 2)
        self.assertEqual(person.date_ids.mapped("label"), ["Same", "Own"])
        self.assertEqual(person.keep_until, self._day("2099-12-31"))
        self.assertEqual(
            sorted(self._get_accesses(person).mapped("action")), ["combine", "reveal"]
        )

    def test_merge_contacts(self):
        """P5: Odoo's merge of two contacts combines their records."""
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (self.contact | self.double).ids, self.contact
        )
        self.assertFalse(self.double.exists())
        self._assert_combined(self.person)
        self.assertEqual(self.person.contact_id, self.contact)
        self.assertEqual(self._get_accesses(self.person).contact_id, self.contact)

    def test_merge_moves_a_single_record(self):
        """P5: where only the source has a record, it moves with the contact."""
        target = self._create_contact(self.customer, "Clara Cole")
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (self.contact | target).ids, target
        )
        self.assertEqual(self.person.contact_id, target)
        self.assertEqual(self.person.sudo().family, "secret-family")
        self.assertEqual(self.person.sudo().date_ids.contact_id, target)

    def test_merge_customers(self):
        """P5: when two customers are merged, persons move to the remaining file."""
        other = self._create_customer("Cedar Fashions", user=self.user_own)
        contact = self._create_contact(other, "Otto Oak")
        person = self._create_person(other, contact)
        self._reveal(person, self.all_personal)
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (self.customer.partner_id | other.partner_id).ids, self.customer.partner_id
        )
        self.assertFalse(other.exists())
        self.assertEqual(person.customer_id, self.customer)
        self.assertEqual(person.sudo().family, "secret-family")
        self.assertEqual(self._get_accesses(person).customer_id, self.customer)

    def test_combine_same_contact_of_two_files(self):
        """P5: one contact with a record in both files: the records are combined."""
        other = self._create_customer("Cedar Fashions", user=self.user_own)
        persons = self.env["followup.person"].sudo()
        persons.with_context(fcrm_combining=True).create(
            {
                "customer_id": other.id,
                "contact_id": self.contact.id,
                "purpose": "relationship",
                "career": "More career",
            }
        )
        persons._combine_for_customers(other, self.customer)
        found = persons.search([("contact_id", "=", self.contact.id)])
        self.assertEqual(found, self.person)
        self.assertEqual(found.career, "secret-career\nMore career")

    def test_merge_private_customers_that_decide_themselves(self):
        """P5: two customers that are persons, each its own decision maker."""
        one = self._create_customer("Ivy", user=self.user_own, company_type="person")
        two = self._create_customer("Ivy", user=self.user_own, company_type="person")
        first = self._create_person(one, one.partner_id)
        second = self._create_person(two, two.partner_id, family="More family")
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (one.partner_id | two.partner_id).ids, one.partner_id
        )
        persons = (first | second).exists()
        self.assertEqual(len(persons), 1)
        self.assertEqual(persons.contact_id, one.partner_id)
        self.assertIn("More family", persons.sudo().family)
        self.assertIn("secret-family", persons.sudo().family)

    def test_the_outside_cannot_pretend_a_merge(self):
        """P5, attack 7: the context alone does not lift the check of the contact."""
        persons = self._as(self.env["followup.person"], self.user_personal)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            persons.with_context(fcrm_combining=True).create(
                {
                    "customer_id": self.customer.id,
                    "contact_id": self.foreign_person.contact_id.id,
                    "purpose": "relationship",
                }
            )
