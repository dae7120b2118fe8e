from odoo import api, fields, models


class PoolWatch(models.Model):
    """What the pool's daily run remembers of a customer: warned, escalated, planned.

    One narrow row for each customer that is near leaving, written by the run only; it
    goes when the customer gets another owner.
    """

    _name = "followup.pool.watch"
    _description = "Customer near the pool"
    _rec_name = "customer_id"
    _order = "id"
    _log_access = False

    customer_id = fields.Many2one(
        "followup.customer", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, readonly=True
    )
    warned_on = fields.Date(readonly=True, help="The first warning of this silence.")
    warned_days = fields.Integer(
        readonly=True, help="Days before leaving of the last warning."
    )
    plan_until = fields.Date(
        readonly=True, help="The dated plan that kept the customer, which counts once."
    )
    escalated_on = fields.Date(readonly=True, help="When the manager was told.")

    _customer_unique = models.UniqueIndex("(customer_id)")

    @api.model
    def _get_for(self, customers):
        """One row per file, made where there is none: dict of file and row."""
        # Elevated: the run's own memory.
        watches = self.sudo().search([("customer_id", "in", customers.ids)])
        missing = customers - watches.customer_id
        watches |= self.sudo().create(
            [{"customer_id": customer.id} for customer in missing]
        )
        return {watch.customer_id: watch for watch in watches}
