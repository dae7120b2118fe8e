from odoo import api, fields, models
from odoo.exceptions import UserError

from .states import WISHES

# Only methods set these: what was offered is what the customer answers to.
SERVER_ONLY = frozenset(
    {"state", "round", "offered_date", "answered_date", "answered_via", "answered_by"}
)
# What was offered to the customer does not change any more.
FIXED_ONCE_OFFERED = frozenset(
    {"name", "kind", "description", "amount", "complaint_id"}
)


class ComplaintProposal(models.Model):
    """A way to settle a complaint (处理方案); several offered, one agreed (C6)."""

    _name = "followup.complaint.proposal"
    _inherit = ["followup.guarded.mixin"]
    _description = "Proposal to settle a complaint"
    _order = "complaint_id, sequence, id"
    _check_company_auto = True
    _server_only = SERVER_ONLY

    complaint_id = fields.Many2one(
        "followup.complaint",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Proposal", required=True)
    kind = fields.Selection(WISHES, required=True, default="replacement")
    description = fields.Text(string="Details for the customer")
    amount = fields.Monetary(
        string="Worth for the customer", help="What the customer gets, if it is money."
    )
    cost = fields.Monetary(
        string="Cost to us",
        help="What the concession costs us.",
        groups="base.group_user",
    )
    round = fields.Integer(readonly=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("offered", "Offered"),
            ("agreed", "Agreed"),
            ("declined", "Declined"),
            ("withdrawn", "Withdrawn"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
    )
    offered_date = fields.Datetime(string="Offered on", readonly=True)
    answered_date = fields.Datetime(string="Answered on", readonly=True)
    answered_via = fields.Selection(
        [
            ("portal", "On the portal"),
            ("mail", "By mail"),
            ("recorded", "Told to us and recorded"),
        ],
        string="How answered",
        readonly=True,
    )
    answered_by = fields.Char(string="Answered by", readonly=True)

    # Query: the agreed one; of one round, the customer agrees to one proposal only.
    _agreed_unique = models.UniqueIndex(
        "(complaint_id, round) WHERE state = 'agreed'",
        "The customer has agreed to another proposal already.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        known = any(proposal.state != "draft" for proposal in self)
        if known and not self.env.su and FIXED_ONCE_OFFERED & vals.keys():
            raise UserError(
                self.env._(
                    "The customer knows this proposal already. Withdraw it and offer"
                    " another."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_offered(self):
        if any(proposal.state != "draft" for proposal in self):
            raise UserError(
                self.env._("What was offered to a customer stays on record.")
            )

    # === ACTIONS === #

    def action_agree(self):
        """The customer told us that it agrees: recorded by hand."""
        self.ensure_one()
        self.check_access("write")
        self._answer(True, "recorded")

    def action_decline(self):
        """The customer told us that it does not agree."""
        self.check_access("write")
        for proposal in self:
            proposal._answer(False, "recorded")

    def action_withdraw(self):
        """Take an offer back; it stays on record."""
        self.check_access("write")
        # Elevated: the state is closed to direct writing.
        self.filtered(lambda p: p.state in ("draft", "offered")).sudo().write(
            {"state": "withdrawn"}
        )

    # === BUSINESS === #

    def _offer(self):
        """Draft proposals go to the customer; the caller sends them."""
        # Elevated: the state is closed to direct writing.
        for proposal in self.sudo().filtered(lambda p: p.state == "draft"):
            proposal.write(
                {
                    "state": "offered",
                    "offered_date": fields.Datetime.now(),
                    "round": proposal.complaint_id.reopen_count,
                }
            )

    def _answer(self, agreed, via, answered_by=None):
        """The customer's answer to an offered proposal.

        :param agreed: whether the customer agrees
        :param via: ``portal``, ``mail`` or ``recorded``
        :param answered_by: name of who answered; default the current user
        """
        self.ensure_one()
        # Elevated: the customer answers, or a user who may write the complaint.
        proposal = self.sudo()
        if proposal.state != "offered":
            raise UserError(
                self.env._("This proposal is not open to an answer (any more).")
            )
        proposal.write(
            {
                "state": "agreed" if agreed else "declined",
                "answered_date": fields.Datetime.now(),
                "answered_via": via,
                "answered_by": answered_by or self.env.user.name,
            }
        )
        proposal.complaint_id._proposal_answered(proposal)
