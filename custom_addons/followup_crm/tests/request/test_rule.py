from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .request_common import RequestCase


@tagged("post_install", "-at_install", "followup_crm", "request")
class TestRequestRule(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["followup.request.rule"].with_user(cls.manager)
        cls.rules = cls.rules.with_context(allowed_company_ids=cls.company_a.ids)

    def _rule(self, **vals):
        return self.rules.create({"name": "Rule", "sequence": 1, **vals})

    def test_owner_by_default(self):
        """Q1: Customers go to their owner, strangers to an officer."""
        self.assertEqual(self._ask(user=self.user_all).user_id, self.user_own)
        stranger = self._ask(user=self.user_all, customer_id=False)
        self.assertEqual(stranger.user_id, self.officer)

    def test_by_kind_and_country(self):
        """Q1: The first rule that fits decides; what it leaves open fits all."""
        rule = self._rule(
            kind="sample",
            country_ids=self.germany.ids,
            assign_to="user",
            user_id=self.user_own_2.id,
        )
        sample = self._ask(user=self.user_all, kind="sample")
        self.assertEqual((sample.user_id, sample.rule_id), (self.user_own_2, rule))
        self.assertEqual(self._ask(user=self.user_all).user_id, self.user_own)
        france = self._create_customer("Paris", country_id=self.env.ref("base.fr").id)
        other = self._ask(user=self.user_all, kind="sample", customer_id=france.id)
        self.assertEqual(other.user_id, self.user_own)

    def test_by_owner_and_tier(self):
        """Q1: Rules by the customer's owner and tier."""
        tier = self.env["followup.tier"].search(
            [
                ("scheme_id.is_policy", "=", True),
                ("company_id", "=", self.company_a.id),
            ],
            limit=1,
        )
        self._rule(
            tier_ids=tier.ids,
            owner_ids=self.user_own.ids,
            assign_to="user",
            user_id=self.user_all.id,
        )
        self.assertEqual(self._ask().user_id, self.user_own)
        self.customer.sudo()._write({"tier_id": tier.id})
        self.env.invalidate_all()
        self.assertEqual(self._ask().user_id, self.user_all)

    def test_team_takes_turns(self):
        """Q1: A team's member with the fewest open requests takes the next."""
        team = self.env["crm.team"].create(
            {
                "name": "Samples",
                "company_id": self.company_a.id,
                "member_ids": (self.user_own + self.user_own_2).ids,
            }
        )
        self._rule(
            kind="sample",
            assign_to="team",
            team_id=team.id,
            company_id=self.company_a.id,
        )
        requests = self._as(self.env["followup.request"], self.user_all)
        made = requests.create(
            [{"subject": str(n), "kind": "sample"} for n in range(4)]
        )
        users = [request.sudo().user_id for request in made]
        self.assertEqual(users.count(self.user_own), 2)
        self.assertEqual(users.count(self.user_own_2), 2)

    def test_complete(self):
        """Q1: A rule names who gets it."""
        with self.assertRaises(ValidationError):
            self._rule(assign_to="user")
        with self.assertRaises(ValidationError):
            self._rule(
                assign_to="team", team_id=self.env["crm.team"].create({"name": "E"}).id
            )
