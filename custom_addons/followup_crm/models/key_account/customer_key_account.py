from odoo import api, fields, models
from odoo.fields import Domain


class Customer(models.Model):
    """The key account on the customer file."""

    _inherit = "followup.customer"

    account_ids = fields.One2many(
        "followup.account", "customer_id", string="Key account", readonly=True
    )
    is_key_account = fields.Boolean(
        compute="_compute_is_key_account",
        search="_search_is_key_account",
        string="Is a key account",
    )
    key_account_manager_id = fields.Many2one(
        "res.users", compute="_compute_is_key_account", string="Its account manager"
    )

    @api.depends("account_ids.state", "account_ids.manager_id")
    def _compute_is_key_account(self):
        for customer in self:
            account = customer.account_ids[:1]
            customer.is_key_account = account.state == "current"
            customer.key_account_manager_id = (
                account.manager_id if account.state == "current" else False
            )

    @api.model
    def _search_is_key_account(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = Domain("account_ids", "any", [("state", "=", "current")])
        if set(value) == {True}:
            return current
        return ~current if set(value) == {False} else Domain.TRUE

    # === CRUD === #

    def write(self, vals):
        """A new owner of a key account is noted at once."""
        result = super().write(vals)
        if "user_id" in vals:
            # Elevated: the change is noted whoever made it.
            accounts = self.sudo().account_ids
            accounts.filtered(lambda account: account.state == "current")._watch()
        return result

    # === ACTIONS === #

    def action_open_key_account(self):
        """Open the review of this key account."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "followup.account",
            "res_id": self.account_ids[:1].id,
            "view_mode": "form",
        }

    def action_decide_key_account(self):
        """Open the dialog that makes these customers key accounts, or not."""
        self.check_access("read")
        self.env["followup.account"]._check_may_assign()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Key account: decide by hand"),
            "res_model": "followup.account.decide",
            "view_mode": "form",
            "target": "new",
            "context": {"default_customer_ids": self.ids},
        }

    # === BUSINESS === #

    def _combine_into(self, target):
        """One account remains, with all that belongs to the others (A1)."""
        sources = (self - target).sudo()  # as the combination itself
        if not sources or sources.company_id != target.company_id:
            return super()._combine_into(target)
        mine = target.sudo().with_context(active_test=False).account_ids
        theirs = sources.with_context(active_test=False).account_ids
        if mine or len(theirs) > 1:
            theirs._combine_accounts(mine or theirs[0])
        return super()._combine_into(target)


class Account(models.Model):
    """Accounts when two files turn out to be one."""

    _inherit = "followup.account"

    def _combine_accounts(self, target):
        """All details go to ``target``; of two of the same period one is archived."""
        sources = self - target
        if not sources:
            return
        both = sources | target
        opened = both.check_ids.filtered(lambda check: check.state == "open")
        (opened - opened.sorted(lambda c: c.account_id != target)[:1])._drop()
        for name, key in (
            ("review_ids", lambda one: (one.kind, one.date_from)),
            ("plan_ids", lambda one: one.year),
        ):
            taken = {key(one) for one in target[name]}
            for one in sources[name]:
                if key(one) in taken:
                    one.active = False
                taken.add(key(one))
        if "current" in sources.mapped("state") and target.state == "former":
            target.write({"state": "current", "date_to": False})
        names = ", ".join(sources.customer_id.mapped("name"))
        self.env.flush_all()
        # Elevated: as the combination of the files, which moves all details.
        merge = self.env["base.partner.merge.automatic.wizard"].sudo()
        merge._update_foreign_keys_generic("followup.account", sources, target)
        merge._update_reference_fields_generic("followup.account", sources, target)
        self.env.invalidate_all()
        sources.with_context(fcrm_combining=True).unlink()
        target._note_event("combined", note=names)
