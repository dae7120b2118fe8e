from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestInformation(FollowupCase):
    """What we learnt, from whom, how sure (P7); what customers mean to buy (P6)."""

    def test_quick_form_logs_a_fact(self):
        """P7: one sentence is enough; date, collector, method, sureness are there."""
        customer = self._create_customer("Learnt", settlement_day=3)
        customer.sudo().credit_checked_on = "2020-01-01"
        action = self._as(customer, self.user_own).action_log_information()
        information = self._as(self.env["followup.information"], self.user_own)
        with Form(
            information.with_context(**action["context"]), view=action["views"][0][0]
        ) as form:
            form.content = "Pays on the 20th from now on"
            form.data_group = "credit"
        record = form.record
        self.assertEqual(record.customer_id, customer)
        self.assertEqual(record.user_id, self.user_own)
        self.assertEqual(record.method_id.name, "Meeting")
        self.assertEqual(record.reliability, "probable")
        self.assertEqual(record.date, fields.Date.context_today(record))
        self.assertEqual(customer.credit_checked_on, record.date)
        self.assertEqual(customer.information_count, 1)

    def test_method_is_proposed_from_where_one_is(self):
        """P7: the caller's context names the method."""
        information = self.env["followup.information"].with_context(
            fcrm_information_method="network"
        )
        self.assertEqual(
            information.default_get(["method_id"])["method_id"],
            self.env.ref("followup_crm.information_method_network").id,
        )

    def test_personal_data_have_no_place_here(self):
        """P7, R3: the group of personal data cannot be chosen."""
        groups = dict(
            self.env["followup.information"]
            ._fields["data_group"]
            ._description_selection(self.env)
        )
        self.assertNotIn("personal", groups)
        self.assertIn("basic", groups)

    def test_shipped_methods_and_channels(self):
        """P7: nine methods and ten channels are there from the first day."""
        self.assertEqual(self.env["followup.information.method"].search_count([]), 9)
        self.assertEqual(self.env["followup.information.channel"].search_count([]), 10)

    def test_purchase_plan_dates(self):
        """P6: a plan that ends before it begins is refused."""
        customer = self._create_customer("Planner")
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            self.env["followup.purchase.plan"].create(
                {
                    "customer_id": customer.id,
                    "name": "Jackets",
                    "date_from": "2026-05-01",
                    "date_to": "2026-04-01",
                }
            )

    def test_relations_are_shown_by_kind(self):
        """P6: competitors, partners and former suppliers of the customer."""
        customer = self._create_customer("Related")
        relations = self.env["followup.customer.relation"].create(
            [
                {"customer_id": customer.id, "name": kind, "kind": kind}
                for kind in ("competitor", "partner", "former_supplier")
            ]
        )
        self.assertEqual(customer.competitor_ids, relations[0])
        self.assertEqual(customer.business_partner_ids, relations[1])
        self.assertEqual(customer.former_supplier_ids, relations[2])

    def test_finances_and_judgement(self):
        """P13, P14: dated, with source; strengths and weaknesses on the file."""
        customer = self._create_customer("Rich", strengths="Cash", risks="One owner")
        self.env["followup.customer.finance"].create(
            {"customer_id": customer.id, "date": "2025-12-31", "source": "Bank"}
        )
        detail = {d["group"]: d["percent"] for d in customer.completeness_detail}
        self.assertEqual(detail["judgement"], 60)
