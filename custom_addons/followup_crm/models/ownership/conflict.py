from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER_GROUP = "followup_crm.group_manager"
ACTIVITY_TYPE = "followup_crm.mail_activity_type_conflict"
# What nobody may say himself.
CLOSED = frozenset(
    "state decided_by_id decided_on claimant_id owner_id company_id searched"
    " customer_id".split()
)


class Conflict(models.Model):
    """Two want one customer (撞单): a request that a manager decides (F9).

    Whoever found by the search that somebody else has the customer says why it should
    be his. He learns the owner's name, as the search told him, and nothing of the file
    until a manager decides for him.
    """

    _name = "followup.conflict"
    _description = "Account conflict"
    _rec_name = "searched"
    _order = "id desc"
    _check_company_auto = True

    customer_id = fields.Many2one(
        "followup.customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        groups="followup_crm.group_manager",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    searched = fields.Char(
        string="Searched for",
        required=True,
        readonly=True,
        help="What the claimant searched for, in his or her own words.",
    )
    customer_label = fields.Char(
        compute="_compute_customer_label", string="Which customer"
    )
    claimant_id = fields.Many2one(
        "res.users", string="Claimed by", required=True, readonly=True, index=True
    )
    owner_id = fields.Many2one(
        "res.users", string="Owner then", readonly=True, index="btree_not_null"
    )
    reason = fields.Text(
        required=True, help="Since when, with whom, about what: what speaks for you."
    )
    reply = fields.Text(
        string="Owner's reply", help="What speaks for the present owner."
    )
    state = fields.Selection(
        [
            ("open", "To decide"),
            ("kept", "Stays with the owner"),
            ("given", "Given to the claimant"),
            ("shared", "Worked on together"),
            ("withdrawn", "Withdrawn"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, string="Decided by")
    decided_on = fields.Datetime(readonly=True, string="Decided on")
    decision_note = fields.Text(
        string="Why so", help="The manager's reasons, for both and for the history."
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _one_open = models.UniqueIndex(
        "(customer_id, claimant_id) WHERE state = 'open'",
        "You have asked for this customer already: a manager will decide.",
    )

    # === COMPUTE METHODS === #

    @api.depends("customer_id", "searched")
    @api.depends_context("uid")
    def _compute_customer_label(self):
        for conflict in self:
            # Elevated: the name is told below only to those who see the file.
            customer = conflict.sudo().customer_id.with_user(self.env.user)
            visible = customer and customer.sudo(False).has_access("read")
            conflict.customer_label = (
                customer.sudo().display_name if visible else conflict.searched
            )

    @api.depends("claimant_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for conflict in self:
            conflict.is_mine = conflict.claimant_id == self.env.user

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Conflicts are made from a search (see ``_ask``)."""
        if not self.env.su:
            raise AccessError(
                self.env._("Search for the customer first, and ask from the result.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """The claimant words the reason, the owner the reply, until it is decided."""
        if not self.env.su:
            if CLOSED.intersection(vals):
                raise AccessError(self.env._("Use the buttons to decide a conflict."))
            if any(set(vals) - conflict._get_writable() for conflict in self):
                raise AccessError(
                    self.env._(
                        "The claimant words the reason and the owner the reply, until a"
                        " manager has decided."
                    )
                )
        return super().write(vals)

    def _get_writable(self):
        """Names of the fields that the current user may write."""
        if self.state != "open":
            return set()
        # Elevated: whether the user is the owner is all that is asked.
        customer = self.sudo().customer_id
        parties = {
            "reason": self.claimant_id == self.env.user,
            "reply": customer.user_id == self.env.user,
            "decision_note": self.env.user.has_group(MANAGER_GROUP),
        }
        return {name for name, may_write in parties.items() if may_write}

    # === ACTIONS === #

    def action_keep(self):
        """Decide for the owner; managers only."""
        self._decide("kept")

    def action_give(self):
        """Give the customer to the claimant; managers only."""
        for conflict in self._check_may_decide():
            # Elevated: the owner is closed to direct writing.
            customer = conflict.sudo().customer_id
            customer._check_may_own(conflict.claimant_id)
            customer._change_owner(
                conflict.claimant_id, "decided", conflict.decision_note or False
            )
        self._decide("given")

    def action_share(self):
        """Leave the owner and let the claimant join the team; managers only."""
        for conflict in self._check_may_decide():
            # Elevated: managers decide on conflicts of all customers.
            conflict.sudo().customer_id.team_user_ids |= conflict.claimant_id
        self._decide("shared")

    def action_withdraw(self):
        """Take one's own request back."""
        self.check_access("write")
        if any(c.state != "open" or c.claimant_id != self.env.user for c in self):
            raise UserError(self.env._("Only your own open request can be withdrawn."))
        # Elevated: the state is closed to direct writing.
        self.sudo().write({"state": "withdrawn"})
        self._close_activities()

    # === BUSINESS === #

    @api.model
    def _ask(self, customer_id, searched, reason):
        """Ask for a customer that the search found; a manager decides.

        :param customer_id: id of the file that was found
        :param searched: what was searched for
        :param reason: why it should be the current user's
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the customer should be yours."))
        # Elevated: the claimant may not see the file.
        customer = self.env["followup.customer"].sudo().browse(customer_id)
        if customer.user_id == self.env.user:
            raise UserError(self.env._("This customer is yours already."))
        waiting = [
            ("customer_id", "=", customer.id),
            ("claimant_id", "=", self.env.uid),
            ("state", "=", "open"),
        ]
        if self.sudo().search_count(waiting, limit=1):
            raise UserError(
                self.env._(
                    "You have asked for this customer already: a manager will decide."
                )
            )
        conflict = self.sudo().create(
            {
                "customer_id": customer.id,
                "company_id": customer.company_id.id,
                "searched": searched,
                "reason": reason,
                "claimant_id": self.env.uid,
                "owner_id": customer.user_id.id,
            }
        )
        conflict._tell()
        return conflict.sudo(False)

    def _tell(self):
        """An activity for a manager, and a message to the owner."""
        customer, owner = self.customer_id, self.owner_id
        manager = customer._get_approving_manager()
        if manager:
            local = self.with_context(lang=manager.lang)
            local.customer_id.activity_schedule(
                ACTIVITY_TYPE,
                summary=local.env._(
                    "%(user)s asks for this customer: decide the conflict",
                    user=self.claimant_id.name,
                ),
                note=self.reason,
                user_id=manager.id,
            )
        if owner:
            local = self.with_context(lang=owner.lang)
            local.env["mail.thread"].message_notify(
                partner_ids=owner.partner_id.ids,
                subject=local.env._(
                    "%(user)s asks for your customer %(customer)s",
                    user=self.claimant_id.name,
                    customer=customer.display_name,
                ),
                body=local.env._(
                    "Write your reply into the conflict, under Account conflicts,"
                    " before a manager decides."
                ),
            )

    def _check_may_decide(self):
        self.check_access("write")
        if not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(self.env._("Only a manager decides a conflict."))
        if any(conflict.state != "open" for conflict in self):
            raise UserError(self.env._("This conflict is decided already."))
        return self

    def _decide(self, state):
        self._check_may_decide()
        # Elevated: the state is closed to direct writing.
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        self._close_activities()
        labels = dict(self._fields["state"]._description_selection(self.env))
        for conflict in self.sudo():  # the parties are told, whoever they are
            conflict.customer_id.message_post(
                body=self.env._(
                    "Account conflict with %(user)s: %(decision)s.",
                    user=conflict.claimant_id.name,
                    decision=labels[state],
                )
            )
            conflict.env["mail.thread"].message_notify(
                partner_ids=(conflict.claimant_id | conflict.owner_id).partner_id.ids,
                subject=self.env._(
                    "Account conflict about %(customer)s", customer=conflict.searched
                ),
                body=labels[state],
            )

    def _close_activities(self):
        # Elevated: the activity is the manager's.
        self.sudo().customer_id.activity_unlink([ACTIVITY_TYPE])
