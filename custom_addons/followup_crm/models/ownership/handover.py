from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

ROLES = ("followup_crm.group_manager", "base.group_erp_manager")


class Handover(models.Model):
    """A user leaves: all that is open goes to a successor, nothing is lost (F10).

    When a user is deactivated, in whatever way, the customers are put into the pool
    and the rest waits (or is kept by whoever deactivates); what it was is noted here.
    Then the successor is asked for, who gets exactly that. A handover may also be made
    beforehand, for somebody who still works here.
    """

    _name = "followup.handover"
    _description = "Handover"
    _rec_name = "user_id"
    _order = "id desc"
    _check_company_auto = True

    user_id = fields.Many2one(
        "res.users",
        string="Who leaves",
        required=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
        context={"active_test": False},
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    successor_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('id', '!=', user_id)]",
        help="Gets the customers and everything that is open. Customers of companies"
        " in which he or she does not work stay in the pool.",
    )
    keeper_id = fields.Many2one(
        "res.users",
        string="Kept meanwhile by",
        readonly=True,
        help="Has what cannot be nobody's until the successor is known.",
    )
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("waiting", "Successor wanted"),
            ("done", "Handed over"),
            ("pool", "Left in the pool"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )
    items = fields.Json(readonly=True, copy=False, help="What was open: kind and ids.")
    summary = fields.Text(compute="_compute_summary", string="What is handed over")
    done_on = fields.Datetime(readonly=True, copy=False, string="Handed over on")

    # === COMPUTE METHODS === #

    @api.depends("items", "user_id", "state")
    @api.depends_context("lang")
    def _compute_summary(self):
        for handover in self:
            items = handover.items
            if handover.state == "draft" and handover.user_id:
                items = handover._collect(handover.user_id)
            handover.summary = "\n".join(
                f"{label}: {len(items[key])}"
                for key, label in handover._get_labels()
                if (items or {}).get(key)
            )

    @api.model
    def _get_labels(self):
        customers = ("followup.customer.user_id", self.env._("Customers"))
        return [customers, *((m.key, m.label) for m in self._get_movers())]

    # === CRUD === #

    def write(self, vals):
        if not self.env.su:
            self._check_may_hand_over()
            if set(vals) - {"successor_id", "user_id"} or (
                "user_id" in vals and any(h.state != "draft" for h in self)
            ):
                raise AccessError(self.env._("Use the buttons of the handover."))
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare handovers; what is to move is collected when they are done."""
        if not self.env.su:
            self._check_may_hand_over()
            fixed = {"state": "draft", "items": False, "keeper_id": False}
            vals_list = [{**vals, **fixed, "done_on": False} for vals in vals_list]
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(handover.state != "draft" for handover in self):
            raise UserError(self.env._("What was handed over stays on record."))

    def _check_may_hand_over(self):
        if not any(self.env.user.has_group(role) for role in ROLES):
            raise AccessError(
                self.env._("Only managers and administrators hand over customers.")
            )

    # === ACTIONS === #

    def action_hand_over(self):
        """Give everything to the successor."""
        self.ensure_one()
        self.check_access("write")
        self._check_may_hand_over()
        if self.state == "done":
            raise UserError(self.env._("This is handed over already."))
        if not self.successor_id:
            raise UserError(self.env._("Choose the successor first."))
        successor = self.successor_id.sudo()  # who is asked about is no secret
        if successor == self.user_id or not successor.active or successor.share:
            raise UserError(
                self.env._(
                    "%(user)s cannot take over: choose a colleague who works here.",
                    user=successor.name,
                )
            )
        # Elevated: everything moves, whoever may see it.
        handover = self.sudo()
        if handover.state == "draft":
            handover._park()
        handover._give_to_successor()
        return {"type": "ir.actions.act_window_close"}

    def action_leave_in_pool(self):
        """Leave the customers in the pool, and the rest with who keeps it."""
        self.check_access("write")
        self._check_may_hand_over()
        if any(handover.state != "waiting" for handover in self):
            raise UserError(self.env._("There is nothing that waits for a successor."))
        self.sudo().write({"state": "pool"})  # closed to direct writing
        return {"type": "ir.actions.act_window_close"}

    # === BUSINESS === #

    @api.model
    def _collect(self, user):
        """What is open of a user: dict of kind and ids."""
        # Elevated: everything counts, whoever may see it.
        files = self.env["followup.customer"].sudo().with_context(active_test=False)
        owned = files.search([("user_id", "=", user.id)])
        items = {"followup.customer.user_id": owned.ids}
        for mover in self._get_movers():
            found = mover.find(user)
            if found:
                items[mover.key] = found.ids
        return {key: ids for key, ids in items.items() if ids}

    @api.model
    def _park_for(self, users):
        """Before users are deactivated: note and park what is open of each.

        :return: the handovers that wait for a successor
        """
        # Elevated: whoever deactivates a user, nothing may be lost.
        handovers = self.sudo()
        for user in users.sudo():
            if user.share or not self._collect(user):
                continue
            handovers |= handovers.create(
                {"user_id": user.id, "company_id": user.company_id.id}
            )
        for handover in handovers:
            handover._park()
            handover._tell_manager()
        return handovers.sudo(False)

    def _park(self):
        """Customers into the pool; the rest waits for somebody, or is kept."""
        user, keeper = self.user_id, self._get_keeper()
        items = self._collect(user)
        nobody = self.env["res.users"]
        for mover in self._get_movers():
            records = mover.records.browse(items.get(mover.key))
            if records:
                taker = nobody if mover.may_wait else keeper
                mover.move(records, user, taker)
        customers = self.env["followup.customer"].browse(
            items.get("followup.customer.user_id")
        )
        customers._change_owner(nobody, "handover", self._get_reason(), keeper)
        self.write({"items": items, "keeper_id": keeper.id, "state": "waiting"})

    def _get_keeper(self):
        """Who takes what cannot wait: the current user, or a manager of the company."""
        user = self.env.user
        robot = self.env.ref("base.user_root")
        if user.active and not user.share and user not in (robot, self.user_id):
            return user
        manager = (
            self.env["followup.customer"]
            .new({"company_id": self.company_id.id})
            ._get_approving_manager()
        )
        return manager if manager != self.user_id else self.env.ref("base.user_admin")

    def _get_reason(self):
        return self.env._("%(user)s left.", user=self.user_id.name)

    def _give_to_successor(self):
        """Move what was parked and that nobody has taken meanwhile."""
        successor, items = self.successor_id, self.items or {}
        customers = self.env["followup.customer"].with_context(active_test=False)
        customers = customers.browse(items.get("followup.customer.user_id")).exists()
        free = customers.filtered(
            lambda c: not c.user_id and c.company_id in successor.company_ids
        )
        free._change_owner(successor, "handover", self._get_reason())
        for mover in self._get_movers():
            holder = self.env["res.users"] if mover.may_wait else self.keeper_id
            records = mover.still_with(items.get(mover.key, []), holder)
            if records:
                mover.move(records, self.user_id | holder, successor)
        self.write({"state": "done", "done_on": fields.Datetime.now()})

    def _tell_manager(self):
        """An activity would need a file: a message tells a manager to decide."""
        manager = (
            self.env["followup.customer"]
            .new({"company_id": self.company_id.id})
            ._get_approving_manager()
        )
        if not manager or manager in (self.env.user, self.user_id):
            return
        local = self.with_context(lang=manager.lang)
        local.env["mail.thread"].message_notify(
            partner_ids=manager.partner_id.ids,
            subject=local.env._(
                "%(user)s left: who takes over?", user=self.user_id.name
            ),
            body=local.summary,
        )

    def _get_form_action(self):
        """Ask for the successor; with views, as programs call it, not buttons."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Who takes over?"),
            "res_model": self._name,
            "target": "new",
        }
        if len(self) == 1:
            views = [(False, "form")]
            return action | {"view_mode": "form", "views": views, "res_id": self.id}
        domain = Domain("id", "in", self.ids)
        return action | {
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "target": "current",
            "domain": list(domain),
        }
