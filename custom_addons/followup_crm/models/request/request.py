from odoo import api, fields, models
from odoo.exceptions import UserError

from .states import (
    ANSWER_RESULTS,
    CHANNELS,
    KINDS,
    LINKS,
    OPEN_STATES,
    RESULTS,
    STATES,
)

# Only methods set these: the number, the state, dates, what it was turned into.
SERVER_ONLY = frozenset(
    """name state result tier_sequence asked_date answer_deadline warning_date
    is_warned is_escalated answered_date first_answered_date answer_hours answer_result
    closed_date reassign_count source_message_id is_sender_verified rule_id""".split()
) | frozenset(LINKS.values())


class Request(models.Model):
    """An inquiry or service request (客户来询) from the first word to its result.

    Whoever asks may be unknown yet: then there are a name and an address only, and the
    customer file is matched later. The state moves by the methods of ``request_flow``
    only, the handler by dispatch and reassignment.
    """

    _name = "followup.request"
    _inherit = [
        "followup.intake.mixin",
        "mail.activity.mixin",
        "followup.guarded.mixin",
        "followup.numbered.mixin",
        "followup.clock.mixin",
    ]
    _description = "Request"
    _order = "tier_sequence, answer_deadline, id"
    _rec_names_search = ["name", "subject"]
    _check_company_auto = True
    _mail_post_access = "read"
    _server_only = SERVER_ONLY
    _number_prefix = "R"

    name = fields.Char(string="Request number", readonly=True, copy=False)
    subject = fields.Char(
        string="What is asked", required=True, tracking=True, index="trigram"
    )
    description = fields.Text(string="In the customer's words", tracking=True)
    kind = fields.Selection(
        KINDS, string="Kind of request", required=True, default="inquiry", tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="new",
        readonly=True,
        tracking=True,
        group_expand="_expand_states",
    )
    is_open = fields.Boolean(
        compute="_compute_is_open", store=True, precompute=True, string="Is open"
    )
    result = fields.Selection(RESULTS, readonly=True, tracking=True, copy=False)

    # Who asks
    customer_id = fields.Many2one(
        "followup.customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Empty while it is unknown who asks.",
    )
    customer_partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Contact of the customer"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Asked by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    contact_name = fields.Char(string="Name of the person")
    contact_company = fields.Char(string="Name of the company")
    email_from = fields.Char(string="E-mail", tracking=True)
    phone = fields.Char()
    country_id = fields.Many2one(
        "res.country",
        compute="_compute_country_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_sender_verified = fields.Boolean(
        string="Sender verified",
        readonly=True,
        default=True,
        help="Off where the sender's address could have been forged.",
    )
    source_message_id = fields.Char(
        string="Message-Id of the mail", readonly=True, copy=False
    )
    tier_id = fields.Many2one(related="customer_id.tier_id", string="Tier")
    tier_color = fields.Integer(related="tier_id.color", string="Tier colour")
    tier_sequence = fields.Integer(
        string="Tier order", readonly=True, default=999, aggregator=None
    )

    # How and when it came in
    channel = fields.Selection(
        CHANNELS, string="Received by", required=True, default="phone", tracking=True
    )
    received_date = fields.Datetime(
        string="Received on", required=True, default=lambda self: fields.Datetime.now()
    )
    received_by_id = fields.Many2one(
        "res.users", string="Taken by", index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handled by",
        tracking=True,
        index="btree_not_null",
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    rule_id = fields.Many2one(
        "followup.request.rule",
        string="Dispatched by",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    reassign_count = fields.Integer(string="Reassigned", readonly=True)

    # What it is about
    order_id = fields.Many2one(
        "sale.order",
        string="About order",
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", check_company=True, tracking=True
    )
    quantity = fields.Float(string="Quantity wanted")

    # When it was answered
    asked_date = fields.Datetime(string="Waiting since", readonly=True)
    answer_deadline = fields.Datetime(string="Answer by", readonly=True)
    warning_date = fields.Datetime(string="Warned on", readonly=True)
    is_warned = fields.Boolean(string="Was warned", readonly=True)
    is_escalated = fields.Boolean(string="Was escalated", readonly=True)
    answered_date = fields.Datetime(string="Answered on", readonly=True, tracking=True)
    first_answered_date = fields.Datetime(string="First answered on", readonly=True)
    answer_hours = fields.Float(
        string="Working hours to the answer", readonly=True, aggregator="avg"
    )
    answer_result = fields.Selection(
        ANSWER_RESULTS,
        string="Answer in time",
        required=True,
        default="waiting",
        readonly=True,
    )
    closed_date = fields.Datetime(string="Closed on", readonly=True)

    # Query: the list of open requests of a company, tier I first, most urgent next.
    _open_order = models.Index(
        "(company_id, tier_sequence, answer_deadline, id) WHERE is_open IS TRUE"
    )
    # Query: what is to be warned of or escalated now.
    _due_order = models.Index(
        "(warning_date) WHERE answered_date IS NULL AND is_escalated IS NOT TRUE"
    )
    # Query: the reply to a number; two requests never share one.
    _name_unique = models.UniqueIndex("(name, company_id)")
    # Query: has this mail made a request already? The same mail never makes two.
    _source_message_unique = models.UniqueIndex(
        "(source_message_id) WHERE source_message_id IS NOT NULL",
        "This mail has made a request already.",
    )

    # === COMPUTE === #

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for request in self:
            parts = (request.name, request.subject)
            request.display_name = " ".join(part for part in parts if part)

    @api.model
    def _expand_states(self, _states, _domain):
        """The board shows every open state, in the order of the work."""
        return list(OPEN_STATES)

    @api.depends("state")
    def _compute_is_open(self):
        for request in self:
            request.is_open = request.state in OPEN_STATES

    @api.depends("customer_id", "partner_id")
    def _compute_country_id(self):
        for request in self:
            # Elevated: dispatch reads the country whoever writes the request down.
            own = request.sudo()
            found = own.partner_id.country_id or own.customer_id.partner_id.country_id
            request.country_id = found.sudo(False) or request.country_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Register requests: number, handler, tier and promised time are given."""
        self.check_access("create")
        self._refuse_server_only({name for vals in vals_list for name in vals})
        defaults = self.default_get(["company_id", "received_date", "kind"])
        vals_list = [{**defaults, **vals} for vals in vals_list]
        self._fill_customers(vals_list)
        vals_list = [self._prepare_create_vals(vals) for vals in vals_list]
        self._fill_handlers(vals_list)
        self._fill_numbers(vals_list)
        self._fill_deadlines(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals, fixed=frozenset({"user_id"}))
        if "company_id" in vals:
            raise UserError(
                self.env._("A request stays in the company that received it.")
            )
        if vals.get("customer_id"):
            # Odoo checks the rules before a write only: who hands a request to
            # another customer must see that customer, too.
            self.env["followup.customer"].browse(vals["customer_id"]).check_access(
                "read"
            )
        result = super().write(vals)
        if "customer_id" in vals:
            self._follow_customer()
        if {"kind", "customer_id"} & vals.keys():
            self._replan()
        return result

    def copy(self, default=None):
        """Refused: each request is received once."""
        if self:
            raise UserError(
                self.env._(
                    "A request cannot be duplicated: each has its own number. Enter a"
                    " new one instead."
                )
            )
        return super().copy(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("Requests are never deleted: press “No request” instead.")
        )

    # === BUSINESS === #

    @api.onchange("order_id")
    def _onchange_order_id(self):
        """An order tells the customer; what there is one of needs no choosing."""
        # Elevated: who may not open the order chooses by it all the same.
        order = self.order_id.sudo()
        if order and not self.customer_id:
            self.customer_id = self.customer_id._for_partner(
                order.partner_id, order.company_id
            )
            self.partner_id = order.partner_id.sudo(False)
        products = order.order_line.product_id
        if len(products) == 1 and not self.product_id:
            self.product_id = products.sudo(False)

    @api.onchange("customer_id")
    def _onchange_customer_id(self):
        """The contact belongs to the customer."""
        partner = self.customer_id.partner_id
        if partner and self.partner_id.commercial_partner_id != partner:
            self.partner_id = partner

    def _prepare_create_vals(self, vals):
        """Complete the values of one new request; unknown customers are allowed."""
        vals = dict(vals)
        # Elevated: the tier follows from the file, who may see it or not.
        customer = (
            self.env["followup.customer"].sudo().browse(vals.get("customer_id") or [])
        )
        if customer and not vals.get("partner_id"):
            vals["partner_id"] = customer.partner_id.id
        vals["tier_sequence"] = customer.tier_sequence or 999 if customer else 999
        vals["asked_date"] = vals["received_date"]
        if "received_by_id" not in vals and not self.env.su:
            vals["received_by_id"] = self.env.uid
        return vals
