from odoo import api, fields, models


class Customer(models.Model):
    """The value of a customer on its file."""

    _inherit = "followup.customer"

    value_ids = fields.One2many(
        "followup.value", "customer_id", string="Values", readonly=True
    )
    value_id = fields.Many2one(
        "followup.value", compute="_compute_value_id", string="Value of the customer"
    )
    value_page = fields.Json(
        compute="_compute_value_page", string="Value page", exportable=False
    )
    loss_ids = fields.One2many("followup.loss", "customer_id", string="Losses")
    winback_ids = fields.One2many(
        "followup.winback", "customer_id", string="Win-back cases"
    )
    loyalty_plan_ids = fields.One2many(
        "followup.loyalty.plan", "customer_id", string="Loyalty plans"
    )

    @api.depends("value_ids")
    def _compute_value_id(self):
        for customer in self:
            customer.value_id = customer.value_ids[:1]

    @api.depends_context("lang")
    def _compute_value_page(self):
        for customer in self:
            customer.value_page = customer.value_ids[:1].page or []

    # === ACTIONS === #

    def action_record_loss(self):
        """Open the register of losses for this customer."""
        self.ensure_one()
        self.check_access("read")
        found = self.env["followup.loss"].search(
            [("customer_id", "=", self.id), ("state", "=", "lost")], limit=1
        )
        return self._open_one("followup.loss", found, self.env._("Lost customer"))

    def action_start_winback(self):
        """Open the win-back case that runs, or the form of a new one."""
        self.ensure_one()
        self.check_access("read")
        cases = self.env["followup.winback"]
        found = cases.search(
            [("customer_id", "=", self.id), ("state", "in", ("draft", "running"))],
            limit=1,
        )
        loss = self.env["followup.loss"].search(
            [("customer_id", "=", self.id), ("state", "=", "lost")], limit=1
        )
        return self._open_one(
            "followup.winback",
            found,
            self.env._("Win-back case"),
            default_loss_id=loss.id,
            default_reason=loss.reason,
        )

    def action_plan_loyalty(self):
        """Open the loyalty plan that runs, or the form of a new one."""
        self.ensure_one()
        self.check_access("read")
        found = self.env["followup.loyalty.plan"].search(
            [("customer_id", "=", self.id), ("state", "in", ("draft", "running"))],
            limit=1,
        )
        return self._open_one(
            "followup.loyalty.plan", found, self.env._("Loyalty plan")
        )

    def _open_one(self, model, record, title, **context):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "res_id": record.id,
            "view_mode": "form",
            "context": {"default_customer_id": self.id, **context},
        }

    # === BUSINESS === #

    def _combine_into(self, target):
        """What is computed of the others goes; the target's is computed next.

        Of two open losses the first one stays open, and of two open win-back cases.
        """
        sources = (self - target).sudo()  # as the combination itself
        if not sources or sources.company_id != target.company_id:
            return super()._combine_into(target)
        both = sources | target.sudo()
        cases = self.env["followup.winback"].sudo()
        opened = cases.search(
            [("customer_id", "in", both.ids), ("state", "in", ("draft", "running"))],
            order="state desc, id",
        )
        opened[1:].write({"state": "cancelled"})
        losses = self.env["followup.loss"].sudo()
        lost = losses.search(
            [("customer_id", "in", both.ids), ("state", "=", "lost")], order="id"
        )
        lost[1:].write({"state": "regained"})
        self.env.flush_all()
        for model in (
            "followup.value",
            "followup.value.change",
            "followup.value.month",
        ):
            self.env[model].sudo().search([("customer_id", "in", sources.ids)]).unlink()
        result = super()._combine_into(target)
        cron = self.env.ref("followup_crm.value_cron_compute", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()
        return result

    @api.model
    def _is_combinable(self, field):
        return field.name != "value_id" and super()._is_combinable(field)
