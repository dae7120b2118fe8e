from datetime import timedelta

from odoo import fields, models

from ...const import ARRIVAL_QUESTION_DAYS, QUESTION_DAYS


class Shipment(models.Model):
    """Whether an arrived shipment is to be asked about (K7)."""

    _inherit = "followup.shipment"

    question_ids = fields.One2many(
        "followup.delivery.question", "shipment_id", string="Questions"
    )

    def _ask_after_arrival(self):
        """Mark these arrived shipments: the customer is to be asked briefly.

        Some days after the delivery; where nobody has noted the delivery yet, later
        after the arrival at the port or airport. To be extended by whoever wants to ask
        otherwise; what was asked is not asked again.

        :return: ``followup.delivery.question``
        """
        questions = self.env["followup.delivery.question"]
        for shipment in self:
            day, wait = shipment.delivered_on, QUESTION_DAYS
            if not day:
                day, wait = shipment.ata, ARRIVAL_QUESTION_DAYS
            questions += questions._prepare(
                shipment, shipment.customer_id, day + timedelta(days=wait)
            )
        return questions

    def _drop_question(self):
        """The arrival was undone: what was not asked yet is not asked."""
        # Elevated as the preparation.
        questions = self.sudo().question_ids
        questions._close("dropped", self.env._("The arrival was undone"))


class OrderTracking(models.Model):
    """The same for orders that nobody follows by shipments."""

    _inherit = "followup.order.tracking"

    question_ids = fields.One2many(
        "followup.delivery.question", "tracking_id", string="Questions"
    )

    def _ask_after_arrival(self):
        """Mark these orders, of which all has arrived: the customer is to be asked.

        Orders with shipments are asked about by these.

        :return: ``followup.delivery.question``
        """
        questions = self.env["followup.delivery.question"]
        # Elevated: whether an order has shipments, whoever may see them.
        shipments = self.env["followup.shipment"].sudo()
        carried = shipments.search(
            [("order_ids", "in", self.order_id.ids), ("state", "!=", "cancelled")]
        ).order_ids
        for tracking in self.filtered(lambda t: t.order_id not in carried):
            days = tracking._get_arrivals().mapped("actual_date")
            if days and all(days):
                questions += questions._prepare(
                    tracking,
                    tracking.customer_id,
                    max(days) + timedelta(days=QUESTION_DAYS),
                )
        return questions

    def _drop_question(self):
        """Something has not arrived after all: what was not asked yet is not asked."""
        # Elevated as the preparation.
        questions = self.sudo().question_ids
        questions._close("dropped", self.env._("The arrival was undone"))

    def _get_arrivals(self):
        """The milestones that say that the goods have arrived."""
        return self.milestone_ids.filtered(lambda m: m.completes == "arrival")


class OrderMilestone(models.Model):
    """An arrival that is ticked off, by hand or by its shipment."""

    _inherit = "followup.order.milestone"

    def write(self, vals):
        result = super().write(vals)
        if "actual_date" in vals:
            arrivals = self.filtered(lambda m: m.completes == "arrival")
            # Elevated: the question follows from the arrival, whoever noted it.
            trackings = arrivals.tracking_id.sudo()
            trackings._ask_after_arrival()
            trackings.filtered(
                lambda t: not all(t._get_arrivals().mapped("actual_date"))
            )._drop_question()
        return result
