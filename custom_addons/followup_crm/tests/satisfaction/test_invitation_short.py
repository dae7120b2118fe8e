from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..complaint.complaint_common import ComplaintCase
from .satisfaction_common import SatisfactionCase


@tagged("post_install", "-at_install", "satisfaction")
class TestShortQuestions(ComplaintCase, SatisfactionCase):
    """G5, K7: Short questions after a delivery and after a complaint."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a.fcrm_survey_delivery = True
        cls.company_a.fcrm_survey_complaint = True
        cls.customer = cls._create_asked("Quick & Co")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company_a.id)], limit=1
        )

    def _deliver(self, partner=None, company=None):
        kind = self.warehouse.out_type_id
        picking = self.env["stock.picking"].create(
            {
                "partner_id": (partner or self.customer.partner_id).id,
                "picking_type_id": kind.id,
                "location_id": kind.default_location_src_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "move_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 3,
                            "quantity": 3,
                            "picked": True,
                            "location_id": kind.default_location_src_id.id,
                            "location_dest_id": self.env.ref(
                                "stock.stock_location_customers"
                            ).id,
                        },
                    )
                ],
            }
        )
        picking.button_validate()
        return picking

    def _asked(self):
        return self.env["followup.satisfaction.invitation"].search(
            [("customer_id", "=", self.customer.id)], order="id"
        )

    def _run_later(self, days):
        waiting = self._asked().sudo().filtered(lambda one: one.state == "queued")
        for invitation in waiting:
            invitation.due_date -= timedelta(days=days)
        self._run_cron("followup_crm.satisfaction_cron_send")

    def test_delivery(self):
        """G5: Three days after the goods left, the recipient is asked, once."""
        picking = self._deliver()
        invitation = self._asked()
        self.assertEqual((invitation.kind, invitation.state), ("delivery", "queued"))
        self.assertEqual(invitation.picking_id, picking)
        wait = invitation.due_date - fields.Datetime.now()
        self.assertAlmostEqual(wait / timedelta(days=1), 3, places=2)
        invitation.sudo()._ask_after_deliveries(picking.sudo())
        self.assertEqual(self._asked(), invitation)
        self._run_cron("followup_crm.satisfaction_cron_send")
        self.assertEqual(invitation.state, "queued")
        self._run_later(3)
        self.assertEqual(invitation.state, "sent")
        marks = {"delivery": 2, "quality": 9, "comment": "A week late."}
        response = self._answer(invitation, marks, survey="survey_delivery")
        self.assertAlmostEqual(response.index, 55)
        self.assertEqual(response.picking_id, picking)
        self.assertTrue(response.action_ids)

    def test_fatigue(self):
        """G5: Two deliveries in a row are one question."""
        self._deliver()
        self._deliver()
        self._run_later(3)
        states = self._asked().mapped(lambda one: (one.state, one.reason))
        self.assertEqual(states, [("sent", False), ("failed", "fatigue")])

    def test_after_round(self):
        """G5: No short question within 90 days of a round; afterwards again."""
        one = self._make_round()
        self._send(one)
        self._deliver()
        self._deliver()
        self._asked()[1].sudo().due_date -= timedelta(days=3)
        self._run_cron("followup_crm.satisfaction_cron_send")
        self.assertEqual(self._asked()[1].reason, "fatigue")
        self._asked()[0].sudo().sent_date -= timedelta(days=90, minutes=1)
        self._run_later(3)
        self.assertEqual(self._asked()[2].state, "sent")

    def test_switched_off(self):
        """G5: Nothing is asked where it is switched off, or of strangers."""
        stranger = self.env["res.partner"].create({"name": "S", "email": "s@s.test"})
        self._deliver(partner=stranger)
        self.company_a.fcrm_survey_delivery = False
        self._deliver()
        self.company_a.fcrm_survey_complaint = False
        self._closed(customer_id=self.customer.id)
        self.assertFalse(self._asked())

    def test_complaint(self):
        """G5: A day after closing; a reopened one is not asked about twice."""
        complaint = self._closed(customer_id=self.customer.id)
        invitation = self._asked()
        self.assertEqual(invitation.complaint_id, complaint)
        wait = invitation.due_date - fields.Datetime.now()
        self.assertAlmostEqual(wait / timedelta(hours=1), 24, places=1)
        self.env["followup.satisfaction.invitation"].sudo()._ask_after_complaint(
            complaint.sudo()
        )
        self.assertEqual(self._asked(), invitation)
        self._run_later(1)
        marks = {"complaints": 10, "communication": 9}
        response = self._answer(invitation, marks, survey="survey_complaint")
        self.assertAlmostEqual(response.index, 95)
        self.assertEqual(complaint.sudo().satisfaction_response_ids, response)

    def test_unsubscribed_meanwhile(self):
        """G5: Whoever wants no mails when the time comes is not asked."""
        self._deliver()
        self.env["mail.blacklist"].sudo().create({"email": self.customer.email})
        self._run_later(3)
        self.assertEqual(self._asked().reason, "blacklisted")
