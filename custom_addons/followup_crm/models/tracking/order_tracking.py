from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from .order_milestone import RISKS

STATES = [("open", "Ongoing"), ("done", "Done"), ("cancel", "Cancelled")]
# Dates of the letter of credit: the delivery is measured by them, too.
CREDIT_DATES = ("lc_latest_shipment", "lc_presentation", "lc_expiry")
# Customers without a class come after all others.
NO_TIER = 999


class OrderTracking(models.Model):
    """The tracking of one confirmed order (订单跟踪表, K1).

    It consists of lots with milestones; most orders have a single lot. The figures are
    stored for lists and computed set-based by ``_refresh``.
    """

    _name = "followup.order.tracking"
    _inherit = ["followup.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Order tracking"
    _order = "tier_sequence, next_date, id"
    _rec_names_search = ["name", "client_order_ref"]
    _check_company_auto = True
    # Set by the order, by documents and by the computation of dates only.
    _server_only = frozenset(
        {
            "name",
            "client_order_ref",
            "order_id",
            "customer_id",
            "company_id",
            "state",
            "order_date",
            "tier_sequence",
            "milestone_count",
            "done_count",
            "progress",
            "days_late",
            "days_behind",
            "risk",
            "next_type_id",
            "next_date",
            "forecast_delivery_date",
            "late_milestone_id",
        }
    )

    # Stored, so that it can be searched without rights on sale orders.
    name = fields.Char(related="order_id.name", store=True, string="Order number")
    order_id = fields.Many2one(
        "sale.order",
        required=True,
        readonly=True,
        ondelete="cascade",
        check_company=True,
    )
    customer_id = fields.Many2one(
        "followup.customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Merchandiser",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Follows this order from confirmation to payment.",
    )
    template_id = fields.Many2one(
        "followup.tracking.template",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    state = fields.Selection(
        STATES, string="Status", required=True, default="open", readonly=True
    )
    client_order_ref = fields.Char(
        related="order_id.client_order_ref",
        store=True,
        string="Customer's order number",
    )
    order_date = fields.Date(required=True, readonly=True, string="Ordered on")
    delivery_date = fields.Date(
        compute="_compute_delivery_date",
        inverse="_inverse_delivery_date",
        search="_search_delivery_date",
        string="Promised delivery",
        help="The last promised date of all lots.",
    )
    amount_total = fields.Monetary(related="order_id.amount_total")
    currency_id = fields.Many2one(related="order_id.currency_id")
    lot_ids = fields.One2many("followup.order.lot", "tracking_id", string="Lots")
    lot_count = fields.Integer(compute="_compute_delivery_date", string="Lot count")
    milestone_ids = fields.One2many(
        "followup.order.milestone", "tracking_id", string="Milestones"
    )
    requirement_ids = fields.One2many(
        "followup.order.requirement", "tracking_id", string="Requirement sheet"
    )
    exception_ids = fields.One2many(
        "followup.order.exception", "tracking_id", string="Exceptions"
    )

    tier_id = fields.Many2one(related="customer_id.tier_id", string="Tier")
    tier_color = fields.Integer(
        related="customer_id.tier_id.color", string="Tier colour"
    )
    tier_sequence = fields.Integer(readonly=True, default=NO_TIER)
    milestone_count = fields.Integer(readonly=True, string="Number of milestones")
    done_count = fields.Integer(readonly=True, string="Milestones done")
    progress = fields.Integer(readonly=True, string="Progress (%)", aggregator="avg")
    days_late = fields.Integer(
        readonly=True,
        string="Days late",
        aggregator="max",
        help="Days by which the goods, or what follows them, will come after the"
        " promised date.",
    )
    days_behind = fields.Integer(
        readonly=True,
        string="Days behind",
        aggregator="max",
        help="Days by which the next milestones are behind the plan.",
    )
    risk = fields.Selection(RISKS, readonly=True, required=True, default="on_track")
    next_type_id = fields.Many2one(
        "followup.milestone.type",
        string="Next milestone",
        readonly=True,
    )
    next_date = fields.Date(readonly=True, string="Next date")
    forecast_delivery_date = fields.Date(readonly=True, string="Expected delivery")
    late_milestone_id = fields.Many2one(
        "followup.order.milestone",
        string="Held up by",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    lc_number = fields.Char(string="L/C number")
    lc_latest_shipment = fields.Date(string="Latest shipment")
    lc_presentation = fields.Date(string="Latest presentation")
    lc_expiry = fields.Date(string="Expiry")

    _order_unique = models.UniqueIndex(
        "(order_id)", "This order is followed up already."
    )
    # Query: the open orders of a company, tier I first (default list, board).
    _open_first = models.Index(
        "(company_id, tier_sequence, next_date, id) WHERE state = 'open'"
    )
    # Query: the list "late and why".
    _late_first = models.Index(
        "(company_id, tier_sequence, next_date, id)"
        " WHERE state = 'open' AND risk <> 'on_track'"
    )

    @api.depends("name", "client_order_ref")
    def _compute_display_name(self):
        for tracking in self:
            tracking.display_name = " · ".join(
                part for part in (tracking.name, tracking.client_order_ref) if part
            )

    @api.depends("lot_ids.delivery_date")
    def _compute_delivery_date(self):
        for tracking in self:
            dates = [date for date in tracking.lot_ids.mapped("delivery_date") if date]
            tracking.delivery_date = max(dates, default=False)
            tracking.lot_count = len(tracking.lot_ids)

    def _inverse_delivery_date(self):
        for tracking in self:
            # First the value: computing anything of the lots would overwrite it.
            date = tracking.delivery_date
            if date and len(tracking.lot_ids) == 1:
                tracking.lot_ids.delivery_date = date

    @api.model
    def _search_delivery_date(self, operator, value):
        return [("lot_ids.delivery_date", operator, value)]

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Trackings are made by ``_create_missing``, from a confirmed order."""
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A tracking is made when an order is confirmed, or by the button"
                    " on the order."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        result = super().write(vals)
        if "user_id" in vals:
            self._assign_responsible()
        if vals.keys() & set(CREDIT_DATES):
            self._refresh()
        return result

    # === BUSINESS === #

    def _assign_responsible(self):
        """Open milestones of the merchandiser's role go to the new one."""
        for tracking in self:
            tracking.milestone_ids.filtered(
                lambda m: m.role == "merchandiser" and not m.actual_date
            ).user_id = tracking.user_id

    def _get_moved_text(self, moved):
        """How many later dates moved, and what that makes of the delivery."""
        self.ensure_one()
        text = self.env._(
            "%(count)s later dates moved by up to %(days)s days.",
            count=len(moved),
            days=max(moved, key=abs),
        )
        if self.days_late > 0 and self.forecast_delivery_date:
            late = self.env._(
                "Delivery is now expected on %(date)s, %(days)s days late.",
                date=format_date(self.env, self.forecast_delivery_date),
                days=self.days_late,
            )
            return f"{text} {late}"
        return text

    def _log_lines(self, lines):
        """A note of some lines in the log of this tracking."""
        self.ensure_one()
        if lines:
            body = Markup("<br/>").join(lines)
            self.message_post(body=body, subtype_xmlid="mail.mt_note")
