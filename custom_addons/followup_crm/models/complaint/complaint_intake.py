from odoo import api, fields, models

# What a portal page, a public form or a mail may say about a complaint (C10).
CHANNEL_FIELDS = frozenset(
    """subject description company_id complainant_name complainant_company email_from
    phone order_id picking_id move_id product_id lot_id quantity wanted wish""".split()
)


class Complaint(models.Model):
    """How complaints come in, and how strangers become customers (C1, C10)."""

    _inherit = "followup.complaint"

    customer_partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Contact of the customer"
    )
    fitting_product_ids = fields.Many2many(
        "product.product",
        string="Products that fit",
        compute="_compute_fitting_product_ids",
        compute_sudo=True,
        help="What was ordered or shipped; all products where neither is known.",
    )

    @api.depends("order_id", "picking_id", "move_id")
    def _compute_fitting_product_ids(self):
        for complaint in self:
            products = (
                complaint.picking_id.move_ids.product_id
                or complaint.order_id.order_line.product_id
                or complaint.move_id.invoice_line_ids.product_id
            )
            complaint.fitting_product_ids = products

    @api.onchange("order_id")
    def _onchange_order_id(self):
        """An order tells the customer; what there is one of needs no choosing."""
        # Elevated: an officer who may not open the order chooses by it all the same.
        order = self.order_id.sudo()
        if not order:
            return
        if not self.customer_id:
            self.customer_id = self.customer_id._for_partner(
                order.partner_id, order.company_id
            )
            self.partner_id = order.partner_id.sudo(False)
        done = order.picking_ids.filtered(
            lambda p: p.state == "done" and p.picking_type_code == "outgoing"
        )
        invoices = order.invoice_ids.filtered(
            lambda m: m.state == "posted" and m.move_type == "out_invoice"
        )
        products = order.order_line.product_id
        if len(done) == 1:
            self.picking_id = done.sudo(False)
        if len(invoices) == 1:
            self.move_id = invoices.sudo(False)
        if len(products) == 1:
            self.product_id = products.sudo(False)

    @api.onchange("customer_id")
    def _onchange_customer_id(self):
        """The contact belongs to the customer."""
        partner = self.customer_id.partner_id
        if partner and self.partner_id.commercial_partner_id != partner:
            self.partner_id = partner

    @api.model
    def _create_from_channel(
        self, channel, vals, partner=None, verified=True, message_id=None
    ):
        """Register what came in by portal, public form or mail.

        :param channel: ``portal``, ``form`` or ``email``
        :param vals: values; keys outside ``CHANNEL_FIELDS`` are dropped
        :param partner: ``res.partner`` of who complains, where that is known
        :param verified: False where the sender may be forged
        :param message_id: Message-Id of the mail; the same mail never makes a second
            complaint: the unique index raises
        :return: the complaint, elevated
        """
        own = {name: vals[name] for name in CHANNEL_FIELDS & vals.keys()}
        own["subject"] = (own.get("subject") or "").strip() or self.env._(
            "(no subject)"
        )
        own |= {
            "channel": channel,
            "partner_id": partner.id if partner else False,
            "is_sender_verified": verified,
            "source_message_id": message_id or False,
            "received_by_id": False,
        }
        # Elevated: portal users, visitors and the mail gateway have no right to create;
        # the values are an allow-list.
        return self.sudo().create(own)

    # === ACTIONS === #

    def action_match(self):
        """Open the dialog that finds out who complained."""
        self.ensure_one()
        return self._open_dialog(
            "followup.complaint.match", self.env._("Who complained?")
        )

    def action_settle(self):
        """Open the fast track for a minor complaint (C16)."""
        self.ensure_one()
        self._check_step("settle")
        return self._open_dialog(
            "followup.complaint.settle", self.env._("Settle at once")
        )

    def action_ask_reason(self):
        """Open the dialog of a step that needs a reason; the context names the step."""
        self.ensure_one()
        step = self.env.context.get("fcrm_step")
        return self._open_dialog(
            "followup.complaint.reason", self.env._("Why?"), default_step=step
        )

    def action_resume(self):
        """The customer has answered: the clocks run on."""
        self.check_access("write")
        self._resume()

    def _open_dialog(self, model, name, **context):
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id, **context},
        }
