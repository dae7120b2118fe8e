from odoo import api, fields, models
from odoo.fields import Domain

from .shipment import MODES


class ShipmentTemplate(models.Model):
    """A set of documents, for shipments of a certain kind (K2).

    A new shipment takes the first set, by order, whose conditions it meets.
    """

    _name = "followup.shipment.template"
    _description = "Document set"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Empty: for all companies.", index="btree_not_null"
    )
    mode = fields.Selection(MODES, help="Empty: whatever the goods travel by.")
    incoterm_ids = fields.Many2many(
        "account.incoterms", string="Incoterms", help="Empty: any."
    )
    country_ids = fields.Many2many(
        "res.country",
        string="Countries of destination",
        help="Empty: any. The country is the customer's.",
    )
    with_lc = fields.Boolean(
        string="Letter of credit only",
        help="Only for shipments under a letter of credit.",
    )
    line_ids = fields.One2many(
        "followup.shipment.template.line", "template_id", string="Documents", copy=True
    )

    @api.model
    def _find_for(self, shipment):
        """The set that fits a shipment, empty where none does."""
        domain = (
            Domain("company_id", "in", [False, shipment.company_id.id])
            & Domain("mode", "in", [False, shipment.mode])
            & Domain("incoterm_ids", "in", [False, *shipment.incoterm_id.ids])
            & Domain("country_ids", "in", [False, *shipment.customer_id.country_id.ids])
        )
        if not shipment.lc_number:
            domain &= Domain("with_lc", "=", False)
        return self.search(domain, limit=1)


class ShipmentTemplateLine(models.Model):
    """A document of a set: how many, and when it must be there."""

    _name = "followup.shipment.template.line"
    _description = "Document of a set"
    _order = "sequence, id"

    template_id = fields.Many2one(
        "followup.shipment.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    type_id = fields.Many2one(
        "followup.shipment.document.type", string="Document", required=True
    )
    originals = fields.Integer(default=1)
    copies = fields.Integer(default=0)
    days = fields.Integer(
        string="Days after departure",
        default=3,
        help="When it must be there, counted from the departure; negative: before.",
    )

    def _prepare_document_vals(self, shipment):
        """Values of one document of a shipment."""
        self.ensure_one()
        return {
            "shipment_id": shipment.id,
            "type_id": self.type_id.id,
            "sequence": self.sequence,
            "originals": self.originals,
            "copies": self.copies,
            "days": self.days,
        }
