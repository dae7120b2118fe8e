from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo import fields
from odoo.tools import mute_logger

from ..common import ALL_GROUPS, MANAGER_GROUPS, OFFICER_GROUPS, FollowupCase

PERSONAL = ",followup_crm.group_personal_data"
# Odoo logs each refusal; the tests provoke many.
QUIET = ("odoo.addons.base.models.ir_rule", "odoo.orm.models", "odoo.http")
# One value for each personal field; the texts are searched for in what leaks.
SECRETS = {
    "gender": "female",
    "birthday": "1971-03-14",
    "family": "secret-family",
    "education": "secret-education",
    "career": "secret-career",
    "gift_taste": "secret-gifts",
    "attitude": "opponent",
    "social_standing": "secret-standing",
    "lifestyle": "secret-lifestyle",
    "social_contacts": "secret-contacts",
    "influence": "deciding",
    "travel_plans": "secret-travels",
    "credit_standing": "secret-credit",
    "development_plan": "secret-development",
    "ambitions": "secret-ambitions",
    "personal_remarks": "secret-remarks",
}


class PersonCase(FollowupCase):
    """A file of ``user_personal`` with one contact on whom everything is held."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all_personal = cls._create_user("allp", ALL_GROUPS + PERSONAL)
        cls.manager_personal = cls._create_user("managerp", MANAGER_GROUPS + PERSONAL)
        cls.officer_personal = cls._create_user("officerp", OFFICER_GROUPS + PERSONAL)
        cls.only_personal = cls._create_user(
            "onlyp", "base.group_user,followup_crm.group_personal_data"
        )
        cls.b_personal = cls._create_user("bp", ALL_GROUPS + PERSONAL, cls.company_b)
        cls.hobby = cls.env.ref("followup_crm.hobby_golf")
        cls.personality = cls.env.ref("followup_crm.personality_type_steady")
        cls.customer = cls._create_customer("Cedar Fashion", user=cls.user_personal)
        cls.contact = cls._create_contact(cls.customer, "Clara Cole")
        cls.person = cls._create_person(cls.customer, cls.contact)
        cls.foreign_customer = cls._create_customer("Dogwood", user=cls.user_own_2)
        cls.foreign_person = cls._create_person(
            cls.foreign_customer, cls._create_contact(cls.foreign_customer, "Dan Dale")
        )

    @classmethod
    def _create_contact(cls, customer, name, **vals):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "parent_id": customer.partner_id.id,
                "email": f"{name.split()[0].lower()}@example.com",
                **vals,
            }
        )

    @classmethod
    def _create_person(cls, customer, contact, **vals):
        """A person record with all secrets."""
        person = (
            cls.env["followup.person"]
            .sudo()
            .create(
                {
                    "customer_id": customer.id,
                    "contact_id": contact.id,
                    "purpose": "relationship",
                    "hobby_ids": cls.hobby.ids,
                    "personality_type_id": cls.personality.id,
                    **SECRETS,
                    **vals,
                }
            )
        )
        return person.sudo(False)

    def _reveal(self, person, user, reason="visit", **vals):
        return self._as(self.env["followup.person.sheet"], user).create(
            {"person_id": person.id, "reason": reason, **vals}
        )

    @contextmanager
    def _assert_database_refuses(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            yield
            self.env.flush_all()

    def _get_accesses(self, person, action=None):
        domain = [("person_id", "=", person.id)]
        if action:
            domain.append(("action", "=", action))
        return self.env["followup.person.access"].sudo().search(domain)

    def _day(self, text):
        return fields.Date.to_date(text)
