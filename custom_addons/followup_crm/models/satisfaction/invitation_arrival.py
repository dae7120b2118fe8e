from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# A delivery that long ago is asked about no more.
STALE = timedelta(days=30)


class SatisfactionInvitation(models.Model):
    """Short questions after an arrival that orders and shipments have noted (K7)."""

    _inherit = "followup.satisfaction.invitation"

    question_id = fields.Many2one(
        "followup.delivery.question",
        string="Question after the arrival",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    # An arrival is asked about once, whoever notices it.
    _question_unique = models.UniqueIndex("(question_id) WHERE question_id IS NOT NULL")

    @api.model
    def _ask_after_deliveries(self, pickings):
        """Where the arrival of goods is followed, it is the arrival that counts."""
        return super()._ask_after_deliveries(pickings - self._get_followed(pickings))

    @api.model
    def _get_followed(self, pickings):
        """Those whose goods travel in a shipment, or whose order notes the arrival."""
        orders = pickings.sale_id
        if not orders:
            return pickings.browse()
        # Elevated: whether an order is followed, whoever may see how.
        shipments = self.env["followup.shipment"].sudo()
        carried = shipments.search(
            [("order_ids", "in", orders.ids), ("state", "!=", "cancelled")]
        ).order_ids
        milestones = self.env["followup.order.milestone"].sudo()
        noted = milestones.search(
            [("tracking_id.order_id", "in", orders.ids), ("completes", "=", "arrival")]
        ).tracking_id.order_id
        return pickings.filtered(lambda one: one.sale_id in carried | noted)

    @api.model
    def _ask_after_arrivals(self):
        """What is due of the questions after arrivals is queued as a short question.

        What has been due for a month is dropped: nobody remembers that delivery.
        """
        survey = self.env["survey.survey"]._fcrm_get_for("delivery")
        questions = self.env["followup.delivery.question"]
        for company in self.env["res.company"].search(Domain.TRUE):
            today = fields.Date.context_today(self.with_company(company))
            due = questions._get_due(company, today)
            stale = due.filtered(lambda one, today=today: one.date_due < today - STALE)
            stale._close("dropped", self.env._("Too long ago"))
            if survey and company.fcrm_survey_delivery:
                self._queue_questions(due - stale, survey)

    @api.model
    def _queue_questions(self, questions, survey):
        vals_list = []
        for question in questions:
            vals = self._prepare_short(
                question.customer_id, question.contact_id, survey, timedelta(0)
            )
            orders = question.shipment_id.order_ids or question.tracking_id.order_id
            category = orders.order_line.product_id[:1].categ_id
            vals_list.append(
                {**vals, "question_id": question.id, "categ_id": category.id}
            )
        self.create(vals_list)
        questions._close("asked")
