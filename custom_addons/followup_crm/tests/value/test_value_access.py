from odoo.exceptions import AccessError
from odoo.tests import tagged

from .value_common import ValueCase

FIGURES = (
    "followup.value",
    "followup.value.change",
    "followup.value.month",
    "followup.value.effort.share",
    "followup.value.comparison",
    "followup.retention",
)
REGISTERS = ("followup.loss", "followup.winback", "followup.loyalty.plan")


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestValueAccess(ValueCase):
    """Who may read and change the value of whose customers (R1, safety's table)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create_customer("Own")
        cls.foreign = cls._create_customer("Foreign", user=cls.user_own_2)
        cls.theirs = cls._create_customer("B", user=cls.user_b, company=cls.company_b)
        cls.files = cls.own | cls.foreign | cls.theirs
        vals = {
            "followup.loss": {"reason": "x"},
            "followup.winback": {"step_ids": [(0, 0, {"name": "Call"})]},
            "followup.loyalty.plan": {
                "name": "Goal",
                "measure_ids": [(0, 0, {"name": "Visit"})],
            },
        }
        for customer in cls.files:
            company = customer.sudo().company_id
            cls._orders((customer, 10, "2026-01-10"), company=company)
            for model in REGISTERS:
                cls.env[model].sudo().with_company(company).create(
                    {
                        "customer_id": customer.id,
                        "user_id": customer.sudo().user_id.id,
                        **vals[model],
                    }
                )
        cls.engine._compute(cls.company_a | cls.company_b)
        cls.env["followup.sales.month"].sudo()._refresh()

    def _seen(self, model, user, path="customer_id"):
        records = self._as(self.env[model], user).search([])
        return records.sudo().mapped(path) & self.files

    def test_reading(self):
        """R1, attack 1: own, all, officer, manager; never another company's."""
        both = self.own | self.foreign
        paths = dict.fromkeys((*FIGURES, *REGISTERS), "customer_id")
        paths["followup.winback.step"] = "winback_id.customer_id"
        paths["followup.loyalty.measure"] = "plan_id.customer_id"
        for model, path in paths.items():
            self.assertEqual(self._seen(model, self.user_own, path), self.own, model)
            for user in (self.user_all, self.manager, self.officer):
                self.assertEqual(self._seen(model, user, path), both, model)
            self.assertEqual(self._seen(model, self.user_b, path), self.theirs, model)
            for user in (self.internal_user, self.portal_user):
                with self.assertRaises(AccessError, msg=model):
                    self._seen(model, user, path)

    def test_figures_are_nobodys_to_write(self):
        """Attack 6: computed figures are refused to everybody."""
        models = ("followup.value", "followup.value.change", "followup.value.month")
        for model in (*models, "followup.value.product", "followup.value.run"):
            for user in (self.user_own, self.user_all, self.manager, self.officer):
                records = self._as(self.env[model], user)
                for mode in ("create", "write", "unlink"):
                    self.assertFalse(records.has_access(mode), f"{model} {mode}")

    def test_registers(self):
        """Attack 1, 6: users write their own customers', officers only read."""
        for model in REGISTERS:
            records = (
                self.env[model].sudo().search([("customer_id", "in", self.files.ids)])
            )
            own = records.filtered(lambda r: r.customer_id == self.own).sudo(False)
            foreign = records.filtered(lambda r: r.customer_id == self.foreign)
            foreign = foreign.sudo(False)
            theirs = records.filtered(lambda r: r.customer_id == self.theirs)
            self._as(own, self.user_own).check_access("write")
            self._as(foreign, self.user_all).check_access("write")
            self._as(foreign, self.manager).check_access("unlink")
            for record, user, mode in (
                (foreign, self.user_own, "write"),
                (foreign, self.user_own, "read"),
                (own, self.user_own, "unlink"),
                (own, self.officer, "write"),
                (theirs.sudo(False), self.manager, "read"),
            ):
                with self.assertRaises(AccessError, msg=f"{model} {mode}"):
                    self._as(record, user).check_access(mode)

    def test_actions_on_foreign_records(self):
        """Attack 5: every public method is refused on another's record."""
        methods = {
            "followup.loss": ("action_regain",),
            "followup.winback": (
                *("action_start", "action_win", "action_fail", "action_cancel"),
                "action_reopen",
            ),
            "followup.loyalty.plan": (
                *("action_start", "action_complete", "action_cancel", "action_reopen"),
            ),
            "followup.value": ("action_plan_contact", "action_start_winback"),
        }
        for model, names in methods.items():
            record = self.env[model].search([("customer_id", "=", self.foreign.id)])
            for user in (self.user_own, self.internal_user):
                for name in names:
                    with self.assertRaises(AccessError, msg=f"{model}.{name}"):
                        getattr(self._as(record, user), name)()

    def test_no_entry_for_foreign_customers(self):
        """Attack 7: a foreign customer's id in a new record is refused."""
        for model, vals in (
            ("followup.loss", {"reason": "x"}),
            ("followup.loyalty.plan", {"name": "x"}),
        ):
            records = self._as(self.env[model], self.user_own)
            with self.assertRaises(AccessError):
                records.create({"customer_id": self.foreign.id, **vals})

    def test_steps_of_foreign_cases(self):
        """Attack 7: nothing is added to another's case or plan."""
        for model, field, parent in (
            ("followup.winback.step", "winback_id", "followup.winback"),
            ("followup.loyalty.measure", "plan_id", "followup.loyalty.plan"),
        ):
            foreign = self.env[parent].search([("customer_id", "=", self.foreign.id)])
            records = self._as(self.env[model], self.user_own)
            with self.assertRaises(AccessError):
                records.create({field: foreign.id, "name": "x"})

    def test_product_ratios_and_runs_by_company(self):
        """R1: ratios and computations of the own companies."""
        for model in ("followup.value.product", "followup.value.run"):
            for user in (self.user_own, self.manager, self.officer, self.user_b):
                records = self._as(self.env[model], user).search([])
                self.assertLessEqual(records.sudo().company_id, user.company_id)
            with self.assertRaises(AccessError):
                self._as(self.env[model], self.internal_user).search([])

    def test_page_on_the_file(self):
        """R1: the owner reads the page, another user does not."""
        customer = self._as(self.own, self.user_own)
        keys = [row["key"] for row in customer.value_page]
        self.assertEqual(
            keys,
            [
                *("churn", "loyalty", "credit", "lifetime", "collection", "margin"),
                *("serve", "relation"),
            ],
        )
        self.assertTrue(all(row["sentence"] for row in customer.value_page))
        with self.assertRaises(AccessError):
            self._as(self.foreign, self.user_own).read(["value_page"])
