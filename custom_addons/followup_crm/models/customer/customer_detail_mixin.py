from odoo import api, fields, models

from ...const import COMPLETENESS


class CustomerDetailMixin(models.AbstractModel):
    """A record that belongs to one customer file and follows its company and owner.

    A model that inherits it names the data group of the file (a key of
    ``const.COMPLETENESS``) that a new or changed record brings up to date.
    """

    _name = "followup.customer.detail.mixin"
    _description = "Detail of a customer file"
    _check_company_auto = True
    _data_group = None

    customer_id = fields.Many2one(
        "followup.customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, index=True
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._touch_data_group()
        return records

    def write(self, vals):
        if "customer_id" in vals:
            # Odoo checks the rules before a write only: the file that a record leaves
            # and the one that it goes to must both be the user's to change.
            target = self.env["followup.customer"].browse(vals["customer_id"])
            (self.customer_id | target).check_access("write")
        result = super().write(vals)
        self._touch_data_group()
        return result

    # === BUSINESS === #

    @api.model
    def _check_customers(self, vals_list):
        """Refuse foreign customers at once, before a check tells what they have."""
        files = self.env["followup.customer"]
        files.browse(
            {v["customer_id"] for v in vals_list if v.get("customer_id")}
        ).check_access("write")

    def _get_data_group(self):
        """Data group that this record brings up to date, or None."""
        return self._data_group

    def _touch_data_group(self):
        for group, records in self.grouped(lambda r: r._get_data_group()).items():
            if group in COMPLETENESS:
                records.customer_id._touch_data_groups([group])
