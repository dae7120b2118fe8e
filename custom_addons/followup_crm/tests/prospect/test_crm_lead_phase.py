from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .prospect_common import ProspectCase


@tagged("post_install", "-at_install", "followup_crm", "prospect")
class TestCrmLeadPhase(ProspectCase):
    """Stages of a prospect and what is needed for the next (N2)."""

    def _missing(self, lead):
        lead.invalidate_recordset()
        return (lead.fcrm_missing or "").split(", ") if lead.fcrm_missing else []

    def _quotation(self, lead):
        product = self.env["product.product"].sudo().create({"name": "Coat"})
        orders = self.env["sale.order"].sudo().with_company(self.company_a)
        return orders.create(
            {
                "partner_id": lead.partner_id.id,
                "company_id": self.company_a.id,
                "opportunity_id": lead.id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )

    def test_mapping(self):
        """N2: the first stage is prospect, the last before won near, won is signed."""
        stages = self.env["crm.stage"].sudo()
        stages.search([]).write({"fcrm_phase": False})
        stages._fcrm_map_phases()
        phases = stages.search([]).mapped(lambda one: (one.is_won, one.fcrm_phase))
        self.assertEqual({phase for won, phase in phases if won}, {"signed"})
        under_way = [phase for won, phase in phases if not won]
        self.assertEqual(under_way[0], "prospect")
        self.assertEqual(under_way[-1], "near")
        self.assertEqual(set(under_way[1:-1]), {"interested"})
        stages.search([], limit=1).fcrm_phase = "near"
        stages._fcrm_map_phases()  # what somebody chose stays
        self.assertEqual(stages.search([], limit=1).fcrm_phase, "near")

    def test_prospect(self):
        """N2: the first stage asks for address, country, channel and MAN score."""
        lead = self._lead("Fair")
        self.assertEqual(lead.fcrm_next_phase, "Interested prospect")
        self.assertEqual(
            self._missing(lead),
            ["E-mail or phone", "Country", "Channel: how it came to us", "MAN score"],
        )
        lead.write(
            {
                "email_from": "buyer@example.com",
                "country_id": self.germany.id,
                "fcrm_channel_id": self.fair.id,
                "fcrm_money": "large",
                "fcrm_authority": "small",
                "fcrm_need": "large",
            }
        )
        self.assertEqual(self._missing(lead), [])
        self.assertEqual(lead.fcrm_checklist.count("text-success"), 4)
        self.assertEqual(lead.fcrm_missing_count, 0)

    def test_interested_to_signed(self):
        """N2: quotation made, sent, confirmed: each is seen by itself."""
        lead = self._lead("Fair", stage_id=self.stages["interested"].id)
        self.assertEqual(lead.fcrm_missing_count, 5)
        lead.partner_id = self._partner("Hansen")
        lead.expected_revenue = 5000
        lead.fcrm_categ_id = self.env["product.category"].sudo().search([], limit=1)
        self.assertEqual(
            self._missing(lead), ["MAN score that is worth it", "Quotation made"]
        )
        order = self._quotation(lead)
        self.assertEqual(self._missing(lead), ["MAN score that is worth it"])
        lead.stage_id = self.stages["near"]
        self.assertIn("Quotation sent", self._missing(lead))
        order.action_quotation_sent()
        self.assertNotIn("Quotation sent", self._missing(lead))
        self.assertIn("Order confirmed", self._missing(lead))
        order.action_confirm()
        self.assertNotIn("Order confirmed", self._missing(lead))
        lead.stage_id = self.stages["signed"]
        self.assertEqual(self._missing(lead), [])  # the order made the file
        self.assertFalse(lead.fcrm_next_phase)

    def test_cancelled_quotation(self):
        """N2: a cancelled quotation is none."""
        lead = self._lead("Fair", partner_id=self._partner("Hansen").id)
        lead.stage_id = self.stages["interested"]
        order = self._quotation(lead)
        self.assertNotIn("Quotation made", self._missing(lead))
        order._action_cancel()
        self.assertIn("Quotation made", self._missing(lead))

    def test_colleagues_quotation_counts(self):
        """N2: a quotation that the user may not see is there all the same."""
        lead = self._lead("Fair", partner_id=self._partner("Hansen").id)
        lead.stage_id = self.stages["interested"]
        self._quotation(lead).user_id = self.seller_2
        mine = self._as(lead.sudo(False), self.seller)
        self.assertNotIn("Quotation made", self._missing(mine))

    def test_names_are_text(self):
        """N2: what a manager enters is shown as text."""
        self.env["followup.prospect.requirement"].sudo().create(
            {"name": "<script>x</script>", "phase": "prospect", "check": "deadline"}
        )
        self.assertIn("&lt;script&gt;", self._lead("Fair").fcrm_checklist)

    def test_access(self):
        """N2: managers keep the list, everybody else reads it."""
        requirements = self.env["followup.prospect.requirement"]
        vals = {"name": "Sample", "phase": "near", "check": "activity"}
        mine = requirements.with_user(self.manager).create(vals)
        for user in (self.user_own, self.user_all, self.officer, self.sales_only):
            theirs = mine.with_user(user)
            self.assertEqual(theirs.name, "Sample")
            with self.assertRaises(AccessError):
                theirs.name = "Other"
            with self.assertRaises(AccessError):
                theirs.unlink()
            with self.assertRaises(AccessError):
                requirements.with_user(user).create(vals)
        with self.assertRaises(AccessError):
            mine.with_user(self.portal_user).read(["name"])
        mine.with_user(self.manager).unlink()

    def test_queries(self):
        """N2: a list of many leads takes as many queries as one of a few."""
        counts = []
        for number in (3, 30):
            leads = self.env["crm.lead"].concat(
                *(
                    self._lead(f"Lead {index}", partner_id=self._partner("P").id)
                    for index in range(number)
                )
            )
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            leads.mapped("fcrm_missing")
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
