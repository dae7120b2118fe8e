from odoo import fields, models
from odoo.exceptions import AccessError, UserError

SEEING_ALL = ("followup_crm.group_user_all", "followup_crm.group_manager")


class Customer(models.Model):
    """Who owns a customer: assignment, team, history (F6)."""

    _inherit = "followup.customer"

    owner_since = fields.Date(
        readonly=True,
        copy=False,
        string="Owner since",
        help="Without owner: since then in the pool. Empty: since the file was made.",
    )
    owner_change_ids = fields.One2many(
        "followup.owner.change", "customer_id", string="Former owners", readonly=True
    )

    # === ACTIONS === #

    def action_assign(self):
        """Open the dialog that gives these customers an owner."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign owner"),
            "res_model": "followup.customer.assign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_customer_ids": [(6, 0, self.ids)]},
        }

    def action_open_owner_changes(self):
        """Who owned this customer, when and why."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "followup_crm.owner_change_action"
        )
        action["domain"] = [("customer_id", "=", self.id)]
        return action

    # === BUSINESS === #

    def _get_owned_since(self):
        """The day on which the present owner got the file (or it lost its last)."""
        self.ensure_one()
        return self.owner_since or self.create_date.date()

    def _assign(self, user, kind="assigned", reason=False):
        """Give the files an owner (or none); the former owner loses them.

        Whoever may not see all customers may not assign. Raises where the new owner
        does not work in a file's company.

        :param user: ``res.users``, empty for none
        :param kind: how it came about, a key of ``followup.owner.change``
        :param reason: why, for the history
        """
        self.check_access("write")
        if not self.env.su and not any(self.env.user.has_group(r) for r in SEEING_ALL):
            raise AccessError(
                self.env._("Only users who see all customers may assign them.")
            )
        self._check_may_own(user)
        # Elevated: the owner is closed to direct writing.
        self.sudo()._change_owner(user, kind, reason)

    def _check_may_own(self, user):
        """Raise where a user does not work (any more) in the company of a file."""
        # Elevated: whether a user may own a file is no matter of the caller's rights.
        user = user.sudo()
        if user and (not user.active or user.share):
            raise UserError(
                self.env._(
                    "%(user)s does not work here (any more) and cannot own customers.",
                    user=user.name,
                )
            )
        for customer in self if user else self.browse():
            if customer.company_id not in user.company_ids:
                raise UserError(
                    self.env._(
                        "%(user)s does not work in %(company)s and cannot own"
                        " %(customer)s.",
                        user=user.name,
                        company=customer.company_id.name,
                        customer=customer.display_name,
                    )
                )

    def _change_owner(self, user, kind, reason=False, keeper=None):
        """The only place that changes an owner; open work goes along.

        Called elevated, by methods that have checked who may do it. The former owner
        is no follower any more, and what is open of his with these customers goes to
        the new owner (see ``followup.handover``).

        :param keeper: who takes what cannot wait without a person, where there is no
            new owner (default: the current user)
        """
        moving = self.filtered(lambda customer: customer.user_id != user)
        if not moving:
            return
        self.env["followup.owner.change"]._log(moving, user, kind, reason)
        by_owner = moving.grouped("user_id")
        moving.write(
            {"user_id": user.id, "owner_since": fields.Date.context_today(self)}
        )
        for former, customers in by_owner.items():
            customers._move_open_work(former, user, keeper)
        moving._forget_pool_state()

    def _move_open_work(self, former, user, keeper=None):
        """Followers and open work of these files go from one owner to another."""
        for customer in self if former else self.browse():
            staying = customer.team_user_ids | customer.deputy_user_id | user
            if former not in staying:
                customer.message_unsubscribe(former.partner_id.ids)
        self.env["followup.handover"]._move_of_customers(self, former, user, keeper)
