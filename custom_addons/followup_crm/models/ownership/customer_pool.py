from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.day import company_today

MANAGER_GROUP = "followup_crm.group_manager"


class Customer(models.Model):
    """The pool, seen from the customer file: what is ahead, locking, claiming (F6)."""

    _inherit = "followup.customer"

    pool_locked = fields.Boolean(
        string="Locked to its owner",
        readonly=True,
        copy=False,
        tracking=True,
        help="A manager decided that it never leaves for the pool.",
    )
    appeal_ids = fields.One2many(
        "followup.pool.appeal", "customer_id", string="Appeals"
    )
    pool_note = fields.Char(
        string="Pool",
        compute="_compute_pool_note",
        help="When the customer leaves for the pool and why, or what keeps it.",
    )
    pool_days_left = fields.Integer(
        string="Days until the pool", compute="_compute_pool_note"
    )
    pool_warned = fields.Boolean(
        string="About to leave",
        compute="_compute_pool_note",
        search="_search_pool_warned",
    )

    # === COMPUTE METHODS === #

    @api.depends("user_id", "last_contact_date", "pool_locked", "appeal_ids.state")
    @api.depends_context("lang")
    def _compute_pool_note(self):
        self.pool_note = False
        self.pool_days_left = 0
        self.pool_warned = False
        # Elevated: the rules are no secret to those who see the customer.
        ids = [c._origin.id for c in self if c.company_id.sudo().fcrm_pool_active]
        forecasts = self.env["followup.pool.forecast"].sudo()
        forecasts.invalidate_model()
        rows = forecasts.search([("id", "in", ids)])
        by_id = {row.id: row for row in rows}
        for customer in self:
            row = by_id.get(customer._origin.id)
            if not row:
                continue
            customer.pool_note = row.explanation
            if row.leave_date and not row.exemption:
                customer.pool_days_left = row.days_left
                first = max(row.company_id._get_pool_warning_days())
                customer.pool_warned = row.days_left <= first

    @api.model
    def _search_pool_warned(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Elevated: only the ids are taken; rules decide which of them are found.
        watches = self.env["followup.pool.watch"].sudo()
        return Domain(
            "id", "in", watches.search([("warned_on", "!=", False)]).customer_id.ids
        )

    # === ACTIONS === #

    def action_appeal(self):
        """Open the dialog in which the owner says why the customer should stay."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appeal"),
            "res_model": "followup.pool.appeal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_customer_id": self.id},
        }

    def action_lock_owner(self):
        """Keep these customers from ever leaving for the pool; managers only."""
        self._set_pool_lock(True)

    def action_unlock_owner(self):
        """Let the rules of the pool count again; managers only."""
        self._set_pool_lock(False)

    def _set_pool_lock(self, locked):
        self.check_access("write")
        if not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only a manager locks a customer to its owner.")
            )
        # Elevated: the lock is closed to direct writing.
        self.sudo().write({"pool_locked": locked})

    def action_release_to_pool(self):
        """Give customers back to the pool; their owner may, or who sees all."""
        self.check_access("write")
        for customer in self:
            # Elevated: a setting.
            if not customer.company_id.sudo().fcrm_pool_active:
                raise UserError(self.env._("The pool is not switched on."))
            if customer.user_id != self.env.user and not self._may_assign():
                raise AccessError(
                    self.env._("Only the owner gives a customer back to the pool.")
                )
            if not customer.user_id:
                raise UserError(self.env._("This customer is in the pool already."))
        # Elevated: the owner is closed to direct writing.
        self.sudo()._change_owner(self.env["res.users"], "released")
        return self.env["ir.actions.actions"]._for_xml_id(
            "followup_crm.customer_action"
        )

    def _may_assign(self):
        return any(
            self.env.user.has_group(group)
            for group in ("followup_crm.group_user_all", MANAGER_GROUP)
        )

    # === CLAIMING === #

    def _claim(self):
        """Make the current user the owner of an unowned file, within all limits.

        Called elevated, by methods that have checked that the user may see it there.
        """
        self.ensure_one()
        user, company = self.env.user, self.company_id
        # Put into words now: after a serialization failure nothing can be read.
        too_late = UserError(
            self.env._(
                "Somebody else is just claiming this customer and was faster. Choose"
                " another one."
            )
        )
        try:
            locked = self.try_lock_for_update(allow_referencing=True)
        except errors.SerializationFailure:
            raise too_late from None
        self.invalidate_recordset(["user_id", "active"], flush=False)
        if not locked or self.user_id or not self.active:
            raise too_late
        self._check_may_claim(user)
        self.env["followup.quota"]._take(
            "claim", company.fcrm_pool_claims_per_day, company
        )
        self._change_owner(user, "claimed")

    def _check_may_claim(self, user):
        """Raise where the pool's rules keep a user from claiming this file."""
        company = self.company_id
        if not company.fcrm_pool_active:
            raise UserError(self.env._("The pool is not switched on."))
        self._check_may_own(user)
        if self._get_owned_since() >= company_today(company):
            raise UserError(
                self.env._(
                    "This customer came into the pool today: it can be claimed from"
                    " tomorrow on."
                )
            )
        if self._get_cooling_down(user):
            raise UserError(
                self.env._(
                    "You were the owner of this customer: you may claim it again"
                    " %(days)s days after you lost it.",
                    days=company.fcrm_pool_cooldown_days,
                )
            )
        excess = self.env["followup.capacity"]._get_excess(user, company, self)
        if excess:
            raise UserError(excess)

    def _get_cooling_down(self, user):
        """Those of these files that a user lost too lately to claim them."""
        cooling = self.browse()
        for company, customers in self.grouped("company_id").items():
            since = fields.Datetime.subtract(
                fields.Datetime.now(), days=company.fcrm_pool_cooldown_days
            )
            # Elevated: the rule holds for those who may not read the history.
            cooling |= (
                self.env["followup.owner.change"]
                .sudo()
                .search(
                    [
                        ("customer_id", "in", customers.ids),
                        ("from_user_id", "=", user.id),
                        ("date", ">", since),
                    ]
                )
                .customer_id
            )
        return cooling

    def _forget_pool_state(self):
        """With a new owner everything begins anew: warnings, plans, appeals."""
        # Elevated: called by the change of owner.
        self.env["followup.pool.watch"].sudo().search(
            [("customer_id", "in", self.ids)]
        ).unlink()
        appeals = self.env["followup.pool.appeal"].sudo()
        waiting = appeals.search(
            [("customer_id", "in", self.ids), ("state", "=", "requested")]
        )
        waiting.write({"state": "withdrawn"})
        waiting._close_activities()
        self.activity_unlink(["followup_crm.mail_activity_type_pool_warning"])
