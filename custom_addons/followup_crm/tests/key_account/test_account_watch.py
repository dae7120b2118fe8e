from odoo.tests import tagged

from .key_account_common import KeyAccountCase


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestAccountWatch(KeyAccountCase):
    """Changes of terms and management are noted at once (A4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Key")
        cls.account = cls._account(cls.customer)
        terms = cls.env["account.payment.term"].sudo()
        cls.net_30 = terms.create({"name": "Net 30"})
        cls.net_60 = terms.create({"name": "Net 60"})

    def _last(self):
        event = self.account.sudo().event_ids.sorted("id")[-1:]
        return event.kind, event.before, event.after

    def _told(self):
        """Bodies of what the manager was told, the last first."""
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [("partner_ids", "in", self.user_own.partner_id.ids)], order="id desc"
            )
            .mapped("body")
        )

    def test_payment_terms(self):
        """A4: terms changed by whomever, wherever: an event and a message at once."""
        partner = self.customer.sudo().partner_id.with_company(self.company_a)
        partner.property_payment_term_id = self.net_30
        self.assertEqual(self._last(), ("terms", "", "Net 30"))
        self._as(self.customer, self.user_all).file_payment_term_id = self.net_60
        self.assertEqual(self._last(), ("terms", "Net 30", "Net 60"))
        self.assertIn("was Net 30, is now Net 60", self._told()[0])

    def test_other_company(self):
        """A4: what another company agrees is none of this account's business."""
        before = len(self.account.sudo().event_ids)
        partner = self.customer.sudo().partner_id.with_company(self.company_b)
        partner.property_payment_term_id = self.net_30
        self.assertEqual(len(self.account.sudo().event_ids), before)

    def test_management(self):
        """A4: legal representative and management, from its finances."""
        finances = self._as(self.env["followup.customer.finance"], self.user_all)
        finance = finances.create(
            {
                "customer_id": self.customer.id,
                "date": "2026-01-31",
                "source": "Register",
                "legal_representative": "Ms Berg",
            }
        )
        self.assertEqual(self._last(), ("legal", "", "Ms Berg"))
        finance.legal_representative = "Mr Tal"
        self.assertEqual(self._last(), ("legal", "Ms Berg", "Mr Tal"))
        finance.management_structure = "Two directors"
        self.assertEqual(self._last(), ("management", "", "Two directors"))
        self.assertIn("Two directors", self._told()[0])

    def test_people(self):
        """A4: who comes, changes the position, or leaves."""
        person = self._person(self.customer, "Ada", function="Buyer")
        self.assertEqual(self._last(), ("people", "", "Ada, Buyer"))
        person.function = "Head of buying"
        self.assertEqual(self._last(), ("people", "Ada, Buyer", "Ada, Head of buying"))
        person.active = False
        self.assertEqual(self._last(), ("people", "Ada, Head of buying", ""))

    def test_owner(self):
        """A4: a new owner is noted; the manager who goes with it, too."""
        self.customer.sudo()._change_owner(self.user_own_2, "assigned")
        kinds = self._kinds(self.account)
        self.assertIn("owner", kinds)
        self.assertEqual(self.account.sudo().manager_id, self.user_own_2)

    def test_nothing_was_seen_yet(self):
        """A4: the first change counts, too, where nothing had been noted."""
        self.account.sudo().watched = False
        partner = self.customer.sudo().partner_id.with_company(self.company_a)
        partner.property_payment_term_id = self.net_30
        self.assertEqual(self._last(), ("terms", "", "Net 30"))

    def test_the_nightly_look(self):
        """A4: what no hook saw is found by the job."""
        self.account.sudo().watched = {
            **self.account.sudo().watched,
            "limit": "9,000 EUR",
        }
        self.assertEqual(self.account.sudo()._watch(), 1)
        self.assertEqual(self._last(), ("limit", "9,000 EUR", ""))
        self.assertEqual(self.account.sudo()._watch(), 0)

    def test_other_customers_cost_nothing(self):
        """A4: a change of a customer that is no key account makes no event."""
        other = self._create_customer("Other")
        before = self.env["followup.account.event"].sudo().search_count([])
        other.sudo().partner_id.name = "Renamed"
        after = self.env["followup.account.event"].sudo().search_count([])
        self.assertEqual(after, before)
