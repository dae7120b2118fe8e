from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATES = [
    ("specification", "Specification"),
    ("sampling", "Samples"),
    ("production", "Production"),
    ("inspection", "Inspection"),
    ("released", "Released"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("specification", "sampling", "production", "inspection")


class ProductTracking(models.Model):
    """What was promised and what was made of one product (产品跟踪表, 13-9), K3.

    It may begin before there is an order: with a specification and samples.
    """

    _name = "followup.product.tracking"
    _inherit = [
        "followup.guarded.mixin",
        "followup.tier.ordered.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Product tracking"
    _order = "tier_sequence, date_wanted, id"
    _rec_names_search = ["name", "product_id", "customer_id", "style_number"]
    _server_only = frozenset(
        {
            "name",
            "state",
            "company_id",
            "specification_agreed_on",
            "specification_agreed_by",
            "specification_user_id",
            "tier_sequence",
        }
    )

    name = fields.Char(string="Tracking number", readonly=True, copy=False, default="/")
    active = fields.Boolean(default=True)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    style_number = fields.Char(
        string="Customer's style number", help="How the customer calls it."
    )
    partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Contact of the file"
    )
    order_id = fields.Many2one(
        "sale.order",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        domain="[('company_id', '=', company_id), ('partner_id', 'child_of',"
        " partner_id)]",
        help="Empty while there is no order yet.",
    )
    quantity = fields.Float(compute="_compute_quantity", store=True, readonly=False)
    user_id = fields.Many2one(
        "res.users",
        string="Merchandiser",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index="btree_not_null",
        tracking=True,
    )
    factory_id = fields.Many2one("res.partner", tracking=True)
    date_wanted = fields.Date(
        string="Wanted by",
        compute="_compute_date_wanted",
        store=True,
        readonly=False,
        help="When the goods must be ready; taken from the order's delivery date.",
    )
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="specification",
        copy=False,
        index=True,
        tracking=True,
    )

    specification = fields.Html(help="Material, make, colours, sizes, tests.")
    specification_agreed_on = fields.Date(string="Agreed on", readonly=True, copy=False)
    specification_agreed_by = fields.Char(
        string="Agreed by", readonly=True, copy=False, help="Who at the customer."
    )
    specification_user_id = fields.Many2one(
        "res.users", string="Noted by", readonly=True, copy=False
    )
    characteristic_ids = fields.One2many(
        "followup.product.characteristic", "tracking_id", string="Promised and made"
    )
    sample_ids = fields.One2many(
        "followup.product.sample", "tracking_id", string="Samples"
    )
    inspection_ids = fields.One2many(
        "followup.product.inspection", "tracking_id", string="Inspections"
    )
    problem_ids = fields.One2many(
        "followup.product.problem", "tracking_id", string="Problems"
    )
    picture_ids = fields.One2many(
        "followup.product.picture", "tracking_id", string="Pictures"
    )

    packing = fields.Text(help="How one piece, one carton and one pallet are packed.")
    pieces_per_carton = fields.Integer(string="Pieces per carton")
    carton_size = fields.Char(string="Carton (cm)", help="Length × width × height.")
    carton_weight = fields.Float(string="Carton, gross (kg)", digits="Stock Weight")
    shipping_marks = fields.Text(string="Shipping marks and labels")

    deviation_count = fields.Integer(string="Deviations", compute="_compute_counts")
    open_problem_count = fields.Integer(
        string="Open problems", compute="_compute_counts"
    )
    sample_note = fields.Char(string="Last sample", compute="_compute_counts")
    inspection_note = fields.Char(string="Last inspection", compute="_compute_counts")
    complaint_count = fields.Integer(
        string="Complaints", compute="_compute_complaint_count"
    )
    history_count = fields.Integer(
        string="Earlier orders", compute="_compute_history_count"
    )

    # Query: our lists, tier I first.
    _tier_order_idx = models.Index("(company_id, tier_sequence, date_wanted, id)")

    # === COMPUTE === #

    @api.depends("name", "product_id.display_name")
    def _compute_display_name(self):
        for tracking in self:
            product = tracking.product_id.display_name or ""
            tracking.display_name = f"{tracking.name} {product}".strip()

    @api.depends("order_id", "product_id")
    def _compute_quantity(self):
        for tracking in self.filtered("order_id"):
            # Elevated: the quantity of its order belongs to a tracking.
            lines = tracking.order_id.sudo().order_line.filtered(
                lambda line, wanted=tracking.product_id: line.product_id == wanted
            )
            tracking.quantity = sum(lines.mapped("product_uom_qty"))

    @api.depends("order_id.commitment_date")
    def _compute_date_wanted(self):
        for tracking in self.filtered("order_id"):
            # Elevated: the date of its order belongs to a tracking.
            date = tracking.order_id.sudo().commitment_date
            if date:
                local = fields.Datetime.context_timestamp(tracking, date)
                tracking.date_wanted = local.date()

    @api.depends(
        "characteristic_ids.result",
        "problem_ids.is_solved",
        "sample_ids.state",
        "inspection_ids.result",
    )
    @api.depends_context("lang")
    def _compute_counts(self):
        for tracking in self:
            bad = tracking.characteristic_ids.filtered(lambda c: c.result == "deviates")
            tracking.deviation_count = len(bad)
            tracking.open_problem_count = len(
                tracking.problem_ids.filtered(lambda problem: not problem.is_solved)
            )
            sample = tracking.sample_ids[:1]
            tracking.sample_note = sample._get_note() if sample else False
            inspection = tracking.inspection_ids[:1]
            tracking.inspection_note = inspection._get_note() if inspection else False

    @api.depends_context("uid")
    def _compute_complaint_count(self):
        counts = self._get_complaint_counts()
        for tracking in self:
            tracking.complaint_count = counts.get(tracking.id, 0)

    @api.depends("product_id", "state")
    @api.depends_context("uid")
    def _compute_history_count(self):
        groups = self._read_group(
            [("product_id", "in", self.product_id.ids), ("state", "!=", "cancelled")],
            ["product_id"],
            ["__count"],
        )
        counts = dict(groups)
        for tracking in self:
            own = tracking.state != "cancelled" and bool(tracking._origin.id)
            count = counts.get(tracking.product_id._origin, 0)
            tracking.history_count = max(count - own, 0)

    # === CONSTRAINTS === #

    @api.constrains("order_id", "customer_id", "product_id")
    def _check_order(self):
        for tracking in self.filtered("order_id"):
            # Elevated: the order may be closed to whoever tracks the product.
            order = tracking.sudo().order_id
            partner = tracking.sudo().customer_id.partner_id
            if order.partner_id.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%(order)s is not an order of %(customer)s.",
                        order=order.name,
                        customer=partner.name,
                    )
                )
            if tracking.product_id not in order.order_line.product_id:
                raise ValidationError(
                    self.env._(
                        "%(product)s is not on order %(order)s: choose the order that"
                        " has it, or leave the order empty.",
                        product=tracking.product_id.display_name,
                        order=order.name,
                    )
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        trackings = super().create(vals_list)
        # Elevated: numbers are given, not chosen.
        sequences = self.env["ir.sequence"].sudo()
        for tracking in trackings.sudo():
            tracking.name = sequences.next_by_code("followup.product.tracking")
        return trackings

    def write(self, vals):
        """Steps are taken by buttons."""
        self._refuse_server_only(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """What was promised is kept: a tracking is cancelled."""
        raise ValidationError(
            self.env._("Product trackings are not deleted. Cancel it instead.")
        )
