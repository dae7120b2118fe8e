from odoo import api, fields, models

from .res_partner import ALL_ROLES


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "followup.tier.badge.mixin"]

    fcrm_complaint_id = fields.Many2one(
        "followup.complaint",
        string="For complaint",
        index="btree_not_null",
        readonly=True,
        copy=False,
        groups=ALL_ROLES,
        help="The complaint for which these goods are replaced free of charge.",
    )

    # Query: the sales of one of several companies in a period.
    _fcrm_company_date = models.Index("(company_id, date_order) WHERE state = 'sale'")

    @api.depends("partner_id")
    def _compute_user_id(self):
        """An order of a customer with a file goes to the owner of the file."""
        result = super()._compute_user_id()
        owners = self.env["res.partner"]._fcrm_get_owners(self)
        for order in self:
            if order in owners and not order._origin.user_id:
                order.user_id = owners[order]
        return result

    @api.constrains("partner_id", "company_id")
    def _check_fcrm_standing(self):
        """A blacklisted customer's new quotation is refused with the reason (P17)."""
        self._fcrm_check_standing()

    def _action_confirm(self):
        self._fcrm_check_standing()
        result = super()._action_confirm()
        # Elevated: an order of a salesperson makes the file, whoever may see it.
        files = self.env["followup.customer"].sudo()
        customers = self.partner_id.commercial_partner_id
        known = files.with_context(active_test=False).search_fetch(
            [("partner_id", "in", customers.ids)], ["partner_id", "company_id"]
        )
        present = {(file.partner_id, file.company_id) for file in known}
        wanted = {(o.partner_id.commercial_partner_id, o.company_id) for o in self}
        if wanted - present:
            files._create_missing_files(customers)
        return result

    def _fcrm_check_standing(self):
        """Raise where the customer of one of these orders is blacklisted."""
        # Elevated: the standing holds for users who may not see the file.
        files = self.env["followup.customer"].sudo()
        for company, orders in self.grouped("company_id").items():
            files.search(
                [
                    ("standing", "=", "blacklisted"),
                    ("company_id", "=", company.id),
                    ("partner_id", "in", orders.partner_id.commercial_partner_id.ids),
                ]
            )._check_may_be_quoted()
