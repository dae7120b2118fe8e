from odoo import fields

from ..common import FollowupCase


class ComplaintCase(FollowupCase):
    """A customer of the own user, and a short way to its complaints."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Harrow & Finch", email="buy@harrow.test")
        cls.category = cls.env.ref("followup_crm.complaint_category_colour")
        cls.cause = cls.env.ref("followup_crm.complaint_cause_sample")
        cls.product = cls.env["product.product"].create({"name": "Polo shirt"})

    @classmethod
    def _complain(cls, user=None, **vals):
        """A complaint as a user of company A registers it."""
        complaints = cls.env["followup.complaint"].with_user(user or cls.user_own)
        complaint = complaints.with_context(
            allowed_company_ids=complaints.env.user.company_id.ids
        ).create(
            {
                "subject": "Part of the shirts is off colour",
                "customer_id": cls.customer.id,
                **vals,
            }
        )
        return complaint

    def _judged(self, user=None, **vals):
        """An acknowledged complaint whose investigation is complete."""
        complaint = self._complain(
            user=user, category_id=self.category.id, severity="major", **vals
        )
        complaint.action_acknowledge()
        complaint.action_investigate()
        complaint.write(
            {
                "findings": "Panels of two dye lots were mixed.",
                "cause_id": self.cause.id,
                "responsible_kind": "supplier",
                "instruction": "Replace, or 15 % off; not more.",
            }
        )
        return complaint

    def _proposed(self, user=None, **vals):
        """A complaint whose one proposal waits for the customer's answer."""
        complaint = self._judged(user=user, **vals)
        self._as(complaint, self.manager).action_direct()
        complaint.proposal_ids = [
            fields.Command.create({"name": "Replace 120 pieces", "cost": 900})
        ]
        complaint.action_propose()
        return complaint

    def _remedied(self, user=None, **vals):
        """A complaint whose agreed proposal was carried out."""
        complaint = self._proposed(user=user, **vals)
        complaint.proposal_ids.action_agree()
        complaint.action_remedy()
        return complaint

    def _closed(self, user=None, **vals):
        complaint = self._remedied(user=user, **vals)
        complaint.result_text = "120 pieces are replaced by air."
        complaint.action_tell()
        complaint.action_capa_not_needed()
        complaint.action_close()
        return complaint
