from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

MODES = [
    ("sea", "Sea"),
    ("air", "Air"),
    ("rail", "Rail"),
    ("road", "Road"),
    ("courier", "Courier"),
]
STATES = [
    ("planned", "Planned"),
    ("booked", "Booked"),
    ("under_way", "Under way"),
    ("arrived", "Arrived"),
    ("delivered", "Delivered"),
    ("cancelled", "Cancelled"),
]
# Odoo refuses a whole form to whoever may not read what one of its lists names.
SALES = "sales_team.group_sale_salesman"
STOCK = "stock.group_stock_user"
OPEN_STATES = ("planned", "booked", "under_way", "arrived")


class Shipment(models.Model):
    """A shipment to a customer (出货跟踪表, table 13-8), K2.

    One transport under one B/L or air waybill: it may carry several orders and
    deliveries, and an order may travel in several shipments.
    """

    _name = "followup.shipment"
    _inherit = [
        "followup.guarded.mixin",
        "followup.tier.ordered.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Shipment"
    _order = "tier_sequence, date_next, id"
    _rec_names_search = ["name", "customer_id", "bl_number", "awb_number"]
    _server_only = frozenset(
        {
            "name",
            "state",
            "company_id",
            "eta_first",
            "date_next",
            "delivered_on",
            "delivered_to",
            "delivery_condition",
            "delivery_note",
            "lc_presented_on",
            "alert_keys",
            "tier_sequence",
        }
    )

    name = fields.Char(string="Shipment number", readonly=True, copy=False, default="/")
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        "res.users",
        string="Merchandiser",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index="btree_not_null",
        tracking=True,
        help="Who looks after this shipment and is warned.",
    )
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        index=True,
        tracking=True,
    )
    mode = fields.Selection(
        MODES, string="Goods travel by", required=True, default="sea", tracking=True
    )
    partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Contact of the file"
    )
    order_ids = fields.Many2many(
        "sale.order",
        "followup_shipment_order_rel",
        "shipment_id",
        "order_id",
        string="Orders",
        check_company=True,
        groups=SALES,
        domain="[('company_id', '=', company_id), ('state', '=', 'sale'),"
        " ('partner_id', 'child_of', partner_id)]",
    )
    picking_ids = fields.Many2many(
        "stock.picking",
        "followup_shipment_picking_rel",
        "shipment_id",
        "picking_id",
        string="Deliveries",
        check_company=True,
        groups=STOCK,
        domain="[('company_id', '=', company_id), ('partner_id', 'child_of',"
        " partner_id), ('picking_type_code', '=', 'outgoing')]",
    )
    move_ids = fields.Many2many(
        "stock.move", string="Goods", compute="_compute_move_ids", groups=STOCK
    )
    client_references = fields.Char(
        string="Customer's order numbers", compute="_compute_client_references"
    )

    carrier_id = fields.Many2one("res.partner", index="btree_not_null")
    forwarder_id = fields.Many2one("res.partner", index="btree_not_null")
    booking_number = fields.Char(string="Booking number")
    vessel = fields.Char()
    voyage = fields.Char()
    vessel_imo = fields.Char(
        string="IMO number", help="Seven digits that identify the ship."
    )
    flight = fields.Char(string="Flight number")
    container_numbers = fields.Char(
        string="Container",
        help="Four letters and seven digits; several separated by commas.",
    )
    seal_numbers = fields.Char(string="Seal")
    bl_number = fields.Char(string="Bill of lading", index="btree_not_null")
    awb_number = fields.Char(string="Air waybill", index="btree_not_null")
    waybill_number = fields.Char(string="Waybill")
    incoterm_id = fields.Many2one("account.incoterms")
    incoterm_place = fields.Char(string="Place of the incoterm")
    port_loading_code = fields.Char(
        string="Code of the place of departure",
        help="UN/LOCODE, for example CNNGB for Ningbo.",
    )
    port_loading = fields.Char(string="From")
    port_discharge_code = fields.Char(
        string="Code of the place of arrival",
        help="UN/LOCODE, for example DEHAM for Hamburg.",
    )
    port_discharge = fields.Char(string="To")
    place_delivery = fields.Char(string="Place of delivery")
    package_count = fields.Integer(string="Packages")
    gross_weight = fields.Float(string="Gross weight (kg)", digits="Stock Weight")
    volume = fields.Float(string="Volume (m³)", digits="Volume")

    etd = fields.Date(
        string="ETD", tracking=True, help="Estimated time of departure: the day."
    )
    atd = fields.Date(
        string="ATD", tracking=True, copy=False, help="The day on which it left."
    )
    eta = fields.Date(
        string="ETA", tracking=True, help="Estimated time of arrival: the day."
    )
    ata = fields.Date(
        string="ATA", tracking=True, copy=False, help="The day on which it arrived."
    )
    eta_first = fields.Date(
        string="ETA as first told",
        readonly=True,
        copy=False,
        help="Delays are counted from it.",
    )
    date_next = fields.Date(
        string="Next date",
        compute="_compute_date_next",
        store=True,
        help="Departure, arrival or delivery: what comes next.",
    )

    delivered_on = fields.Date(string="Delivered on", readonly=True, copy=False)
    delivered_to = fields.Char(
        string="Signed by", readonly=True, copy=False, help="Who took the goods."
    )
    delivery_condition = fields.Selection(
        [("good", "In good order"), ("damaged", "Damaged"), ("short", "Short")],
        string="Condition on arrival",
        readonly=True,
        copy=False,
    )
    delivery_note = fields.Text(string="Remark on arrival", readonly=True, copy=False)

    lc_number = fields.Char(string="L/C number", tracking=True)
    lc_bank_id = fields.Many2one("res.bank", string="Bank that presents")
    lc_latest_shipment = fields.Date(string="Latest shipment", tracking=True)
    lc_presentation_days = fields.Integer(
        string="Days for presentation",
        default=21,
        help="Days after shipment within which the bank must have the documents; 21"
        " where the credit says nothing (UCP 600, article 14 c).",
    )
    lc_expiry = fields.Date(string="Expiry", tracking=True)
    lc_presentation_date = fields.Date(
        string="Present until",
        compute="_compute_lc_presentation_date",
        store=True,
        help="Departure plus the days for presentation, but not after the expiry.",
    )
    lc_presented_on = fields.Date(string="Presented on", readonly=True, copy=False)

    notes = fields.Html(help="For us only: customers never see it.")
    event_ids = fields.One2many("followup.shipment.event", "shipment_id")
    document_ids = fields.One2many(
        "followup.shipment.document", "shipment_id", string="Documents"
    )
    alert_keys = fields.Json(readonly=True, copy=False, string="Alerts given")

    # Query: our lists, tier I first, what comes next.
    _tier_order_idx = models.Index("(company_id, tier_sequence, date_next, id)")

    # === COMPUTE === #

    @api.depends("name", "customer_id.partner_id.name")
    def _compute_display_name(self):
        for shipment in self:
            customer = shipment.customer_id.name or ""
            shipment.display_name = f"{shipment.name} {customer}".strip()

    @api.depends("picking_ids.move_ids")
    def _compute_move_ids(self):
        # Elevated: what a shipment carries belongs to it.
        for shipment in self:
            shipment.move_ids = shipment.sudo().picking_ids.move_ids

    @api.depends("order_ids.client_order_ref", "order_ids.name")
    def _compute_client_references(self):
        for shipment in self:
            # Elevated: the numbers of its orders belong to a shipment.
            orders = shipment.sudo().order_ids
            shipment.client_references = ", ".join(
                order.client_order_ref or order.name for order in orders
            )

    @api.depends("state", "etd", "eta", "ata", "delivered_on")
    def _compute_date_next(self):
        for shipment in self:
            shipment.date_next = {
                "planned": shipment.etd,
                "booked": shipment.etd,
                "under_way": shipment.eta,
                "arrived": shipment.ata,
            }.get(shipment.state, shipment.delivered_on)

    @api.depends("lc_number", "lc_presentation_days", "lc_expiry", "etd", "atd")
    def _compute_lc_presentation_date(self):
        for shipment in self:
            departure = shipment.atd or shipment.etd
            until = shipment.lc_expiry
            if departure and shipment.lc_presentation_days:
                last = fields.Date.add(departure, days=shipment.lc_presentation_days)
                until = min(until, last) if until else last
            shipment.lc_presentation_date = shipment.lc_number and until

    # === CONSTRAINTS === #

    @api.constrains("order_ids", "picking_ids", "customer_id")
    def _check_belongs_to_customer(self):
        for shipment in self:
            # Elevated: the documents may be closed to whoever looks after the goods.
            partner = shipment.sudo().customer_id.partner_id
            orders, pickings = shipment.sudo().order_ids, shipment.sudo().picking_ids
            for document in [*orders, *pickings]:
                if document.partner_id.commercial_partner_id != partner:
                    raise ValidationError(
                        self.env._(
                            "%(document)s is not an order or delivery of %(customer)s:"
                            " take it out of the shipment.",
                            document=document.name,
                            customer=partner.name,
                        )
                    )

    @api.constrains("etd", "eta", "atd", "ata")
    def _check_dates(self):
        today = fields.Date.context_today(self)
        for shipment in self:
            if shipment.etd and shipment.eta and shipment.eta < shipment.etd:
                raise ValidationError(
                    self.env._(
                        "The arrival (ETA) is before the departure (ETD): one of the"
                        " two dates is wrong."
                    )
                )
            if shipment.atd and shipment.ata and shipment.ata < shipment.atd:
                raise ValidationError(
                    self.env._("Goods cannot arrive (ATA) before they left (ATD).")
                )
            if (shipment.atd or today) > today or (shipment.ata or today) > today:
                raise ValidationError(
                    self.env._(
                        "ATD and ATA tell what has happened: they cannot be in the"
                        " future. Use ETD and ETA for what is expected."
                    )
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        vals_list = [self._with_numbers(vals) for vals in vals_list]
        shipments = super().create(vals_list)
        # Elevated: numbers and first dates are given, not chosen.
        sequences = self.env["ir.sequence"].sudo()
        for shipment in shipments.sudo():
            shipment.write(
                {
                    "name": sequences.next_by_code("followup.shipment"),
                    "eta_first": shipment.eta,
                }
            )
            shipment._take_orders_of_pickings()
        return shipments

    def write(self, vals):
        self._refuse_server_only(vals)
        vals = self._with_numbers(vals)
        before = {shipment: shipment.eta for shipment in self if "eta" in vals}
        result = super().write(vals)
        for shipment, eta in before.items():
            if shipment.eta != eta:
                shipment._log_new_eta(eta)
        if "picking_ids" in vals:
            self._take_orders_of_pickings()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """A shipment is cancelled, so that its number and its story stay."""
        raise ValidationError(
            self.env._("Shipments are not deleted. Cancel the shipment instead.")
        )

    # === BUSINESS === #

    def _take_orders_of_pickings(self):
        """The orders of the deliveries belong to the shipment, too."""
        for shipment in self:
            # Elevated: the deliveries were checked; their orders follow.
            missing = shipment.sudo().picking_ids.sale_id - shipment.sudo().order_ids
            if missing:
                shipment.sudo().order_ids |= missing

    def _log_new_eta(self, old):
        """Another arrival date is an event that the customer sees."""
        self.ensure_one()
        if not old:
            # Elevated: the first date is kept, nobody sets it.
            self.sudo().eta_first = self.eta
        elif self.eta:
            # The customer reads it on the portal: in its language.
            lang = self.customer_id.sudo().partner_id.lang or self.env.lang
            text = self.with_context(lang=lang).env._(
                "Expected on %(date)s instead of %(before)s",
                date=format_date(self.env, self.eta, lang_code=lang),
                before=format_date(self.env, old, lang_code=lang),
            )
            kind = "delay" if self.eta > old else "schedule"
            self._log_event(kind, text, public=True)
