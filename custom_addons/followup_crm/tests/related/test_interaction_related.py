from odoo.tests import tagged

from .related_common import RelatedCase


@tagged("post_install", "-at_install", "followup_crm", "related")
class TestInteractionRelated(RelatedCase):
    """What to offer at the next contact (Q5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls._create_customer("Mine")
        cls._place(cls.mine, "A")
        cls._place(cls.other, *["AB"] * 4, *["AC"] * 3, *["AD"] * 3, "E", "E")
        cls.company_a.fcrm_related_support = 0
        cls.related_engine._refresh(cls.company_a)

    def _contact(self, customer):
        contacts = self.env["followup.interaction"].with_user(self.user_own)
        contacts = contacts.with_context(allowed_company_ids=self.company_a.ids)
        return contacts.create(
            {
                "customer_id": customer.id,
                "purpose": "Call",
                "method": "phone",
                "date": "2026-07-02",
            }
        )

    def _offers(self, contact):
        return contact.check_ids.filtered(lambda check: check.kind == "offer")

    def test_preparation(self):
        """Q5: two products that go with what it bought, the surest first."""
        contact = self._contact(self.mine)
        contact.action_prepare()
        names = self._offers(contact).mapped("name")
        self.assertEqual(
            names,
            [
                "Offer B: in 36 % of the orders with A",
                "Offer C: in 27 % of the orders with A",
            ],
        )
        self.assertNotIn("Other", " ".join(names))

    def test_what_it_bought_goes(self):
        """Q5: what the customer has bought meanwhile is offered no more."""
        contact = self._contact(self.mine)
        contact.action_prepare()
        self._place(self.mine, "B")
        contact.action_prepare()
        offered = [name.split(":")[0] for name in self._offers(contact).mapped("name")]
        self.assertEqual(offered, ["Offer C", "Offer D"])

    def test_without_orders(self):
        """Q5: who bought nothing is offered nothing by others' orders."""
        customer = self._create_customer("New")
        contact = self._contact(customer)
        contact.action_prepare()
        self.assertFalse(self._offers(contact))

    def test_queries(self):
        """Q5: many contacts are prepared with as many queries as a few."""
        counts = []
        for number in (2, 12):
            contacts = self.env["followup.interaction"]
            for _number in range(number):
                customer = self._create_customer("C")
                self._place(customer, "A")
                contacts |= self._contact(customer).sudo()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            contacts._get_open_issues()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
