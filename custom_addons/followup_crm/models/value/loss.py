from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

LOSS_TYPES = [
    ("natural", "Natural: moved, closed, no more need"),
    ("competition", "Competition"),
    ("our_fault", "Our fault"),
    ("ended_fraud", "Ended by us: fraud"),
    ("ended_credit", "Ended by us: credit"),
    ("ended_product", "Ended by us: product change"),
]


class Loss(models.Model):
    """A lost customer (流失客户) in the register of losses (V7).

    What kind of loss it was, why, what we tried and what came of it. A later order or
    a win-back case that succeeds makes it regained.
    """

    _name = "followup.loss"
    _inherit = [
        "followup.customer.detail.mixin",
        "mail.thread",
        "followup.guarded.mixin",
    ]
    _description = "Lost customer"
    _rec_name = "customer_id"
    _order = "date desc, id desc"
    _server_only = frozenset({"state", "regained_date", "yearly_amount"})

    date = fields.Date(
        string="Lost on",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    kind = fields.Selection(
        LOSS_TYPES, string="Type", required=True, default="natural", tracking=True
    )
    competitor_id = fields.Many2one(
        "followup.competitor",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        help="Who serves the customer now.",
    )
    reason = fields.Text(required=True, help="Why, in the customer's own words.")
    tried = fields.Text(string="What we tried")
    outcome = fields.Text(string="What came of it")
    lesson = fields.Text(string="What we learn from it")
    user_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        default=lambda self: self.env.user,
        readonly=True,
    )
    state = fields.Selection(
        [("lost", "Lost"), ("regained", "Regained")],
        string="Status",
        required=True,
        readonly=True,
        default="lost",
        copy=False,
        tracking=True,
    )
    regained_date = fields.Date(
        string="Regained on", readonly=True, copy=False, tracking=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    yearly_amount = fields.Monetary(
        string="Yearly turnover lost",
        readonly=True,
        copy=False,
        help="Turnover of the 12 months before its last order.",
    )

    @api.constrains("kind", "competitor_id")
    def _check_competitor(self):
        for loss in self:
            if loss.kind == "competition" and not loss.competitor_id:
                raise ValidationError(
                    self.env._(
                        "Name the competitor to whom %(customer)s was lost.",
                        customer=loss.customer_id.display_name,
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for loss in self:
            if loss.date > today:
                raise ValidationError(
                    self.env._("A loss cannot be dated in the future.")
                )

    @api.constrains("customer_id", "state")
    def _check_once(self):
        """One open loss a customer."""
        groups = self._read_group(
            [("customer_id", "in", self.customer_id.ids), ("state", "=", "lost")],
            ["customer_id"],
            ["__count"],
            [("__count", ">", 1)],
        )
        for customer, _number in groups:
            raise ValidationError(
                self.env._(
                    "%(customer)s is in the register of losses already: complete the"
                    " entry that is there.",
                    customer=customer.display_name,
                )
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_server_only(vals)
        self._check_customers(vals_list)
        losses = super().create(vals_list)
        losses._note_amount()
        return losses

    def write(self, vals):
        self._refuse_server_only(vals, frozenset({"customer_id"}))
        return super().write(vals)

    # === ACTIONS === #

    def action_regain(self):
        """The customer is ours again: the loss is history."""
        self.check_access("write")
        # Elevated: the state moves by this method only.
        self.filtered(lambda loss: loss.state == "lost").sudo().write(
            {"state": "regained", "regained_date": fields.Date.context_today(self)}
        )

    # === BUSINESS === #

    def _note_amount(self):
        """Keep what the customer bought in the year before its last order."""
        groups = self.env["followup.sales.month"]._read_group(
            [("customer_id", "in", self.customer_id.ids)],
            ["customer_id", "month:month"],
            ["amount:sum"],
        )
        bought = {}
        for customer, month, amount in groups:
            bought.setdefault(customer, {})[month] = amount
        for loss in self.sudo():  # the amount is set by this method only
            months = bought.get(loss.customer_id.with_env(self.env), {})
            bought_in = [month for month, amount in months.items() if amount]
            # Twelve months, the last purchase's own month included.
            first = max(bought_in) - relativedelta(months=11) if bought_in else None
            loss.yearly_amount = sum(
                months[month] for month in bought_in if month >= first
            )
