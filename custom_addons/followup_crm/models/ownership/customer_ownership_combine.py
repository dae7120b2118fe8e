from odoo import api, models


class Customer(models.Model):
    """Ownership when two files turn out to be one: the target keeps its owner."""

    _inherit = "followup.customer"

    def _combine_into(self, target):
        """History, appeals and conflicts go along; what is derived is made anew."""
        # Elevated as the combination itself; derived rows are nobody's to delete.
        sources = (self - target).sudo()
        for model in ("followup.pool.watch", "followup.clash.key"):
            rows = self.env[model].sudo()
            rows.search([("customer_id", "in", sources.ids)]).unlink()
        appeals = self.env["followup.pool.appeal"].sudo()
        open_appeals = appeals.search(
            [
                ("customer_id", "in", (sources | target).ids),
                ("state", "=", "requested"),
            ]
        )
        kept = open_appeals.filtered(lambda a: a.customer_id == target)[:1]
        (open_appeals - (kept or open_appeals[:1])).write({"state": "withdrawn"})
        result = super()._combine_into(target)
        self.env["followup.clash.key"]._refresh(target)
        return result

    def _prepare_combined_vals(self, source):
        """A file from the pool takes the other's owner, which the history tells."""
        vals = super()._prepare_combined_vals(source)
        if vals.pop("user_id", None):
            reason = self.env._("Combined with %(code)s.", code=source.code)
            self._change_owner(source.user_id, "assigned", reason)
        return vals

    @api.model
    def _is_combinable(self, field):
        return field.name != "owner_since" and super()._is_combinable(field)
