from odoo import fields, models


class ShipmentDelivery(models.TransientModel):
    """Dialog: who took the goods, when, in what condition (签收凭证, K2)."""

    _name = "followup.shipment.delivery"
    _description = "Proof of delivery"

    shipment_id = fields.Many2one("followup.shipment", required=True)
    delivered_on = fields.Date(
        string="Delivered on", required=True, default=fields.Date.context_today
    )
    delivered_to = fields.Char(string="Signed by", required=True)
    delivery_condition = fields.Selection(
        [("good", "In good order"), ("damaged", "Damaged"), ("short", "Short")],
        string="Condition on arrival",
        required=True,
        default="good",
    )
    delivery_note = fields.Text(string="Remark on arrival")
    file = fields.Binary(string="Signed proof")
    file_name = fields.Char(string="Name of the file")

    def action_apply(self):
        """Note the delivery; the signed proof joins the documents."""
        self.ensure_one()
        self.shipment_id._deliver(
            self.delivered_on,
            self.delivered_to,
            self.delivery_condition,
            self.delivery_note,
        )
        if self.file:
            proof = self.env.ref("followup_crm.shipment_document_type_pod")
            documents = self.shipment_id.document_ids
            document = documents.filtered(lambda d: d.type_id == proof)[:1]
            vals = {"file": self.file, "file_name": self.file_name}
            if document:
                document.write(vals)
            else:
                document = documents.create(
                    {"shipment_id": self.shipment_id.id, "type_id": proof.id, **vals}
                )
            document._receive(self.delivered_to, self.delivered_on)
        return {"type": "ir.actions.act_window_close"}
