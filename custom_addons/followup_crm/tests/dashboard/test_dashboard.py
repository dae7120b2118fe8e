from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .dashboard_common import NOON, TODAY, DashboardCase


@tagged("post_install", "-at_install", "followup_crm", "dashboard")
@freeze_time(NOON)
class TestDashboard(DashboardCase):
    """S2: what needs me today and how things stand, for each role."""

    def _plan_contact(self, customer, user, day):
        contacts = self._as(self.env["followup.interaction"], user)
        return contacts.create(
            {"customer_id": customer.id, "date": day, "purpose": "Ask"}
        )

    def _complain(self, customer, **vals):
        complaints = self._as(self.env["followup.complaint"], self.officer)
        return complaints.create(
            {"subject": "Wrong size", "customer_id": customer.id, **vals}
        )

    # === ROLES === #

    def test_roles(self):
        """S2: each sees the pages of the roles it has, the widest first."""

        def keys(user):
            return [role["key"] for role in self._get(user)["roles"]]

        self.assertEqual(keys(self.user_own), ["user"])
        self.assertEqual(keys(self.officer), ["officer"])
        self.assertEqual(keys(self.manager), ["manager", "user"])
        self.assertEqual(self._get(self.manager)["role"], "manager")

    def test_no_role_no_page(self):
        """Attack 5: strangers, and roles that one has not, are refused."""
        for user in (self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._get(user)
        with self.assertRaises(AccessError):
            self._get(self.user_own, "manager")
        with self.assertRaises(AccessError):
            self._get(self.user_all, "officer")

    # === TILES === #

    def test_own_contacts(self):
        """S2: what is mine and late, what is mine and of today."""
        self._plan_contact(self.own, self.user_own, "2026-07-14")
        self._plan_contact(self.second, self.user_own, "2026-07-15")
        self._plan_contact(self.own, self.user_own, "2026-07-16")
        self._plan_contact(self.foreign, self.user_own_2, "2026-07-14")
        tiles = self._tiles(self.user_own)
        self.assertEqual((tiles["overdue"], tiles["due"]), (1, 1))

    def test_complaints(self):
        """S2: complaints past their promise, for the officer and the manager."""
        with freeze_time("2026-07-01 08:00:00"):
            self._complain(self.own)
        self._complain(self.foreign)
        tiles = self._tiles(self.officer)
        self.assertEqual(tiles["complaints_late"], 1)
        self.assertEqual(tiles["complaints_new"], 2)
        self.assertEqual(self._tiles(self.manager)["complaints_late"], 1)
        self.assertEqual(self._tiles(self.user_own)["complaints"], 1)
        self.assertEqual(self._tiles(self.officer)["complaints"], 2)

    def test_amount(self):
        """S2: an amount is added up, of one's own customers only."""
        self._days(self.own, "2026-06-01")
        self._days(self.foreign, "2026-06-01")
        self._compute(today=TODAY)
        for customer, amount in ((self.own, 70), (self.foreign, 25)):
            self.env.cr.execute(
                "UPDATE followup_value SET overdue = %s WHERE customer_id = %s",
                (amount, customer.id),
            )
        self.env.invalidate_all()
        self.assertEqual(self._tiles(self.user_own)["money"], 70)
        self.assertEqual(self._tiles(self.manager)["money"], 95)
        self.assertEqual(self._tiles(self.manager, "user")["money"], 0)

    def test_each_number_opens_its_list(self):
        """S2: a list is as long as the number says, for every role."""
        with freeze_time("2026-07-01 08:00:00"):
            self._complain(self.own)
        self._plan_contact(self.own, self.user_own, "2026-07-14")
        self._days(self.own, "2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01")
        self._compute(today=TODAY)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE followup_customer SET contact_due_date = '2026-07-01',"
            " contact_overdue_date = '2026-07-15', standing_requested = 'risky'"
            " WHERE id IN %s",
            ((self.own | self.foreign)._ids,),
        )
        self.env.invalidate_all()
        seen = set()
        for user in (self.user_own, self.officer, self.manager):
            data = self._get(user)
            rows = [row for panel in data["panels"] for row in panel["rows"]]
            counted = [row for row in rows if row.get("unit") == "number"]
            for each in [*data["tiles"], *counted]:
                action = each["action"]
                if not isinstance(action, dict) or each.get("is_amount"):
                    continue
                records = self._as(self.env[action["res_model"]], user)
                number = records.search_count(action["domain"])
                self.assertEqual(number, each["value"], each)
                if number:
                    seen.add(each.get("key", each.get("label")))
        self.assertLessEqual(
            {"overdue", "complaints_late", "risk", "customers_due", "standing"}, seen
        )

    def test_actions_exist(self):
        """S2: everything that leads somewhere leads to something that exists."""
        for user in (self.user_own, self.officer, self.manager):
            data = self._get(user)
            for panel in data["panels"]:
                for each in (panel, *panel["rows"]):
                    action = each.get("action")
                    if isinstance(action, str):
                        self.env.ref(action)

    # === OTHER COMPANIES === #

    def test_one_company(self):
        """S2: amounts of another company are never added up with ours."""
        theirs = self._create_customer("B", user=self.user_b, company=self.company_b)
        self._days(theirs, "2026-06-01", amount=999, company=self.company_b)
        self._days(self.own, "2026-06-01", amount=10)
        self.env["followup.sales.month"].sudo()._refresh()
        self.manager.company_ids = self.company_a | self.company_b
        months = self.env["followup.dashboard"].with_user(self.manager)
        months = months.with_context(
            allowed_company_ids=(self.company_a | self.company_b).ids
        )
        data = months.get_dashboard("manager")
        panel = next(panel for panel in data["panels"] if panel["key"] == "months")
        self.assertEqual(panel["total"], 10)

    # === FIRST STEPS === #

    def test_first_steps(self):
        """S2: a new user is told how to begin, until it is done."""
        steps = self._get(self.user_own)["steps"]
        self.assertEqual([s["done"] for s in steps], [True, False, False, False])
        self.assertEqual(self._get(self.officer)["steps"], [])
        self._plan_contact(self.own, self.user_own, "2026-07-14")
        steps = self._get(self.user_own)["steps"]
        self.assertEqual([s["done"] for s in steps], [True, False, True, False])

    def test_size(self):
        """S2: more customers, contacts and complaints cost no more queries."""
        counts = []
        for size in (3, 30):
            for number in range(size):
                customer = self._create_customer(f"Bulk {size} {number}")
                self._plan_contact(customer, self.user_own, "2026-07-14")
                self._complain(customer)
                self._days(customer, "2026-06-01")
            self._compute(today=TODAY)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get(self.manager)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 3)
