from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class Complaint(models.Model):
    """Remedies through Odoo's own documents, and what they cost (C13)."""

    _inherit = "followup.complaint"

    replacement_ids = fields.One2many(
        "sale.order", "fcrm_complaint_id", string="Replacement orders"
    )
    return_ids = fields.One2many("stock.picking", "fcrm_complaint_id", string="Returns")
    credit_ids = fields.One2many(
        "account.move", "fcrm_complaint_id", string="Credit notes"
    )
    replacement_count = fields.Integer(
        compute="_compute_remedies", string="Replacements", compute_sudo=True
    )
    return_count = fields.Integer(
        compute="_compute_remedies", string="Returned", compute_sudo=True
    )
    credit_count = fields.Integer(
        compute="_compute_remedies", string="Credits", compute_sudo=True
    )
    other_cost = fields.Monetary(
        string="Other costs", tracking=True, help="Freight, rework, inspection, calls."
    )
    planned_cost = fields.Monetary(
        string="Cost as agreed", compute="_compute_planned_cost", compute_sudo=True
    )
    remedy_cost = fields.Monetary(
        string="Cost so far",
        compute="_compute_remedies",
        compute_sudo=True,
        help="Credit notes and replaced goods at cost, with the other costs.",
    )
    idea = fields.Text(
        string="Idea for the product",
        tracking=True,
        help="What the product, its packing or our service could become.",
    )

    @api.depends("proposal_ids.state", "proposal_ids.cost")
    def _compute_planned_cost(self):
        for complaint in self:
            agreed = complaint.proposal_ids.filtered(lambda p: p.state == "agreed")
            complaint.planned_cost = sum(agreed.mapped("cost"))

    @api.depends(
        "other_cost",
        "replacement_ids.state",
        "replacement_ids.order_line.product_uom_qty",
        "return_ids",
        "credit_ids.amount_untaxed_signed",
    )
    def _compute_remedies(self):
        for complaint in self:
            orders = complaint.replacement_ids.filtered(lambda o: o.state != "cancel")
            credits = complaint.credit_ids.filtered(lambda m: m.state != "cancel")
            complaint.replacement_count = len(orders)
            complaint.return_count = len(complaint.return_ids)
            complaint.credit_count = len(credits)
            complaint.remedy_cost = (
                complaint.other_cost
                - sum(credits.mapped("amount_untaxed_signed"))
                + sum(complaint._get_goods_cost(line) for line in orders.order_line)
            )

    def _get_goods_cost(self, line):
        """What the goods of a replacement line cost us."""
        product = line.product_id.with_company(self.company_id)
        return product.standard_price * line.product_uom_id._compute_quantity(
            line.product_uom_qty, product.uom_id or line.product_uom_id
        )

    # === ACTIONS === #

    def action_make_replacement(self):
        """A quotation free of charge with what is replaced; it opens for checking."""
        self.ensure_one()
        self._check_remedy_customer()
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner_id.id,
                "company_id": self.company_id.id,
                "origin": self.name,
                "fcrm_complaint_id": self.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product_id.id,
                            "product_uom_qty": self.quantity or 1,
                            "price_unit": 0,
                        }
                    )
                ]
                if self.product_id
                else [],
            }
        )
        return self._open_document(order, self.env._("Replacement"))

    def action_make_return(self):
        """Odoo's return of the shipment, with the product of the complaint."""
        self.ensure_one()
        if not self.picking_id or self.picking_id.state != "done":
            raise UserError(
                self.env._("Choose the shipment that was delivered: it is returned.")
            )
        wizard = (
            self.env["stock.return.picking"]
            .with_context(
                active_id=self.picking_id.id,
                active_ids=self.picking_id.ids,
                active_model="stock.picking",
                fcrm_complaint_id=self.id,
            )
            .create({"picking_id": self.picking_id.id})
        )
        for line in wizard.product_return_moves:
            affected = self.product_id in (line.product_id, self.product_id.browse())
            line.quantity = (self.quantity or line.move_quantity) if affected else 0
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "context": {"fcrm_complaint_id": self.id},
        }

    def action_make_credit_note(self):
        """Odoo's credit note for the whole invoice; it opens for checking."""
        self.ensure_one()
        self._check_remedy_invoice()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(
                active_ids=self.move_id.ids,
                active_model="account.move",
                fcrm_complaint_id=self.id,
            )
            .create(
                {
                    "reason": self.display_name,
                    "journal_id": self.move_id.journal_id.id,
                }
            )
        )
        wizard.refund_moves()
        return self._open_document(wizard.new_move_ids, self.env._("Credit note"))

    def action_make_discount(self):
        """A credit note over the amount that was agreed; it opens for checking."""
        self.ensure_one()
        self._check_remedy_invoice()
        amount = self._get_agreed_proposal().amount
        if not amount:
            raise UserError(
                self.env._(
                    "Write on the agreed proposal what it is worth for the customer."
                )
            )
        move = self.env["account.move"].create(self._prepare_discount_vals(amount))
        return self._open_document(move, self.env._("Discount"))

    def action_open_replacements(self):
        """The replacement orders of this complaint."""
        return self._open_list("sale.order", self.env._("Replacements"))

    def action_open_returns(self):
        """The returns of this complaint."""
        return self._open_list("stock.picking", self.env._("Returns"))

    def action_open_credits(self):
        """The credit notes of this complaint."""
        return self._open_list("account.move", self.env._("Credit notes"))

    def action_make_opportunity(self):
        """The idea becomes an opportunity with this customer."""
        self.ensure_one()
        self._check_idea()
        lead = self.env["crm.lead"].create(
            {
                "name": self.idea.splitlines()[0][:120],
                "type": "opportunity",
                "partner_id": self.partner_id.id,
                "description": self.idea,
                "company_id": self.company_id.id,
                "referred": self.name,
            }
        )
        return self._open_document(lead, self.env._("Opportunity"))

    def action_note_idea(self):
        """The idea goes to the product's own log, for those who make it."""
        self.ensure_one()
        self._check_idea()
        if not self.product_id:
            raise UserError(self.env._("Choose the product first."))
        # Elevated: whoever has the idea may not write products.
        self.product_id.product_tmpl_id.sudo().message_post(
            body=self.env._(
                "Idea from complaint %(number)s: %(idea)s",
                number=self.name,
                idea=self.idea,
            ),
            author_id=self.env.user.partner_id.id,
        )
        self.message_post(body=self.env._("The idea was noted on the product."))

    # === BUSINESS === #

    def _prepare_discount_vals(self, amount):
        """Values of a credit note over an amount in company currency."""
        line = self.move_id.invoice_line_ids.filtered("product_id")[:1]
        currency = self.move_id.currency_id
        return {
            "move_type": "out_refund",
            "partner_id": self.move_id.partner_id.id,
            "company_id": self.company_id.id,
            "currency_id": currency.id,
            "journal_id": self.move_id.journal_id.id,
            "invoice_origin": self.name,
            "ref": self.display_name,
            "reversed_entry_id": self.move_id.id,
            "fcrm_complaint_id": self.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self.env._(
                            "Discount, complaint %(number)s", number=self.name
                        ),
                        "quantity": 1,
                        "price_unit": self.currency_id._convert(
                            amount, currency, self.company_id
                        ),
                        "account_id": line.account_id.id,
                        "tax_ids": [Command.set(line.tax_ids.ids)],
                    }
                )
            ],
        }

    def _check_idea(self):
        if not self.idea:
            raise UserError(self.env._("Write the idea down first."))

    def _check_remedy_customer(self):
        if not self.partner_id:
            raise UserError(self.env._("Find out first who complained."))

    def _check_remedy_invoice(self):
        if not self.move_id or self.move_id.state != "posted":
            raise UserError(self.env._("Choose the posted invoice first."))

    def _open_document(self, document, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": document._name,
            "res_id": document.id,
            "view_mode": "form",
        }

    def _open_list(self, model, name):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("fcrm_complaint_id", "=", self.id)],
            "context": {"create": False},
        }
