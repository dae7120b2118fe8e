from odoo import api, fields, models

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
    def _get_candidates(self, companies):
        """The sets of these companies and those for all, in their order."""
        return self.search([("company_id", "in", [False, *companies.ids])])

    def _fits(self, shipment):
        """Whether a shipment meets all conditions of this set."""
        self.ensure_one()
        country = shipment.customer_id.country_id
        return (
            self.company_id in (shipment.company_id, self.company_id.browse())
            and self.mode in (shipment.mode, False)
            and (not self.with_lc or bool(shipment.lc_number))
            and (not self.incoterm_ids or shipment.incoterm_id in self.incoterm_ids)
            and (not self.country_ids or country in self.country_ids)
        )


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
