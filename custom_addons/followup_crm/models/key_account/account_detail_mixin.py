from odoo import api, fields, models


class AccountDetailMixin(models.AbstractModel):
    """A record that belongs to one key account and follows its customer and company."""

    _name = "followup.account.detail.mixin"
    _description = "Detail of a key account"
    _check_company_auto = True

    account_id = fields.Many2one(
        "followup.account",
        string="Key account",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    customer_id = fields.Many2one(
        related="account_id.customer_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="account_id.company_id", store=True, index=True
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_accounts(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if "account_id" in vals:
            # Odoo checks the rules before a write only: both accounts must be the
            # user's to change.
            self._check_accounts([vals])
        return super().write(vals)

    # === BUSINESS === #

    @api.model
    def _check_accounts(self, vals_list):
        """Refuse foreign accounts at once, before a check tells what they have."""
        ids = {vals["account_id"] for vals in vals_list if vals.get("account_id")}
        self.env["followup.account"].browse(ids).check_access("write")
