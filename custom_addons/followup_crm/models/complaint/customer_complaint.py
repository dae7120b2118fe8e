from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class Customer(models.Model):
    """The complaints of a customer on its file."""

    _inherit = "followup.customer"

    complaint_count = fields.Integer(
        string="Complaints", compute="_compute_complaint_count"
    )
    open_complaint_count = fields.Integer(
        string="Open complaints", compute="_compute_complaint_count"
    )

    @api.depends_context("uid")
    def _compute_complaint_count(self):
        groups = self.env["followup.complaint"]._read_group(
            [("customer_id", "in", self.ids)], ["customer_id", "is_open"], ["__count"]
        )
        counts = {(customer.id, is_open): n for customer, is_open, n in groups}
        for customer in self:
            opened = counts.get((customer.id, True), 0)
            customer.open_complaint_count = opened
            customer.complaint_count = opened + counts.get((customer.id, False), 0)

    # === CRUD === #

    def write(self, vals):
        if vals.get("active", True) is False or vals.get("active") == 0:
            self._check_no_open_complaints()
        return super().write(vals)

    def _check_no_open_complaints(self):
        """A customer with open complaints is not put away."""
        # Elevated: a complaint that the user may not see is open all the same.
        found = (
            self.env["followup.complaint"]
            .sudo()
            .search(
                Domain("customer_id", "in", self.ids) & Domain("is_open", "=", True),
                limit=1,
            )
        )
        if found:
            raise UserError(
                self.env._(
                    "%(customer)s has an open complaint (%(number)s). Close it before"
                    " you archive the customer.",
                    customer=found.customer_id.display_name,
                    number=found.name,
                )
            )

    # === ACTIONS === #

    def action_open_complaints(self):
        """The complaints of this customer, open ones first."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Complaints of %(customer)s", customer=self.display_name
            ),
            "res_model": "followup.complaint",
            "view_mode": "list,kanban,form,pivot",
            "domain": [("customer_id", "=", self.id)],
            "context": {"default_customer_id": self.id},
        }

    # === BUSINESS === #

    def _combine_into(self, target):
        """Complaints move with their rows; their order follows the remaining file."""
        # Elevated as the combination itself.
        complaints = self.env["followup.complaint"].sudo()
        moved = complaints.search([("customer_id", "in", (self - target).ids)])
        result = super()._combine_into(target)
        moved._follow_customer()
        return result
