from odoo import fields, models
from odoo.exceptions import UserError

from ..models.shipment.shipment_document import METHODS


class ShipmentDispatch(models.TransientModel):
    """Dialog: documents were sent to somebody, or somebody received them (K2)."""

    _name = "followup.shipment.dispatch"
    _description = "Sending and receipt of documents"

    shipment_id = fields.Many2one("followup.shipment", required=True)
    step = fields.Selection(
        [("send", "Send"), ("receive", "Receipt")], required=True, readonly=True
    )
    document_ids = fields.Many2many(
        "followup.shipment.document",
        "followup_shipment_dispatch_rel",
        "wizard_id",
        "document_id",
        string="Documents",
        domain="[('shipment_id', '=', shipment_id)]",
    )
    partner_id = fields.Many2one("res.partner", string="Sent to")
    method = fields.Selection(METHODS, string="How", default="courier")
    reference = fields.Char(string="Courier's number")
    received_by = fields.Char(string="Received by")
    date = fields.Date(required=True, default=fields.Date.context_today)

    def action_apply(self):
        """Note it on all the documents."""
        self.ensure_one()
        if not self.document_ids:
            raise UserError(self.env._("Choose at least one document."))
        if self.date > fields.Date.context_today(self):
            raise UserError(self.env._("The date cannot be in the future."))
        if self.step == "send":
            if not self.partner_id or not self.method:
                raise UserError(self.env._("Say to whom they were sent, and how."))
            self.document_ids._send(
                self.partner_id, self.method, self.date, self.reference
            )
        else:
            if not (self.received_by or "").strip():
                raise UserError(self.env._("Write down who received them."))
            self.document_ids._receive(self.received_by, self.date)
        return {"type": "ir.actions.act_window_close"}
