from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("signed", "Signed"),
    ("fulfilled", "Bought as intended"),
    ("ended", "Ended unfulfilled"),
    ("cancelled", "Cancelled"),
]
# Verb → states it starts from, state it leads to.
TRANSITIONS = {
    "send": (("draft",), "sent"),
    "sign": (("draft", "sent"), "signed"),
    "fulfil": (("signed",), "fulfilled"),
    "end": (("signed",), "ended"),
    "cancel": (("draft", "sent"), "cancelled"),
    "redraft": (("sent", "cancelled"), "draft"),
}
SERVER_ONLY = frozenset({"state", "sent_date"})
# What was signed stays as it was signed.
SIGNED_FIELDS = frozenset(
    "account_id name body amount currency_id date_from date_to signed_date"
    " signed_by_id".split()
)


class AccountIntent(models.Model):
    """A letter of intent with a key account (意向书, A6).

    What both sides want to do in a period: no contract, but the figure against which
    orders are measured.
    """

    _name = "followup.account.intent"
    _inherit = [
        "followup.guarded.mixin",
        "followup.account.detail.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Letter of intent"
    _order = "date_from desc, id desc"
    _server_only = SERVER_ONLY

    name = fields.Char(string="Subject", required=True, tracking=True)
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
        index=True,
        tracking=True,
    )
    body = fields.Html(string="Text of the letter")
    amount = fields.Monetary(
        string="Intended amount", help="Untaxed, for the whole period."
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", required=True)
    sent_date = fields.Date(string="Sent on", readonly=True, copy=False)
    signed_date = fields.Date(string="Signed on", copy=False, tracking=True)
    signed_by_id = fields.Many2one(
        "res.partner",
        string="Signed by",
        copy=False,
        index="btree_not_null",
        domain="[('parent_id', '=', partner_id)]",
    )
    partner_id = fields.Many2one(
        related="account_id.partner_id", string="Contact of the file"
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "followup_account_intent_attachment_rel",
        "intent_id",
        "attachment_id",
        string="Signed letter",
        copy=False,
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency"
    )
    ordered_amount = fields.Monetary(
        compute="_compute_ordered_amount",
        string="Bought in the period",
        currency_field="company_currency_id",
        help="Sales from the first to the last day of the period, untaxed.",
    )
    fulfilment = fields.Float(compute="_compute_ordered_amount", string="Fulfilled (%)")

    _period_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The period ends before it begins."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "The intended amount cannot be negative."
    )

    @api.depends("account_id", "date_from", "date_to", "amount", "currency_id")
    def _compute_ordered_amount(self):
        """Sales of the period in company currency, live, for all letters together."""
        ordered = self._origin._get_ordered()
        for intent in self:
            bought = ordered.get(intent._origin.id) or 0
            wanted = intent.amount
            own = intent.company_currency_id
            if wanted and own and intent.currency_id and intent.currency_id != own:
                wanted = intent.currency_id._convert(
                    wanted,
                    own,
                    intent.company_id,
                    intent.signed_date or intent.date_from,
                )
            intent.ordered_amount = bought
            intent.fulfilment = 100 * bought / wanted if wanted else 0

    def _get_ordered(self):
        """Sales in each letter's period: dict of id: amount in company currency."""
        self.env.flush_all()
        ordered = {}
        for company, intents in self.grouped("company_id").items():
            sales = self.env["followup.sales.fact"]._fact_select(
                company,
                min(intents.mapped("date_from")),
                fields.Date.add(max(intents.mapped("date_to")), days=1),
            )
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT i.id, SUM(s.amount)::float8
                      FROM followup_account_intent i
                      JOIN (%s) s ON s.customer_id = i.customer_id
                           AND s.date BETWEEN i.date_from AND i.date_to
                     WHERE i.id = ANY(%s) GROUP BY i.id
                    """,
                    sales,
                    intents.ids,
                )
            )
            ordered.update(rows)
        return ordered

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_server_only(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        if not self.env.su and SIGNED_FIELDS & vals.keys():
            if self.filtered(lambda one: one.state in ("signed", "fulfilled", "ended")):
                raise UserError(
                    self.env._("What was signed stays as it is. Write a new letter.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if self.filtered(lambda one: one.state not in ("draft", "cancelled")):
            raise UserError(self.env._("A letter that was sent is kept."))

    # === ACTIONS === #

    def action_send(self):
        """It went to the customer."""
        self._move("send", sent_date=fields.Date.context_today(self))

    def action_sign(self):
        """Both sides signed; the day is known, and it is not to come."""
        today = fields.Date.context_today(self)
        for intent in self:
            if not intent.signed_date or intent.signed_date > today:
                raise UserError(
                    self.env._("Enter the day on which it was signed first.")
                )
        self._move("sign")

    def action_fulfil(self):
        """The intended amount was bought."""
        self._move("fulfil")

    def action_end(self):
        """The period is over, and less was bought."""
        self._move("end")

    def action_cancel(self):
        """Not wanted any more."""
        self._move("cancel")

    def action_redraft(self):
        """Change it and send it again."""
        self._move("redraft", sent_date=False)

    # === BUSINESS === #

    def _move(self, verb, **values):
        self.check_access("write")
        sources, target = TRANSITIONS[verb]
        if any(intent.state not in sources for intent in self):
            raise UserError(self.env._("The letter has moved on already."))
        # Elevated: the state moves by these methods only.
        self.sudo().write({"state": target, **values})
