from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.customer.customer import SERVER_ONLY
from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomerAccess(FollowupCase):
    """Who may do what with a customer file and its details (R1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Own", strengths="Secret strength")
        cls.foreign = cls._create_customer("Foreign", user=cls.user_own_2)
        cls.customer_b = cls._create_customer(
            "Beech", user=cls.user_b, company=cls.company_b
        )

    def _visible_to(self, user):
        files = self._as(self.env["followup.customer"], user)
        return files.search(
            [("id", "in", (self.customer | self.foreign | self.customer_b).ids)]
        )

    def test_roles_see_what_they_should(self):
        """R1: own, all, officer, manager; never another company's."""
        self.assertEqual(self._visible_to(self.user_own), self.customer)
        both = self.customer | self.foreign
        for user in (self.user_all, self.manager, self.officer):
            self.assertEqual(self._visible_to(user), both, user.login)
        self.assertEqual(self._visible_to(self.user_b), self.customer_b)
        for user in (self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._visible_to(user)

    def test_foreign_file_read_by_id_is_refused(self):
        """R1, attack 1: by id, by field, by export."""
        foreign = self._as(self.foreign, self.user_own)
        with self.assertRaises(AccessError):
            foreign.read(["strengths"])
        self.user_own.sudo().group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            foreign.export_data(["strengths"])
        with self.assertRaises(AccessError):
            foreign.write({"strengths": "x"})

    def test_team_and_deputy_see_the_file(self):
        """R1: colleagues who work with the customer too."""
        self.customer.sudo().team_user_ids = self.user_own_2
        self.assertIn(self.customer, self._visible_to(self.user_own_2))
        self.customer.sudo().write(
            {"team_user_ids": [(5,)], "deputy_user_id": self.user_own_2.id}
        )
        self.assertIn(self.customer, self._visible_to(self.user_own_2))

    def test_officer_reads_but_does_not_write(self):
        """R1: a complaint officer reads files, also when he owns customers himself."""
        officer = self.officer
        customer = self._as(self.customer, officer)
        self.assertEqual(customer.strengths, "Secret strength")
        with self.assertRaises(AccessError):
            customer.write({"strengths": "x"})
        officer.sudo().group_ids += self.env.ref("followup_crm.group_user")
        with self.assertRaises(AccessError):
            self._as(self.customer, officer).write({"strengths": "x"})

    def test_protected_fields_are_refused(self):
        """R1, attack 6: owner, code, standing, figures; for managers too."""
        values = {"former_codes": "x", "code": "EU-1", "order_count": 5}
        values |= {"user_id": self.user_own.id, "standing": "risky", "name_key": "x"}
        self.assertLessEqual(set(values), SERVER_ONLY)
        for user in (self.user_own, self.user_all, self.manager):
            for name, value in values.items():
                with self.assertRaises(AccessError, msg=f"{user.login} {name}"):
                    self._as(self.customer, user).write({name: value})
                with self.assertRaises(AccessError, msg=f"{user.login} {name}"):
                    self._as(self.env["followup.customer"], user).create(
                        {"name": "New", name: value}
                    )

    def test_every_protected_field_exists(self):
        """R1: a misspelt name in the list would protect nothing."""
        self.assertFalse(SERVER_ONLY - set(self.env["followup.customer"]._fields))

    def test_company_and_partner_are_fixed(self):
        """R1, attack 6: a file keeps its customer and company."""
        customer = self._as(self.customer, self.manager)
        with self.assertRaises(AccessError):
            customer.write({"company_id": self.company_b.id})
        with self.assertRaises(AccessError):
            customer.write({"partner_id": self.foreign.partner_id.id})

    def test_defaults_in_the_context_do_not_get_through(self):
        """R1, attack 7: default_* for protected fields and foreign companies."""
        files = self._as(self.env["followup.customer"], self.user_own).with_context(
            default_user_id=self.user_own_2.id,
            default_standing="blacklisted",
            default_order_count=9,
        )
        customer = files.create({"name": "Default"})
        self.assertEqual(customer.user_id, self.user_own)
        self.assertEqual(customer.standing, "normal")
        self.assertFalse(customer.order_count)
        with self.assertRaises(AccessError):
            files.with_context(default_company_id=self.company_b.id).create(
                {"name": "Elsewhere"}
            )

    def test_details_of_foreign_customers_are_closed(self):
        """R1, attacks 1 and 7: reading, creating on, moving to a foreign file."""
        values = {
            "followup.information": {"content": "x"},
            "followup.need": {"name": "x"},
            "followup.purchase.plan": {"name": "x", "date_from": "2026-01-01"},
            "followup.customer.relation": {"name": "x", "kind": "partner"},
            "followup.competing.product": {"name": "x"},
            "followup.customer.finance": {"date": "2026-01-01", "source": "x"},
        }
        for model, vals in values.items():
            details = self._as(self.env[model], self.user_own)
            mine = details.create({**vals, "customer_id": self.customer.id})
            foreign = self.env[model].create({**vals, "customer_id": self.foreign.id})
            self.assertEqual(
                details.search([("id", "in", (mine | foreign).ids)]), mine, model
            )
            with self.assertRaises(AccessError, msg=model):
                foreign.with_env(details.env).read(["company_id"])
            with self.assertRaises(AccessError, msg=model):
                details.create({**vals, "customer_id": self.foreign.id})
            with self.assertRaises(AccessError, msg=model):
                mine.write({"customer_id": self.foreign.id})
            for user in (self.user_all, self.manager, self.officer):
                self.assertTrue(foreign.with_user(user).has_access("read"), model)
                self.assertTrue(foreign.with_user(user).has_access("write"), model)
            with self.assertRaises(AccessError, msg=model):
                self._as(foreign, self.user_b).read(["company_id"])
            for user in (self.internal_user, self.portal_user):
                with self.assertRaises(AccessError, msg=model):
                    self._as(foreign, user).read(["company_id"])

    def test_lists_are_kept_by_managers(self):
        """R1: everybody with a role reads the lists, managers change them."""
        for model in (
            "followup.ownership.type",
            "followup.business.scope",
            "followup.transport.mode",
            "followup.information.method",
            "followup.information.channel",
            "followup.competitor",
        ):
            self._as(self.env[model], self.manager).create({"name": "New"})
            for user in (self.user_own, self.officer):
                self._as(self.env[model], user).search([], limit=1).read(["name"])
                with self.assertRaises(AccessError, msg=model):
                    self._as(self.env[model], user).create({"name": "New"})

    def test_single_company_user_of_b_can_work(self):
        """R1: nothing is reserved for the first company."""
        files = self._as(self.env["followup.customer"], self.user_b)
        customer = files.create({"name": "Birch Buyer"})
        self.assertEqual(customer.company_id, self.company_b)
        self._as(self.env["followup.information"], self.user_b).create(
            {"customer_id": customer.id, "content": "Opens a shop"}
        )
        self.assertEqual(customer.information_count, 1)

    def test_assigning_is_for_those_who_see_all(self):
        """R1: users do not take or give away customers; the former owner loses it."""
        customer = self._as(self.customer, self.user_own)
        with self.assertRaises(AccessError):
            customer._assign(self.user_own_2)
        with self.assertRaises(AccessError):
            self._as(self.env["followup.customer.assign"], self.user_own).create(
                {"customer_ids": [(6, 0, customer.ids)], "user_id": self.user_own_2.id}
            )
        self.customer.message_subscribe(self.user_own.partner_id.ids)
        wizard = self._as(self.env["followup.customer.assign"], self.manager).create(
            {
                "customer_ids": [(6, 0, self.customer.ids)],
                "user_id": self.user_own_2.id,
            }
        )
        wizard.action_apply()
        self.assertEqual(self.customer.user_id, self.user_own_2)
        self.assertNotIn(self.customer, self._visible_to(self.user_own))
        self.assertNotIn(
            self.user_own.partner_id, self.customer.sudo().message_partner_ids
        )

    def test_public_methods_refuse_foreign_files(self):
        """R1, attack 5: every button of the file, with somebody else's id."""
        files = self.env["followup.customer"]
        ours = [
            name
            for name in dir(type(files))
            if name.startswith("action_")
            and "followup_crm" in getattr(type(files), name).__module__
        ]
        self.assertGreaterEqual(len(ours), 8)
        for name in ours:
            for user in (self.user_own, self.internal_user, self.portal_user):
                foreign = self._as(self.foreign, user)
                with self.assertRaises(AccessError, msg=f"{name} {user.login}"):
                    getattr(foreign, name)()

    def test_owner_must_work_in_the_company(self):
        """R1: a user of another company cannot own the file."""
        with self.assertRaisesRegex(UserError, "does not work in"):
            self._as(self.customer, self.manager)._assign(self.user_b)
