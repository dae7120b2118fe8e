from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

STATES = [("current", "Key account"), ("former", "No longer a key account")]
DECISIONS = [
    ("none", "By class"),
    ("include", "Included by hand"),
    ("exclude", "Excluded by hand"),
]
MANAGER_GROUP = "followup_crm.group_manager"
SERVER_ONLY = frozenset(
    {
        "customer_id",
        "company_id",
        "state",
        "decision",
        "decision_reason",
        "decision_user_id",
        "decision_date",
        "date_from",
        "date_to",
        "watched",
        "last_check_date",
        "introduced_date",
        "tier_sequence",
    }
)


class Account(models.Model):
    """A key account (大客户): a customer that gets a manager of its own (A1).

    One row per customer that is, or ever was, a key account. Recognition and the
    decisions of managers are the only ways in and out; ``followup.account.event``
    keeps what happened.
    """

    _name = "followup.account"
    _inherit = [
        "followup.guarded.mixin",
        "followup.tier.ordered.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "followup.sheet.mixin",
    ]
    _description = "Key account"
    _rec_name = "customer_id"
    _order = "tier_sequence, id"
    _rec_names_search = ["customer_id"]
    _server_only = SERVER_ONLY

    active = fields.Boolean(default=True)
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="current",
        index=True,
    )
    decision = fields.Selection(
        DECISIONS, string="Recognised", required=True, readonly=True, default="none"
    )
    decision_reason = fields.Text(string="Why by hand", readonly=True)
    decision_user_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, index="btree_not_null"
    )
    decision_date = fields.Date(string="Decided on", readonly=True)
    date_from = fields.Date(string="Key account since", readonly=True)
    date_to = fields.Date(string="Key account until", readonly=True)
    manager_id = fields.Many2one(
        "res.users",
        string="Key account manager",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="The one person who looks after this account and checks it every week.",
    )
    may_assign = fields.Boolean(
        compute="_compute_may_assign", string="May assign the manager"
    )
    strategy = fields.Text(
        string="What we want with this account",
        tracking=True,
        help="Where the business shall be in two years, and by what.",
    )
    last_check_date = fields.Date(string="Last checked on", readonly=True)
    introduced_date = fields.Date(string="Manager introduced on", readonly=True)
    watched = fields.Json(readonly=True, exportable=False)

    user_id = fields.Many2one(related="customer_id.user_id", string="Account owner")
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Contact of the file"
    )
    event_ids = fields.One2many(
        "followup.account.event", "account_id", string="What happened", readonly=True
    )
    check_ids = fields.One2many(
        "followup.account.check", "account_id", string="Weekly checks"
    )
    contact_ids = fields.One2many(
        "followup.account.contact", "account_id", string="Who visits whom"
    )
    review_ids = fields.One2many(
        "followup.account.review", "account_id", string="Analyses"
    )
    plan_ids = fields.One2many(
        "followup.account.plan", "account_id", string="Yearly plans"
    )
    intent_ids = fields.One2many(
        "followup.account.intent", "account_id", string="Letters of intent"
    )

    # Query: the account of a customer; there is one.
    _customer_unique = models.UniqueIndex(
        "(customer_id)", "This customer has a key account record already."
    )

    @api.depends_context("uid")
    def _compute_may_assign(self):
        self.may_assign = self.env.user.has_group(MANAGER_GROUP)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_server_only(vals)
        return super().create(vals_list)

    def write(self, vals):
        """The manager is assigned by managers; what depends on it follows."""
        self._refuse_server_only(vals)
        if "manager_id" not in vals:
            return super().write(vals)
        self._check_may_assign()
        before = {account: account.manager_id for account in self}
        result = super().write(vals)
        self._follow_manager(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_combining(self):
        """Accounts end, they are not deleted; combining two files removes one."""
        if not self.env.context.get("fcrm_combining") or not self.env.su:
            raise UserError(
                self.env._("A key account is kept. Exclude the customer instead.")
            )

    # === ACTIONS === #

    def action_open_customer(self):
        """Open the customer file."""
        self.ensure_one()
        self.check_access("read")
        return self.customer_id._get_form_action()

    def action_open_check(self):
        """Open this week's check; without one, begin it."""
        self.ensure_one()
        self.check_access("write")
        check = self.check_ids.filtered(lambda check: check.state == "open")[:1]
        if not check:
            check = self._make_checks()
        if not check:
            raise UserError(self.env._("This account was checked this week."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Weekly check"),
            "res_model": "followup.account.check",
            "res_id": check.id,
            "view_mode": "form",
        }

    def action_decide(self):
        """Open the dialog: include or exclude by hand."""
        self.check_access("read")
        return self.customer_id.action_decide_key_account()

    # === BUSINESS === #

    def _check_may_assign(self):
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only a manager assigns key account managers.")
            )

    def _follow_manager(self, before):
        """The new manager sees the file, takes over the open check, and is told.

        :param before: dict of account: former manager
        """
        changed = self.filtered(lambda account: account.manager_id != before[account])
        for account in changed:
            manager = account.manager_id
            account._note_event("manager", before[account].name, manager.name)
            # Elevated: who looks after an account must see its file and check.
            own = account.sudo()
            customer = own.customer_id
            if manager and manager not in (
                customer.user_id | customer.deputy_user_id | customer.team_user_ids
            ):
                customer.team_user_ids = [(4, manager.id)]
            own.check_ids.filtered(lambda check: check.state == "open")._give_to(
                manager
            )
            own.introduced_date = False
        self._tell_managers(changed)

    def _tell_managers(self, accounts):
        """One message per manager: which accounts are now his or hers."""
        for manager, mine in accounts.grouped("manager_id").items():
            if not manager or manager == self.env.user or not manager.active:
                continue
            # Elevated: the message is from the system, whoever assigned.
            mine = mine.sudo().with_context(lang=manager.lang)
            mine.env["mail.thread"].message_notify(
                partner_ids=manager.partner_id.ids,
                subject=mine.env._("You are the manager of key accounts"),
                body=mine.env._(
                    "You now look after: %(customers)s. Check each of them every week,"
                    " and introduce yourself to the customer in writing.",
                    customers=", ".join(mine.customer_id.mapped("name")),
                ),
            )

    def _get_status_text(self):
        """One sentence: since when, and why it is a key account."""
        self.ensure_one()
        if self.state == "former":
            return self.env._(
                "No key account since %(date)s.",
                date=format_date(self.env, self.date_to) or "–",
            )
        if self.decision == "include":
            return self.env._(
                "Key account since %(date)s, included by %(user)s: %(reason)s",
                date=format_date(self.env, self.date_from),
                user=self.sudo().decision_user_id.name,  # a colleague's name
                reason=self.decision_reason,
            )
        return self.env._(
            "Key account since %(date)s, by its class %(tier)s.",
            date=format_date(self.env, self.date_from),
            tier=self.tier_id.name or "–",
        )
