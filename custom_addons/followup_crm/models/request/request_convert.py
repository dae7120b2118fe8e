from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.fields import Command
from odoo.tools import plaintext2html

from .states import LINKS

# How a complaint says it was received.
COMPLAINT_CHANNELS = {
    "phone": "phone",
    "email": "email",
    "message": "message",
    "visit": "visit",
}


class Request(models.Model):
    """A request becomes something else by one button, once (Q1)."""

    _inherit = "followup.request"

    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity made of it",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    quotation_id = fields.Many2one(
        "sale.order",
        string="Quotation made of it",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    exception_id = fields.Many2one(
        "followup.order.exception",
        string="Exception made of it",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    complaint_id = fields.Many2one(
        "followup.complaint",
        string="Complaint made of it",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    is_linked = fields.Boolean(
        compute="_compute_is_linked",
        compute_sudo=True,
        string="Was turned into something",
    )

    @api.depends(*LINKS.values())
    def _compute_is_linked(self):
        for request in self:
            request.is_linked = any(request[name] for name in LINKS.values())

    # === ACTIONS === #

    def action_make_lead(self):
        """Make an opportunity of it, and open it."""
        return self._convert("lead", "crm.lead", self._prepare_lead_vals)

    def action_make_quotation(self):
        """Make a quotation of it, and open it."""
        return self._convert("quotation", "sale.order", self._prepare_quotation_vals)

    def action_make_exception(self):
        """Make an exception of the order it is about, and open it."""
        return self._convert(
            "exception", "followup.order.exception", self._prepare_exception_vals
        )

    def action_make_complaint(self):
        """Make a complaint of it, and open it."""
        return self._convert(
            "complaint", "followup.complaint", self._prepare_complaint_vals
        )

    def action_open_link(self):
        """Open what it was turned into."""
        self.ensure_one()
        self.check_access("read")
        link = self._get_link()
        if not link:
            raise UserError(
                self.env._(
                    "Nothing has been made of %(request)s yet.", request=self.name
                )
            )
        return self._open_record(link)

    # === BUSINESS === #

    def _convert(self, result, model, prepare):
        """Make one record of the request, with the rights of the user.

        Two presses at the same moment wait for each other; the second is refused.
        """
        self.ensure_one()
        self.check_access("write")
        # Elevated: the lock is no change.
        self.sudo().lock_for_update()
        self.invalidate_recordset(list(LINKS.values()))
        first = self._get_link()
        if first:
            raise RedirectWarning(
                self.env._(
                    "Something was made of this request already: %(record)s.",
                    record=first.display_name,
                ),
                self._open_record(first),
                self.env._("Open it"),
            )
        if not self.env[model].has_access("create"):
            raise AccessError(
                self.env._(
                    "You may not make this: ask for the rights, or hand the request to"
                    " a colleague who has them."
                )
            )
        made = self.env[model].create(prepare())
        vals = {LINKS[result]: made.id, "result": result}
        if self.state in ("closed", "dropped"):
            vals |= {"state": "working", "closed_date": False}
        elif self.state == "new":
            vals["state"] = "working"
        self._write_step(**vals)
        self.message_post(
            body=self.env._("Turned into %(record)s.", record=made.display_name)
        )
        return self._open_record(made)

    def _open_record(self, record):
        return {
            "type": "ir.actions.act_window",
            "name": record.display_name,
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
            "target": "current",
        }

    def _prepare_lead_vals(self):
        return {
            "name": self.subject,
            "type": "opportunity",
            "partner_id": self.partner_id.id or self.customer_id.partner_id.id,
            "contact_name": self.contact_name,
            "partner_name": self.contact_company,
            "email_from": self.email_from,
            "phone": self.phone,
            "company_id": self.company_id.id,
            "user_id": self._get_seller().id,
            "description": plaintext2html(self.description or ""),
        }

    def _prepare_quotation_vals(self):
        partner = self.partner_id or self.customer_id.partner_id
        if not partner:
            raise UserError(
                self.env._("Find out first who asks: press “Who asked?” above.")
            )
        vals = {
            "partner_id": partner.id,
            "company_id": self.company_id.id,
            "user_id": self._get_seller().id,
            "origin": self.name,
        }
        if self.product_id:
            line = {"product_id": self.product_id.id}
            if self.quantity:
                line["product_uom_qty"] = self.quantity
            vals["order_line"] = [Command.create(line)]
        return vals

    def _get_seller(self):
        """Whose the sale is: the handler's, if the user may make it for others."""
        everybody = self.env.user.has_group("sales_team.group_sale_salesman_all_leads")
        return self.user_id if everybody else self.env.user

    def _prepare_exception_vals(self):
        tracking = self.env["followup.order.tracking"].search(
            [("order_id", "=", self.order_id.id)], limit=1
        )
        if not self.order_id or not tracking:
            raise UserError(
                self.env._("Choose the confirmed order first that it is about.")
            )
        return {
            "tracking_id": tracking.id,
            "name": self.subject,
            "kind": "change" if self.kind == "change" else "other",
            "cause": self.description,
            "user_id": self.user_id.id or self.env.uid,
        }

    def _prepare_complaint_vals(self):
        return {
            "subject": self.subject,
            "description": self.description,
            "company_id": self.company_id.id,
            "customer_id": self.customer_id.id,
            "partner_id": self.partner_id.id,
            "complainant_name": self.contact_name,
            "complainant_company": self.contact_company,
            "email_from": self.email_from,
            "phone": self.phone,
            "channel": COMPLAINT_CHANNELS.get(self.channel, "phone"),
            "received_date": self.received_date,
            "order_id": self.order_id.id,
            "product_id": self.product_id.id,
            "quantity": self.quantity,
        }
