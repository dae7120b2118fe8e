from odoo import api, fields, models

from .chase_rule import KINDS

STATES = [
    ("proposed", "Waiting to be sent"),
    ("sent", "Sent"),
    ("skipped", "Skipped"),
    ("withdrawn", "Not needed any more"),
]
SEND_STATES = [
    ("ready", "Ready to send"),
    ("no_address", "No e-mail address"),
    ("opted_out", "Wants no reminders"),
    ("today", "Had a reminder today"),
    ("closed", "Not open any more"),
]
OUTCOMES = [
    ("waiting", "Not known yet"),
    ("order", "Order"),
    ("reply", "Reply"),
    ("none", "Nothing"),
]
SERVER_ONLY = frozenset(
    """kind company_id customer_id partner_id order_id sample_id user_id state
    round_number waiting_since proposed_on sent_date sent_on sent_by_id done_on outcome
    outcome_on phrase_id""".split()
)


class Chase(models.Model):
    """A friendly reminder of a quotation or sample without reply (催单, Q3).

    Proposed by the nightly job, looked through and sent by a person. Never twice on one
    day to one customer, never more often than the rule says.
    """

    _name = "followup.chase"
    _inherit = ["followup.guarded.mixin"]
    _description = "Reminder"
    _order = "state, tier_sequence, waiting_since, id"
    _rec_name = "subject"
    _check_company_auto = True
    _server_only = SERVER_ONLY

    kind = fields.Selection(
        KINDS, string="What is chased", required=True, readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    customer_id = fields.Many2one(
        "followup.customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    tier_id = fields.Many2one(related="customer_id.tier_id", string="Tier")
    tier_color = fields.Integer(related="tier_id.color", string="Tier colour")
    tier_sequence = fields.Integer(
        string="Tier order", readonly=True, default=999, aggregator=None
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="To",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Quotation",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    sample_id = fields.Many2one(
        "followup.product.sample",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    document = fields.Char(
        string="About", compute="_compute_document", compute_sudo=True
    )
    user_id = fields.Many2one(
        "res.users", string="Handled by", readonly=True, index="btree_not_null"
    )
    phrase_id = fields.Many2one(
        "followup.phrase", readonly=True, index="btree_not_null", ondelete="set null"
    )
    round_number = fields.Integer(string="Reminder number", readonly=True, default=1)
    waiting_since = fields.Date(string="Without reply since", readonly=True)
    proposed_on = fields.Date(string="Proposed on", readonly=True)
    subject = fields.Char(required=True)
    body = fields.Text(string="Text of the mail", required=True)
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="proposed",
        index=True,
    )
    send_state = fields.Selection(
        SEND_STATES, string="Can it go out", compute="_compute_send_state"
    )
    sent_date = fields.Datetime(string="Sent at", readonly=True)
    sent_on = fields.Date(string="Sent on", readonly=True)
    sent_by_id = fields.Many2one("res.users", string="Sent by", readonly=True)
    done_on = fields.Date(string="Done on", readonly=True)
    outcome = fields.Selection(
        OUTCOMES,
        string="What came of it",
        readonly=True,
        required=True,
        default="waiting",
    )
    outcome_on = fields.Date(string="Came on", readonly=True)

    # Query: one reminder a day for a customer, also at the same moment.
    _sent_unique = models.UniqueIndex(
        "(customer_id, sent_on) WHERE state = 'sent'",
        "This customer has had a reminder today already.",
    )
    # Query: a thing is proposed once at a time.
    _order_unique = models.UniqueIndex(
        "(order_id) WHERE state = 'proposed' AND order_id IS NOT NULL"
    )
    _sample_unique = models.UniqueIndex(
        "(sample_id) WHERE state = 'proposed' AND sample_id IS NOT NULL"
    )

    # === COMPUTE === #

    @api.depends("order_id", "sample_id")
    @api.depends_context("lang")
    def _compute_document(self):
        for chase in self:
            sample = chase.sample_id
            text = f"{sample.tracking_id.display_name} {sample.display_name}"
            chase.document = text if sample else chase.order_id.display_name

    @api.depends("state", "order_id", "sample_id", "partner_id", "customer_id")
    def _compute_send_state(self):
        today = self._get_sent_today()
        for chase in self:
            # Elevated: address and consent decide, whoever looks at the list.
            own = chase.sudo()
            if own.state != "proposed" or not own._is_waiting():
                chase.send_state = "closed"
            elif not own.partner_id.email_normalized:
                chase.send_state = "no_address"
            elif own.customer_id.chase_opt_out or own.partner_id.is_blacklisted:
                chase.send_state = "opted_out"
            elif own.customer_id in today:
                chase.send_state = "today"
            else:
                chase.send_state = "ready"

    def _get_sent_today(self):
        """The customers that have had a reminder today; one query for all."""
        # Elevated: a colleague's reminder is one, too.
        found = self.sudo().search(
            [
                ("customer_id", "in", self.sudo().customer_id.ids),
                ("state", "=", "sent"),
                ("sent_on", "=", fields.Date.context_today(self)),
            ]
        )
        return found.customer_id

    def _is_waiting(self):
        """Whether the customer still has to answer."""
        self.ensure_one()
        if self.kind == "quotation":
            return self.order_id.state == "sent"
        return self.sample_id.state == "sent"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Reminders are proposed by the job only."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        return super().write(vals)
