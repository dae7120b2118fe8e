from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .complaint_common import ComplaintCase

OURS = (
    "followup.complaint.category",
    "followup.complaint.cause",
    "followup.complaint.target",
    "followup.complaint.advice",
    "followup.complaint.compensation",
    "followup.complaint.severity.rule",
)


@tagged("post_install", "-at_install", "complaint")
class TestComplaintAccess(ComplaintCase):
    """Who may do what with complaints, per role and company (attacks 1, 5, 7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls._complain()
        cls.proposal = cls.env["followup.complaint.proposal"].create(
            {"complaint_id": cls.complaint.id, "name": "Replace", "cost": 5}
        )
        cls.foreign = (
            cls.env["followup.complaint"]
            .with_user(cls.user_b)
            .with_context(allowed_company_ids=cls.company_b.ids)
            .create({"subject": "Of company B"})
        )
        cls.buyer = new_test_user(
            cls.env,
            "followup_buyer",
            groups="base.group_portal",
            company_id=cls.company_a.id,
            company_ids=[Command.set(cls.company_a.ids)],
        )
        cls.buyer.partner_id.parent_id = cls.customer.partner_id

    def _sees(self, user, record):
        found = self._as(record, user).search([("id", "in", record.ids)])
        return found == record

    def test_reading(self):
        """C1: Owner, all-users, officers and managers see it; others do not."""
        for user in (self.user_own, self.user_all, self.officer, self.manager):
            self.assertTrue(self._sees(user, self.complaint), user.login)
            self.assertEqual(self._as(self.complaint, user).subject[:4], "Part")
        for user in (self.user_own_2, self.user_b):
            self.assertFalse(self._sees(user, self.complaint), user.login)
            with self.assertRaises(AccessError):
                self._as(self.complaint, user).read(["subject"])
        for user in (self.internal_user, self.user_personal):
            with self.assertRaises(AccessError):
                self._as(self.complaint, user).read(["subject"])

    def test_companies(self):
        """C1: Nobody of company A sees company B's complaint."""
        for user in (self.user_all, self.officer, self.manager):
            self.assertFalse(self._sees(user, self.foreign), user.login)

    def test_writing(self):
        """C1: Those who see it may work on it; nobody else."""
        for user in (self.user_own, self.user_all, self.officer, self.manager):
            self._as(self.complaint, user).write({"findings": user.login})
        for user in (self.user_own_2, self.user_b, self.internal_user, self.buyer):
            with self.assertRaises(AccessError):
                self._as(self.complaint, user).write({"findings": "x"})

    def test_account_team(self):
        """C1: Team and deputy of the customer see its complaints."""
        self.customer.sudo().team_user_ids = self.user_own_2
        self.assertTrue(self._sees(self.user_own_2, self.complaint))

    def test_foreign_customer(self):
        """Attack 7: Nobody hangs a complaint on a customer that he may not see."""
        other = self._create_customer("Other", user=self.user_own_2)
        with self.assertRaises(AccessError):
            self._complain(customer_id=other.id)
        with self.assertRaises(AccessError):
            self.complaint.customer_id = other

    def test_public_methods(self):
        """Attack 5: Steps of a foreign complaint are refused."""
        for name in (
            "action_acknowledge", "action_tell", "action_close", "action_satisfied",
            "action_capa_needed", "action_remind", "action_resume", "action_match",
            "action_settle", "action_propose", "action_print_record_xlsx",
        ):  # fmt: skip
            for user in (self.user_own_2, self.user_b, self.buyer):
                with self.assertRaises(AccessError, msg=f"{name} {user.login}"):
                    getattr(self._as(self.complaint, user), name)()

    def test_approvals_and_pauses_by_method_only(self):
        """C2: Nobody writes an approval or a pause by hand, not even managers."""
        for user in (self.user_own, self.officer, self.manager):
            for model in ("followup.complaint.approval", "followup.complaint.pause"):
                with self.assertRaises(AccessError):
                    self._as(self.env[model], user).create(
                        {
                            "complaint_id": self.complaint.id,
                            "kind": "refusal",
                            "reason": "x",
                        }
                        if model.endswith("approval")
                        else {"complaint_id": self.complaint.id, "reason": "x"}
                    )

    def test_portal_reads_its_own(self):
        """C1: The customer's people read what concerns them, nothing internal."""
        own = self._as(self.complaint, self.buyer)
        self.assertTrue(self._sees(self.buyer, self.complaint))
        self.assertEqual(own.name, self.complaint.name)
        for name, value in (
            ("findings", "x"),
            ("instruction", "x"),
            ("severity", "major"),
            ("other_cost", 5),
            ("user_id", self.user_own.id),
        ):
            with self.assertRaises(AccessError, msg=name):
                own.read([name])
            with self.assertRaises(AccessError, msg=name):
                own.search([(name, "=", value)])
        stranger = self._as(self.complaint, self.portal_user)
        self.assertFalse(stranger.search([("id", "=", self.complaint.id)]))
        with self.assertRaises(AccessError):
            stranger.read(["name"])

    def test_portal_and_proposals(self):
        """C6: The customer sees what is offered, never drafts or what it costs us."""
        proposals = self._as(self.proposal, self.buyer)
        with self.assertRaises(AccessError):
            proposals.read(["name"])
        self.proposal.sudo().state = "offered"
        self.assertEqual(proposals.name, "Replace")
        with self.assertRaises(AccessError):
            proposals.read(["cost"])
        with self.assertRaises(AccessError):
            proposals.action_agree()

    def test_lists_are_the_managers(self):
        """C2: Everybody reads the lists, managers keep them."""
        for model in OURS:
            for user in (self.user_own, self.officer):
                records = self._as(self.env[model], user)
                self.assertTrue(records.search([], limit=1), model)
                with self.assertRaises(AccessError):
                    records.search([], limit=1).write({"active": True})
            self._as(self.env[model], self.manager).check_access("create")

    def test_articles(self):
        """C11: Everybody reads, officers and managers write."""
        article = self._as(self.env["followup.knowledge.article"], self.officer)
        article = article.create({"name": "Shades", "solution": "<p>Sort</p>"})
        self.assertEqual(self._as(article, self.user_own).name, "Shades")
        with self.assertRaises(AccessError):
            self._as(article, self.user_own).name = "x"
        with self.assertRaises(AccessError):
            self._as(article, self.officer).unlink()
        self._as(article, self.manager).unlink()

    def test_report_follows_the_rules(self):
        """C14: The figures count what the user may see."""
        self.env.flush_all()
        reports = self.env["followup.complaint.report"]
        for user, seen in ((self.user_own, 1), (self.user_own_2, 0), (self.user_b, 0)):
            found = self._as(reports, user).search(
                [("complaint_id", "=", self.complaint.id)]
            )
            self.assertEqual(len(found), seen, user.login)
