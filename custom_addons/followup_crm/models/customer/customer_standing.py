from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

STANDINGS = [
    ("normal", "Normal"),
    ("risky", "Risky"),
    ("blacklisted", "Blacklisted"),
]


class Customer(models.Model):
    """Standing of a customer (客户性质, P17): normal, risky, blacklisted.

    Whoever works with a customer may ask for another standing with a reason; a manager
    approves. A blacklisted customer gets no new quotation.
    """

    _inherit = "followup.customer"

    standing = fields.Selection(
        STANDINGS, default="normal", required=True, readonly=True, tracking=True
    )
    standing_requested = fields.Selection(
        STANDINGS, string="Requested standing", readonly=True, tracking=True
    )
    standing_reason = fields.Text(
        string="Reason of the standing", readonly=True, tracking=True
    )
    standing_user_id = fields.Many2one(
        "res.users", string="Standing approved by", readonly=True
    )
    standing_date = fields.Date(string="Standing since", readonly=True)
    standing_requested_reason = fields.Text(
        string="Reason of the request", readonly=True
    )

    def action_request_standing(self):
        """Open the dialog that asks for the new standing and its reason."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change standing"),
            "res_model": "followup.customer.standing",
            "view_mode": "form",
            "target": "new",
            "context": {"default_customer_id": self.id},
        }

    def action_approve_standing(self):
        """Approve the requested standing; managers only."""
        self._check_may_approve_standing()
        for customer in self:
            customer._apply_standing()

    def action_reject_standing(self):
        """Turn the request down; the standing stays. Managers only."""
        self._check_may_approve_standing()
        # Elevated: standing fields are closed to direct writing.
        for customer in self.sudo():
            customer.message_post(
                body=self.env._(
                    "%(user)s turned down the request for another standing.",
                    user=self.env.user.name,
                )
            )
            customer._close_standing_request()

    def _request_standing(self, standing, reason):
        """Ask for a standing; a manager's own request is approved at once.

        :param standing: ``normal``, ``risky`` or ``blacklisted``
        :param reason: why; required unless it returns to normal
        """
        self.ensure_one()
        self.check_access("write")
        if standing == self.standing:
            raise UserError(
                self.env._("The customer has this standing already: choose another.")
            )
        if standing != "normal" and not (reason or "").strip():
            raise UserError(
                self.env._("Say why: everybody who is refused will read the reason.")
            )
        # Elevated: standing fields are closed to direct writing.
        self.sudo().write(
            {"standing_requested": standing, "standing_requested_reason": reason}
        )
        if self._may_approve_standing():
            self._apply_standing()
        else:
            self._notify_standing_request()

    def _apply_standing(self):
        # Elevated: standing fields are closed to direct writing.
        self.sudo().write(
            {
                "standing": self.standing_requested,
                "standing_reason": self.standing_requested_reason,
                "standing_user_id": self.env.uid,
                "standing_date": fields.Date.context_today(self),
            }
        )
        self.sudo()._close_standing_request()

    def _close_standing_request(self):
        self.write({"standing_requested": False, "standing_requested_reason": False})
        self.activity_unlink(["followup_crm.mail_activity_type_standing"])

    def _notify_standing_request(self):
        """An activity for a manager of the company: there is something to approve."""
        manager = self._get_approving_manager()
        if manager:
            # Elevated: the activity is for somebody else.
            customer = self.sudo().with_context(lang=manager.lang)
            customer.activity_schedule(
                "followup_crm.mail_activity_type_standing",
                summary=customer.env._("Approve or turn down the requested standing"),
                note=self.standing_requested_reason,
                user_id=manager.id,
            )

    def _get_approving_manager(self):
        # Elevated: users may not read groups.
        group = self.env.ref("followup_crm.group_manager").sudo()
        managers = group.all_user_ids.filtered(
            lambda user: (
                user.active
                and self.company_id in user.company_ids
                and user != self.env.ref("base.user_root")
            )
        )
        return managers.sorted("id")[:1]

    @api.model
    def _may_approve_standing(self):
        return self.env.su or self.env.user.has_group("followup_crm.group_manager")

    def _check_may_approve_standing(self):
        self.check_access("write")
        if not self._may_approve_standing():
            raise AccessError(
                self.env._("Only a manager of Follow-up CRM approves a standing.")
            )
        if any(not customer.standing_requested for customer in self):
            raise UserError(self.env._("Nobody has asked for another standing."))

    def _check_may_be_quoted(self):
        """Raise where a customer is blacklisted, with the reason."""
        # Elevated: the standing holds for users who may not see the file.
        for customer in self.sudo():
            if customer.standing == "blacklisted":
                raise UserError(
                    self.env._(
                        "%(customer)s is blacklisted since %(date)s: %(reason)s\n"
                        "Ask a manager to change the standing on the customer file"
                        " before you quote.",
                        customer=customer.display_name,
                        date=customer.standing_date,
                        reason=customer.standing_reason,
                    )
                )
