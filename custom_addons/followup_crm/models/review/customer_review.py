from odoo import api, fields, models
from odoo.fields import Domain

from ..ownership.handover_movers import Mover


class Customer(models.Model):
    """The public reviews of a customer on its file."""

    _inherit = "followup.customer"

    review_count = fields.Integer(
        string="Public reviews", compute="_compute_review_count"
    )

    @api.depends_context("uid")
    def _compute_review_count(self):
        groups = self.env["followup.review"]._read_group(
            [("customer_id", "in", self.ids)], ["customer_id"], ["__count"]
        )
        counts = {customer.id: count for customer, count in groups}
        for customer in self:
            customer.review_count = counts.get(customer.id, 0)

    def action_open_reviews(self):
        """The public reviews of this customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reviews of %(customer)s", customer=self.display_name),
            "res_model": "followup.review",
            "view_mode": "list,form,graph",
            "domain": [("customer_id", "=", self.id)],
            "context": {"default_customer_id": self.id},
        }


class ReviewMover(Mover):
    """Reviews that are not closed."""

    def open_domain(self):
        return Domain("state", "!=", "closed")


class Handover(models.Model):
    """Open reviews move with the customer."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        env = self.env
        reviews = ReviewMover(env, env._("Public reviews"), "followup.review")
        return [reviews, *super()._get_movers()]

    @api.model
    def _get_thread_models(self):
        return [*super()._get_thread_models(), "followup.review"]
