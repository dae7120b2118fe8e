from odoo import api, fields, models
from odoo.exceptions import UserError

from .states import (
    CHANNELS,
    NATURES,
    OPEN_STATES,
    PORTAL_FIELDS,
    SEVERITIES,
    STATES,
    WISHES,
)

# Only methods set these: the number, the state, what was approved, the dates.
SERVER_ONLY = frozenset(
    """name state outcome tier_sequence is_judged nature refusal_reason
    acknowledged_date contained_date proposed_date agreed_date remedied_date told_date
    capa_date closed_date reopened_date reopen_count is_paused paused_date
    acknowledge_deadline contain_deadline propose_deadline capa_deadline close_deadline
    clock_warnings is_warned is_escalated reminder_date call_date source_message_id
    is_sender_verified revisit_date revisit_result revisited_on directed_by_id
    directed_date capa_decision
    customer_rating customer_rating_comment customer_rated_date""".split()
)


class Complaint(models.Model):
    """A complaint (客户投诉) from the first word to the revisit; ISO 10002.

    Whoever complains may be unknown yet: then there are a name and an address only, and
    the customer file is matched later. Nothing is deleted. The state moves by the
    methods of ``complaint_flow`` only.
    """

    _name = "followup.complaint"
    _inherit = [
        "portal.mixin",
        "followup.intake.mixin",
        "mail.activity.mixin",
        "followup.guarded.mixin",
        "followup.numbered.mixin",
        "followup.clock.mixin",
    ]
    _description = "Complaint"
    _order = "tier_sequence, next_deadline, id"
    _rec_names_search = ["name", "subject"]
    _check_company_auto = True
    _mail_post_access = "read"
    _server_only = SERVER_ONLY
    _number_prefix = "C"

    name = fields.Char(string="Complaint number", readonly=True, copy=False)
    subject = fields.Char(required=True, tracking=True)
    description = fields.Text(string="What the customer says", tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="received",
        readonly=True,
        tracking=True,
        group_expand="_expand_states",
    )
    is_open = fields.Boolean(
        compute="_compute_is_open", store=True, string="Is open", precompute=True
    )

    # Who complains
    customer_id = fields.Many2one(
        "followup.customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Empty while it is unknown who complains.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Complained by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    complainant_name = fields.Char(string="Name of the person")
    complainant_company = fields.Char(string="Name of the company")
    email_from = fields.Char(string="E-mail", tracking=True)
    phone = fields.Char()
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

    # How and when it was received
    channel = fields.Selection(
        CHANNELS, string="Received by", required=True, default="phone", tracking=True
    )
    received_date = fields.Datetime(
        string="Received on",
        required=True,
        default=lambda self: fields.Datetime.now(),
        tracking=True,
    )
    received_by_id = fields.Many2one(
        "res.users", string="Taken by", tracking=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handled by",
        tracking=True,
        index="btree_not_null",
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )

    # What it is about
    order_id = fields.Many2one(
        "sale.order", index="btree_not_null", check_company=True, tracking=True
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Shipment",
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", check_company=True, tracking=True
    )
    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot or serial number",
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    quantity = fields.Float(string="Quantity affected", tracking=True)
    wanted = fields.Selection(WISHES, string="Customer wants", tracking=True)
    wish = fields.Text(string="In the customer's words")

    # Judged
    severity = fields.Selection(
        SEVERITIES,
        required=True,
        default="major",
        tracking=True,
        index=True,
        help="Until it is judged, a complaint is taken for a major one.",
    )
    nature = fields.Selection(
        NATURES, required=True, default="genuine", readonly=True, tracking=True
    )

    # Query: the list of open complaints of a company, tier I first, most urgent next.
    _open_order = models.Index(
        "(company_id, tier_sequence, next_deadline, id) WHERE is_open IS TRUE"
    )
    # Query: the archive, newest first.
    _archive_order = models.Index("(received_date DESC, id DESC)")
    # Query: the reply to a number; two complaints never share one.
    _name_unique = models.UniqueIndex("(name, company_id)")
    # Query: has this mail made a complaint already? The same mail never makes two.
    _source_message_unique = models.UniqueIndex(
        "(source_message_id) WHERE source_message_id IS NOT NULL",
        "This mail has made a complaint already.",
    )

    # === COMPUTE === #

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for complaint in self:
            parts = (complaint.name, complaint.subject)
            complaint.display_name = " ".join(part for part in parts if part)

    @api.model
    def _expand_states(self, _states, _domain):
        """The board shows every open state, in the order of the work."""
        return list(OPEN_STATES)

    @api.depends("state")
    def _compute_is_open(self):
        for complaint in self:
            complaint.is_open = complaint.state != "closed"

    def _compute_access_url(self):
        for complaint in self:
            complaint.access_url = f"/my/complaints/{complaint.id}"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Register complaints: number, handler, tier and promised times are given."""
        self.check_access("create")
        self._refuse_server_only({name for vals in vals_list for name in vals})
        defaults = self.default_get(["company_id", "received_date", "severity"])
        vals_list = [{**defaults, **vals} for vals in vals_list]
        self._fill_customers(vals_list)
        vals_list = [self._prepare_create_vals(vals) for vals in vals_list]
        self._fill_numbers(vals_list)
        self._fill_clocks(vals_list)
        complaints = super().create(vals_list)
        complaints.filtered("cause_id")._note_recurrence()
        return complaints

    def write(self, vals):
        self._refuse_server_only(vals)
        if "company_id" in vals:
            raise UserError(
                self.env._("A complaint stays in the company that received it.")
            )
        if vals.get("customer_id"):
            # Odoo checks the rules before a write only: who hands a complaint to
            # another customer must see that customer, too.
            self.env["followup.customer"].browse(vals["customer_id"]).check_access(
                "read"
            )
        result = super().write(vals)
        if "customer_id" in vals:
            self._follow_customer()
        if {"severity", "customer_id", "received_date"} & vals.keys():
            self.filtered("is_open")._replan_clocks()
        if {"cause_id", "product_id"} & vals.keys():
            self._note_recurrence()
        return result

    def copy(self, default=None):
        """Refused: each complaint is received once."""
        if self:
            raise UserError(
                self.env._(
                    "A complaint cannot be duplicated: each has its own number and its"
                    " own record. Register a new one instead."
                )
            )
        return super().copy(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(
            self.env._("Complaints are never deleted: every one stays on record.")
        )

    def _has_field_access(self, field, operation):
        """Portal customers read what concerns them, and none of what is internal."""
        if not self.env.su and self.env.user.share:
            return operation == "read" and field.name in PORTAL_FIELDS
        return super()._has_field_access(field, operation)

    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Portal customers have their newest first: our order is by internal fields."""
        if order in (None, self._order) and not self.env.su and self.env.user.share:
            order = "received_date desc, id desc"
        return super()._search(domain, offset, limit, order, **kwargs)

    # === BUSINESS === #

    def _prepare_create_vals(self, vals):
        """Complete the values of one new complaint; unknown customers are allowed."""
        vals = dict(vals)
        company = self.env["res.company"].browse(vals["company_id"])
        # Elevated: handler and tier follow from the file, who may see it or not.
        customer = (
            self.env["followup.customer"].sudo().browse(vals.get("customer_id") or [])
        )
        if customer and not vals.get("partner_id"):
            vals["partner_id"] = customer.partner_id.id
        vals["tier_sequence"] = customer.tier_sequence if customer else 999
        if "received_by_id" not in vals and not self.env.su:
            vals["received_by_id"] = self.env.uid
        # A form sends an empty handler where nobody was chosen.
        if not vals.get("user_id"):
            vals["user_id"] = self._get_handler(customer, company).id
        return vals

    @api.model
    def _get_handler(self, customer, company):
        """Who handles it: the customer's owner, else an officer of the company."""
        if customer.user_id.active:
            return customer.user_id
        # Elevated: users may not read groups.
        for group in ("group_complaint_officer", "group_manager"):
            members = self.env.ref(f"followup_crm.{group}").sudo().all_user_ids
            found = members.filtered(
                lambda user: (
                    user.active
                    and company in user.company_ids
                    and user != self.env.ref("base.user_root")
                )
            )
            if found:
                return found.sorted("id")[:1]
        return self.env["res.users"]
