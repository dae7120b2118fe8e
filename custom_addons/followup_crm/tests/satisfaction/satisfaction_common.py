from datetime import timedelta

from odoo import fields

from ..common import FollowupCase

# Marks of 0 to 10 for the questions of the shipped questionnaire.
HAPPY = {
    "score_quality": 9,
    "score_price": 7,
    "score_delivery": 8,
    "score_service": 9,
    "score_communication": 8,
    "score_overall": 9,
    "nps": 9,
}
ANGRY = {
    "score_quality": 2,
    "score_price": 5,
    "score_delivery": 1,
    "score_service": 4,
    "score_communication": 3,
    "score_overall": 2,
    "nps": 2,
    "why": "Twice too late, and nobody called.",
}


class SatisfactionCase(FollowupCase):
    """Customers that may be asked, and short ways to ask and to answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.env.ref("followup_crm.survey_satisfaction")
        cls.company_a.email = "hello@aster.test"
        cls.customer = cls._create_asked("Harrow & Finch")

    @classmethod
    def _create_asked(cls, name, user=None, company=None, **vals):
        """A customer with an address that has ordered for a year."""
        slug = "".join(char for char in name.lower() if char.isalnum())
        customer = cls._create_customer(
            name,
            user=user,
            company=company,
            **{"email": f"buy@{slug}.test", **vals},
        )
        cls._age(customer, 365)
        return customer

    @classmethod
    def _age(cls, customers, days):
        """The first order is so many days ago; None for none."""
        day = days is not None and fields.Date.today() - timedelta(days=days)
        customers.sudo().write({"first_order_date": day})

    @classmethod
    def _make_round(cls, user=None, **vals):
        user = user or cls.manager
        rounds = cls.env["followup.satisfaction.round"].with_user(user)
        return rounds.with_context(allowed_company_ids=user.company_id.ids).create(
            {"name": "First half", "survey_id": cls.survey.id, **vals}
        )

    def _send(self, one=None, **vals):
        """A round that was sent to all its customers; its mails were made."""
        one = one or self._make_round(**vals)
        one.action_choose()
        one.action_send()
        self._run_cron("followup_crm.satisfaction_cron_send")
        return one

    def _invitation(self, customer, one=None):
        domain = [("customer_id", "=", customer.id)]
        if one:
            domain.append(("round_id", "=", one.id))
        return self.env["followup.satisfaction.invitation"].search(domain, limit=1)

    def _answer(self, invitation, marks, survey="survey_satisfaction"):
        """Fill in the questionnaire as the customer's browser does, and finish it."""
        answer = invitation.sudo().input_id
        answer._mark_in_progress()
        for name, value in marks.items():
            question = self.env.ref(f"followup_crm.{survey}_{name}").sudo()
            answer._save_lines(question, str(value))
        answer._mark_done()
        return self.env["followup.satisfaction.response"].search(
            [("invitation_id", "=", invitation.id)]
        )

    def _reasons(self, one):
        """Customer → why it is left out; None for those who are asked."""
        return {
            invitation.customer_id.name: invitation.reason or None
            for invitation in one.sudo().invitation_ids
        }
