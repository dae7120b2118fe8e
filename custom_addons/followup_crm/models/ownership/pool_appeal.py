from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.day import company_today

MANAGER_GROUP = "followup_crm.group_manager"
ACTIVITY_TYPE = "followup_crm.mail_activity_type_pool_appeal"


class PoolAppeal(models.Model):
    """An owner asks to keep a customer that would leave for the pool (F6).

    Once per customer and time of owning; a manager approves. While it waits the
    customer stays; approved, it stays until a day.
    """

    _name = "followup.pool.appeal"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Appeal against the pool"
    _rec_name = "customer_id"
    _order = "id desc"

    user_id = fields.Many2one(
        "res.users", string="Account owner", required=True, readonly=True
    )
    reason = fields.Text(required=True)
    state = fields.Selection(
        [
            ("requested", "To approve"),
            ("approved", "Approved"),
            ("refused", "Turned down"),
            ("withdrawn", "Withdrawn"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="requested",
        index=True,
    )
    keep_until = fields.Date(readonly=True, string="Stays until")
    decided_by_id = fields.Many2one("res.users", readonly=True, string="Decided by")
    decided_on = fields.Date(readonly=True, string="Decided on")

    # Query: the appeals of a customer's present owner, joined by the forecast.
    _one_waiting = models.UniqueIndex(
        "(customer_id) WHERE state = 'requested'",
        "An appeal for this customer waits already for a manager.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Appeal for customers; only their owner may, and once."""
        if not self.env.su:
            # Whatever the values and the context's defaults say.
            vals_list = [
                {
                    "customer_id": vals.get("customer_id"),
                    "reason": vals.get("reason"),
                    "user_id": self.env.uid,
                    "state": "requested",
                    "keep_until": False,
                    "decided_by_id": False,
                    "decided_on": False,
                }
                for vals in vals_list
            ]
        appeals = super().create(vals_list)
        if not self.env.su:
            appeals._check_may_appeal()
        appeals._ask_for_approval()
        return appeals

    def write(self, vals):
        """Only the reason may be put better, as long as nobody has decided."""
        if not self.env.su:
            mine = all(
                appeal.state == "requested" and appeal.user_id == self.env.user
                for appeal in self
            )
            if set(vals) - {"reason"} or not mine:
                raise AccessError(self.env._("Use the buttons to decide on an appeal."))
        return super().write(vals)

    def _check_may_appeal(self):
        """Raise where somebody else owns the customer, or an appeal was made before."""
        for appeal in self:
            customer = appeal.customer_id
            if customer.user_id != self.env.user:
                raise AccessError(
                    self.env._("Only the owner of a customer appeals for it.")
                )
            # Elevated: earlier appeals count whoever may read them.
            earlier = customer.sudo().appeal_ids.filtered(
                lambda a, appeal=appeal, customer=customer: (
                    a != appeal
                    and a.user_id == appeal.user_id
                    and a.state != "withdrawn"
                    and a.create_date.date() >= customer._get_owned_since()
                )
            )
            if earlier:
                raise UserError(
                    self.env._(
                        "You have appealed for %(customer)s before, which is possible"
                        " once. Get in touch with the customer, or ask a manager to"
                        " lock it.",
                        customer=customer.display_name,
                    )
                )

    # === ACTIONS === #

    def action_approve(self):
        """Let the owner keep the customer for the usual time; managers only."""
        self._check_may_decide()
        for appeal in self:
            today = company_today(appeal.company_id)
            days = appeal.company_id.fcrm_pool_appeal_days
            appeal._decide("approved", fields.Date.add(today, days=days))

    def action_refuse(self):
        """Turn the appeal down: the rules go on. Managers only."""
        self._check_may_decide()
        for appeal in self:
            appeal._decide("refused")

    def action_withdraw(self):
        """Take one's own appeal back."""
        self.check_access("write")
        if any(a.state != "requested" or a.user_id != self.env.user for a in self):
            raise UserError(
                self.env._("Only your own waiting appeal can be withdrawn.")
            )
        # Elevated: the state is closed to direct writing.
        self.sudo().write({"state": "withdrawn"})
        self._close_activities()

    # === BUSINESS === #

    def _check_may_decide(self):
        self.check_access("write")
        if not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(self.env._("Only a manager decides on an appeal."))
        if any(appeal.state != "requested" for appeal in self):
            raise UserError(self.env._("This appeal is decided already."))

    def _decide(self, state, keep_until=False):
        # Elevated: the state is closed to direct writing.
        self.sudo().write(
            {
                "state": state,
                "keep_until": keep_until,
                "decided_by_id": self.env.uid,
                "decided_on": company_today(self.company_id),
            }
        )
        self._close_activities()
        if keep_until:
            body = self.env._(
                "Appeal approved: %(owner)s keeps the customer until %(date)s.",
                owner=self.user_id.name,
                date=keep_until,
            )
        else:
            body = self.env._("Appeal turned down.")
        self.sudo().customer_id.message_post(
            body=body, partner_ids=self.user_id.partner_id.ids
        )

    def _ask_for_approval(self):
        """An activity on the file for a manager of the company."""
        # Elevated: managers are looked up, and asked, whoever asks.
        for appeal in self.sudo():
            customer = appeal.customer_id
            manager = customer._get_approving_manager()
            if manager and appeal.state == "requested":
                customer.activity_schedule(
                    ACTIVITY_TYPE,
                    summary=self.env._("Decide on the appeal against the pool"),
                    note=appeal.reason,
                    user_id=manager.id,
                )

    def _close_activities(self):
        # Elevated: the activity is the manager's.
        self.sudo().customer_id.activity_unlink([ACTIVITY_TYPE])
