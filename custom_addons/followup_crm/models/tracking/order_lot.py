from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .order_milestone import RISKS


class OrderLot(models.Model):
    """A part of an order that is made and delivered by itself (批次, K1).

    A lot without lines holds whatever of the order no other lot holds.
    """

    _name = "followup.order.lot"
    _inherit = ["followup.guarded.mixin"]
    _description = "Lot of an order"
    _order = "tracking_id, sequence, delivery_date, id"
    _check_company_auto = True
    _server_only = frozenset(
        {
            "company_id",
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

    name = fields.Char(required=True, default=lambda self: self.env._("Whole order"))
    sequence = fields.Integer(default=10)
    tracking_id = fields.Many2one(
        "followup.order.tracking",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="tracking_id.company_id", store=True)
    order_id = fields.Many2one(related="tracking_id.order_id")
    delivery_date = fields.Date(required=True, string="Promised delivery")
    factory_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        check_company=True,
        help="Who makes it.",
    )
    purchase_ref = fields.Reference(
        selection="_selection_purchase_ref",
        string="Purchase order",
        help="What it is ordered by from the factory.",
    )
    has_purchase = fields.Boolean(compute="_compute_has_purchase")
    line_ids = fields.One2many("followup.order.lot.line", "lot_id", string="Products")
    milestone_ids = fields.One2many(
        "followup.order.milestone", "lot_id", string="Milestones"
    )

    milestone_count = fields.Integer(readonly=True, string="Number of milestones")
    done_count = fields.Integer(readonly=True, string="Milestones done")
    progress = fields.Integer(readonly=True, string="Progress (%)", aggregator="avg")
    days_late = fields.Integer(readonly=True, string="Days late", aggregator="max")
    days_behind = fields.Integer(readonly=True, string="Days behind", aggregator="max")
    risk = fields.Selection(RISKS, readonly=True, required=True, default="on_track")
    next_type_id = fields.Many2one(
        "followup.milestone.type", string="Next milestone", readonly=True
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

    @api.model
    def _selection_purchase_ref(self):
        if "purchase.order" not in self.env:
            return []
        return [("purchase.order", self.env._("Purchase order"))]

    def _compute_has_purchase(self):
        self.has_purchase = bool(self._selection_purchase_ref())

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        lots = super().create(vals_list)
        if not self.env.su:
            lots.tracking_id.check_access("write")
        return lots

    def write(self, vals):
        self._refuse_server_only(vals, fixed={"tracking_id"})
        before = {lot: lot.delivery_date for lot in self}
        result = super().write(vals)
        changed = self.filtered(lambda lot: lot.delivery_date != before[lot])
        if changed:
            # Elevated: dates follow for whoever may change the promise.
            changed.sudo().tracking_id._refresh()
        for lot in changed:
            lot._tell_promise(before[lot])
        return result

    # === BUSINESS === #

    def _tell_promise(self, before):
        """Write into the log that this lot is promised for another day."""
        self.ensure_one()
        text = self.env._(
            "Promised delivery: %(date)s (until now %(before)s).",
            date=format_date(self.env, self.delivery_date),
            before=format_date(self.env, before),
        )
        several = len(self.tracking_id.lot_ids) > 1
        self.tracking_id._log_lines([f"{self.name}: {text}" if several else text])

    def _take_over_done(self, source):
        """What was done before the order was divided was done for this part as well.

        Deliveries, invoices and payments of a part are told by their documents.

        :param source: the lot that this one was taken from
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_order_milestone n
                   SET actual_date = m.actual_date
                  FROM followup_order_milestone m
                 WHERE n.lot_id = %(new)s AND m.lot_id = %(source)s
                   AND n.template_line_id = m.template_line_id
                   AND n.actual_date IS NULL AND m.actual_date IS NOT NULL
                   AND m.completes IN ('hand', 'order', 'deposit', 'document')
                """,
                new=self.id,
                source=source.id,
            )
        )

    def _get_quantities(self):
        """What this lot holds: order line → quantity."""
        if not self:
            return {}
        self.ensure_one()
        if self.line_ids:
            return {line.order_line_id: line.quantity for line in self.line_ids}
        # Elevated: who may read a tracking may read what was ordered.
        lines = self.sudo().order_id.order_line.filtered(
            lambda line: not line.display_type
        )
        held = {}
        for line in self.tracking_id.lot_ids.line_ids:
            held[line.order_line_id.id] = (
                held.get(line.order_line_id.id, 0) + line.quantity
            )
        return {
            line: line.product_uom_qty - held.get(line.id, 0)
            for line in lines
            if line.product_uom_qty > held.get(line.id, 0)
        }
