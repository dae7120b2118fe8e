from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("development", "Development sample"),
    ("lab_dip", "Lab dip"),
    ("strike_off", "Strike-off"),
    ("fit", "Fit sample"),
    ("size_set", "Size set"),
    ("salesman", "Salesman sample"),
    ("pre_production", "Pre-production sample"),
    ("sealed", "Sealed sample"),
    ("production", "Production sample"),
    ("shipment", "Shipment sample"),
]
# Production does not start while one of these is open.
BLOCKING = ("pre_production", "sealed")
STATES = [
    ("wanted", "To be made"),
    ("sent", "Sent"),
    ("approved", "Approved"),
    ("comments", "Approved with comments"),
    ("rejected", "Rejected"),
]


class ProductSample(models.Model):
    """A sample (样品): sent when and to whom, and what the customer said (K3)."""

    _name = "followup.product.sample"
    _inherit = ["followup.product.detail.mixin"]
    _description = "Sample"
    _order = "tracking_id, date_wanted desc, id desc"
    _server_only = frozenset(
        {
            "customer_id",
            "company_id",
            "state",
            "sent_on",
            "decided_on",
            "decision_user_id",
            "round_number",
        }
    )

    kind = fields.Selection(
        KINDS, string="Sample", required=True, default="pre_production"
    )
    round_number = fields.Integer(
        string="Round", readonly=True, default=1, help="How often it was tried."
    )
    quantity = fields.Integer(string="Pieces", default=1)
    date_wanted = fields.Date(string="Wanted by", default=fields.Date.context_today)
    sent_on = fields.Date(string="Sent on", readonly=True, copy=False)
    sent_to_id = fields.Many2one("res.partner", string="Sent to")
    sent_reference = fields.Char(string="Courier's number")
    comments = fields.Text(string="What the customer said")
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="wanted",
        copy=False,
        index=True,
    )
    decided_on = fields.Date(string="Decided on", readonly=True, copy=False)
    decided_by = fields.Char(
        string="Decided by", help="Who at the customer.", copy=False
    )
    decision_user_id = fields.Many2one(
        "res.users", string="Decision noted by", readonly=True, copy=False
    )
    picture_ids = fields.One2many(
        "followup.product.picture", "sample_id", string="Pictures"
    )
    blocks_production = fields.Boolean(
        compute="_compute_blocks_production", string="Production waits for it"
    )
    is_late = fields.Boolean(compute="_compute_is_late", string="Is late")

    @api.depends("kind", "round_number", "tracking_id.product_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for sample in self:
            label = labels.get(sample.kind, "")
            sample.display_name = f"{label} {sample.round_number}".strip()

    @api.depends("kind", "state", "tracking_id.sample_ids.state")
    def _compute_blocks_production(self):
        """A rejected one waits for its next round, which blocks in its place."""
        for sample in self:
            later = sample.tracking_id.sample_ids.filtered(
                lambda s, this=sample: (
                    s.kind == this.kind and s.round_number > this.round_number
                )
            )
            sample.blocks_production = (
                sample.kind in BLOCKING
                and sample.state in ("wanted", "sent", "rejected")
                and not later
            )

    @api.depends("state", "date_wanted")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for sample in self:
            sample.is_late = bool(
                sample.state == "wanted"
                and sample.date_wanted
                and sample.date_wanted < today
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        samples = super().create(vals_list)
        for sample in samples:
            same = sample.tracking_id.sample_ids.filtered(
                lambda s, this=sample: s.kind == this.kind and s.id < this.id
            )
            # Elevated: the round is counted, not chosen.
            sample.sudo().round_number = len(same) + 1
        return samples

    # === ACTIONS === #

    def action_sent(self):
        """It is on its way to the customer."""
        self._set_state("sent", ("wanted",))
        # Elevated: rights were checked by the step.
        self.sudo().sent_on = fields.Date.context_today(self)

    def action_approve(self):
        """The customer approved it as it is."""
        self._decide("approved")

    def action_approve_comments(self):
        """The customer approved it, but wants something changed."""
        self._check_comments()
        self._decide("comments")

    def action_reject(self):
        """The customer wants another one: the next round is put on the list."""
        self._check_comments()
        self._decide("rejected")
        # Elevated: rights were checked by the step; the round follows from the last.
        self.sudo().create(
            [
                {
                    "tracking_id": sample.tracking_id.id,
                    "kind": sample.kind,
                    "quantity": sample.quantity,
                    "sent_to_id": sample.sent_to_id.id,
                    "date_wanted": fields.Date.add(
                        fields.Date.context_today(self), days=7
                    ),
                }
                for sample in self
            ]
        )

    def action_reopen(self):
        """Undo a decision that was pressed by mistake."""
        self._set_state("sent", ("approved", "comments", "rejected"))

    # === BUSINESS === #

    def _check_comments(self):
        if any(not (sample.comments or "").strip() for sample in self):
            raise UserError(
                self.env._(
                    "Write down what the customer said: the next round needs it."
                )
            )

    def _decide(self, state):
        self._set_state(state, ("wanted", "sent"))
        # Elevated: rights were checked by the step.
        self.sudo().write(
            {
                "decided_on": fields.Date.context_today(self),
                "decision_user_id": self.env.uid,
            }
        )

    def _set_state(self, state, allowed):
        self.check_access("write")
        if any(sample.state not in allowed for sample in self):
            raise UserError(
                self.env._(
                    "This step is not possible now: look at the sample's status."
                )
            )
        # Elevated: rights are checked; the state is closed to direct writing.
        self.sudo().state = state

    def _get_note(self):
        """The sample and where it stands, in a few words."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        return f"{self.display_name}: {labels[self.state]}"
