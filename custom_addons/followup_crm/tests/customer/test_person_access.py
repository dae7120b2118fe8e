from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .person_common import QUIET, SECRETS, PersonCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestPersonAccess(PersonCase):
    """Who may know of a person, reveal and change what is held (P5, R3)."""

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger(*QUIET))

    def _visible_to(self, user):
        persons = self._as(self.env["followup.person"], user)
        return persons.search(
            [("id", "in", (self.person | self.foreign_person).ids)]
        ).with_env(self.env)

    def test_who_sees_persons(self):
        """R3, attack 1: own, all, manager, each only with the personal group."""
        both = self.person | self.foreign_person
        self.assertEqual(self._visible_to(self.user_personal), self.person)
        self.assertEqual(self._visible_to(self.all_personal), both)
        self.assertEqual(self._visible_to(self.manager_personal), both)
        for user in (self.officer_personal, self.only_personal, self.b_personal):
            self.assertFalse(self._visible_to(user), user.login)
        for user in (
            self.user_own_2,
            self.user_all,
            self.manager,
            self.officer,
            self.internal_user,
            self.portal_user,
        ):
            with self.assertRaises(AccessError, msg=user.login):
                self._visible_to(user)

    def test_who_reveals(self):
        """R3, attacks 1, 5: nobody else opens a sheet, by whatever method."""
        refused = (
            self.user_own_2,
            self.user_all,
            self.manager,
            self.officer,
            self.officer_personal,
            self.only_personal,
            self.b_personal,
            self.internal_user,
            self.portal_user,
        )
        for user in refused:
            person = self._as(self.person, user)
            for method in ("action_reveal", "action_export", "action_erase"):
                with self.assertRaises(AccessError, msg=f"{user.login} {method}"):
                    getattr(person, method)()
            with self.assertRaises(AccessError, msg=user.login):
                self._reveal(self.person, user)
            with self.assertRaises(AccessError, msg=user.login):
                self._as(self.env["followup.person.export"], user).create(
                    {"person_id": self.person.id, "reason": "request"}
                )
        self.assertFalse(self._get_accesses(self.person))
        for user in (self.all_personal, self.manager_personal):
            self.assertEqual(self._reveal(self.person, user).family, "secret-family")

    def test_persons_of_foreign_customers_stay_closed(self):
        """R3, attack 1: neither revealed nor added by somebody else."""
        with self.assertRaises(AccessError):
            self._reveal(self.foreign_person, self.user_personal)
        with self.assertRaises(AccessError):
            self._as(self.foreign_customer, self.user_personal).action_add_person()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._as(self.env["followup.person.sheet"], self.user_personal).create(
                {
                    "customer_id": self.foreign_customer.id,
                    "contact_id": self._create_contact(
                        self.foreign_customer, "Dora Dale"
                    ).id,
                    "purpose": "relationship",
                    "reason": "update",
                }
            )

    def test_sheet_is_its_creators(self):
        """R3, attack 5: another user's sheet is closed, also to administrators."""
        sheet = self._reveal(self.person, self.user_personal)
        export = self._as(
            self.env["followup.person.export"], self.user_personal
        ).create({"person_id": self.person.id, "reason": "request"})
        spec = {name: {} for name in SECRETS}
        for user in (self.all_personal, self.manager_personal, self.only_personal):
            other, other_export = self._as(sheet, user), self._as(export, user)
            attacks = {
                "read": (other.read, ["family"]),
                "mapped": (other.mapped, "family"),
                "open": (other.action_open,),
                "web_read": (other.web_read, spec),
                "write": (other.write, {"family": "x"}),
                "lines": (other.mapped, "line_ids.label"),
                "download": (other_export.read, ["file"]),
                "export": (other_export.action_export,),
                "onchange": (other.onchange, {}, [], spec),
            }
            for name, (attack, *arguments) in attacks.items():
                self.env.invalidate_all()
                with self.assertRaises(AccessError, msg=f"{user.login} {name}"):
                    attack(*arguments)
            self.assertFalse(other.search([("id", "=", sheet.id)]))
        self.assertEqual(self.person.sudo().family, "secret-family")

    def test_sheet_follows_the_users_rights(self):
        """R3, attack 8: after handover the former owner's open sheet is closed."""
        sheet = self._reveal(self.person, self.user_personal)
        self.customer.sudo().user_id = self.user_own_2
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            sheet.read(["family"])
        with self.assertRaises(AccessError):
            sheet.read(["purpose"])
        with self.assertRaises(AccessError):
            sheet.write({"family": "x"})

    def test_manager_reads_only(self):
        """R3: a manager with the group reads all and changes only own customers'."""
        sheet = self._reveal(self.person, self.manager_personal)
        self.assertFalse(sheet.can_edit)
        line_vals = {"month": "01", "day": 1}
        attacks = [
            lambda: sheet.write({"family": "x"}),
            lambda: sheet.write({"role": "user"}),
            lambda: setattr(sheet, "family", "x"),
            lambda: sheet.write({"line_ids": [(0, 0, line_vals)]}),
            lambda: self._reveal(self.person, self.manager_personal, family="x"),
            lambda: self._as(self.person, self.manager_personal).write(
                {"role": "user"}
            ),
        ]
        for attack in attacks:
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                attack()
        self.env.invalidate_all()
        self.assertEqual(self.person.sudo().family, "secret-family")
        self.assertFalse(self.person.sudo().date_ids)
        own = self._create_customer("Fir", user=self.manager_personal)
        person = self._create_person(own, self._create_contact(own, "Fay Fir"))
        self._reveal(person, self.manager_personal, family="New")
        self.assertEqual(person.sudo().family, "New")

    def test_create_and_write_per_role(self):
        """R3: CRU own, CRU all; nobody else, and nobody deletes."""
        for user, allowed in (
            (self.user_personal, True),
            (self.all_personal, True),
            (self.manager_personal, False),
            (self.officer_personal, False),
            (self.b_personal, False),
            (self.user_own, False),
        ):
            contact = self._create_contact(self.customer, f"New {user.login}")
            vals = {
                "customer_id": self.customer.id,
                "contact_id": contact.id,
                "purpose": "relationship",
            }
            person = self._as(self.env["followup.person"], user)
            if allowed:
                person.create(vals).write({"role": "user"})
                continue
            with (
                self.assertRaises(UserError, msg=user.login),
                self.env.cr.savepoint(),
            ):
                person.create(vals)
        for user in (self.user_personal, self.all_personal, self.manager_personal):
            with self.assertRaises(AccessError):
                self._as(self.person, user).unlink()

    def _create_foreign_date(self):
        return (
            self.env["followup.person.date"]
            .sudo()
            .create(
                {
                    "person_id": self.foreign_person.id,
                    "month": "05",
                    "day": 2,
                    "label": "foreign-date",
                }
            )
        )

    def test_commands_with_foreign_ids(self):
        """R3, attack 7: x2many commands and list entries."""
        customer = self._as(self.customer, self.user_personal)
        foreign = self.foreign_person.id
        date = self._create_foreign_date()
        sheet = self._reveal(self.person, self.user_personal)
        lines = self._as(self.env["followup.person.sheet.date"], self.user_personal)
        other_sheet = self._reveal(self.foreign_person, self.all_personal)
        attacks = [
            lambda: customer.write({"person_ids": [(4, foreign)]}),
            lambda: customer.write({"person_ids": [(6, 0, [foreign])]}),
            lambda: customer.write({"person_ids": [(1, foreign, {"role": "user"})]}),
            lambda: customer.write({"person_ids": [(2, self.person.id)]}),
            lambda: customer.write({"person_ids": [(5,)]}),
            lambda: sheet.write({"person_id": foreign}),
            lambda: lines.create({"sheet_id": sheet.id, "date_id": date.id}),
            lambda: lines.create({"sheet_id": other_sheet.id, "month": "01", "day": 1}),
            lambda: sheet.write({"line_ids": [(4, other_sheet.line_ids.sudo().id)]}),
            lambda: sheet.write({"hobby_ids": [(0, 0, {"name": "New hobby"})]}),
            lambda: sheet.write({"hobby_ids": [(2, self.hobby.id)]}),
            lambda: sheet.write({"hobby_ids": [(1, self.hobby.id, {"name": "x"})]}),
            lambda: self._as(self.person, self.user_personal).write(
                {"customer_id": self.foreign_customer.id}
            ),
            lambda: self._as(self.person, self.user_personal).write(
                {"date_ids": [(4, date.id)]}
            ),
        ]
        for number, attack in enumerate(attacks):
            self.env.invalidate_all()
            with (
                self.assertRaises(UserError, msg=str(number)),
                self.env.cr.savepoint(),
            ):
                attack()
        self.assertEqual(date.person_id, self.foreign_person)
        self.assertEqual(self.hobby.name, "Golf")

    def test_context_defaults_do_not_get_through(self):
        """R3, attack 7: defaults for personal fields and for foreign records."""
        date = self._create_foreign_date()
        sheet = self._reveal(self.person, self.user_personal)
        lines = self._as(self.env["followup.person.sheet.date"], self.user_personal)
        vals = {
            "customer_id": self.customer.id,
            "contact_id": self._create_contact(self.customer, "Carol Cole").id,
            "purpose": "relationship",
        }
        persons = self._as(self.env["followup.person"], self.user_personal)
        for default in ({"default_family": "x"}, {"default_is_reminded": True}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                persons.with_context(**default).create(vals)
        line = lines.with_context(default_date_id=date.id).create(
            {"sheet_id": sheet.id, "month": "01", "day": 1}
        )
        self.assertNotEqual(line.sudo().date_id, date)
        self.assertFalse(line.label)

    def test_access_log_is_the_managers(self):
        """R3: managers read the log, within their companies; nobody changes it."""
        self._reveal(self.person, self.user_personal)
        access = self._get_accesses(self.person)
        self.assertEqual(self._as(access, self.manager).contact_name, "Clara Cole")
        for user in (
            self.user_personal,
            self.all_personal,
            self.officer_personal,
            self.internal_user,
            self.portal_user,
        ):
            with self.assertRaises(AccessError, msg=user.login):
                self._as(access, user).read(["contact_name"])
        with self.assertRaises(AccessError):
            self._as(access, self.manager).write({"note": "x"})
        with self.assertRaises(AccessError):
            self._as(access, self.manager).unlink()
        self.manager.write(
            {"company_ids": [(4, self.company_b.id)], "company_id": self.company_b.id}
        )
        self.assertFalse(
            self._as(access, self.manager).search([("id", "=", access.id)])
        )

    def test_count_is_open_and_persons_are_not(self):
        """P5: the file shows how many, only the personal group shows who."""
        self.customer.sudo().team_user_ids = self.user_own
        customer = self._as(self.customer, self.user_own)
        self.assertEqual(customer.decision_maker_count, 1)
        with self.assertRaises(AccessError):
            customer.read(["person_ids"])
        with self.assertRaises(AccessError):
            customer.search([("person_ids.role", "=", "user")])

    def test_portal_user_of_the_customer(self):
        """R3, attack 3: the customer's own portal user sees nothing of it."""
        self.portal_user.partner_id.parent_id = self.customer.partner_id
        partner = self._as(self.contact, self.portal_user)
        for name in SECRETS:
            with self.assertRaises(ValueError, msg=name):
                partner.read([name])
        with self.assertRaises(AccessError):
            partner.read(["fcrm_customer_ids"])
        with self.assertRaises(AccessError):
            self._as(self.person, self.portal_user).read(["role"])

    def test_lists_per_role(self):
        """P5: everybody reads the lists, managers keep them."""
        for user in (self.user_own, self.officer):
            hobby = self._as(self.hobby, user)
            self.assertTrue(hobby.name)
            with self.assertRaises(AccessError):
                hobby.create({"name": "Kites"})
        self._as(self.hobby, self.manager).create({"name": "Kites"})
