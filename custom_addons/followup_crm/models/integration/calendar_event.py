from odoo import api, models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        """A meeting about a customer is its owner's, unless who makes it works there.

        Owner, deputy and team keep their own meetings; what somebody else or a program
        makes without naming an organizer goes to the owner.
        """
        owners = self._fcrm_get_owners(vals_list)
        vals_list = [
            {**vals, "user_id": owner.id} if owner else vals
            for vals, owner in zip(vals_list, owners, strict=True)
        ]
        return super().create(vals_list)

    @api.model
    def _fcrm_get_owners(self, vals_list):
        """The owner for each of these values, empty where Odoo's rule holds."""
        context = self.env.context
        # Elevated: the owner takes the meeting also where its maker sees no file.
        files = self.env["followup.customer"].sudo()
        found = []
        for vals in vals_list:
            model = vals.get("res_model") or context.get("default_res_model")
            res_id = vals.get("res_id") or context.get("default_res_id")
            customer = files.browse()
            if "user_id" not in vals and "default_user_id" not in context:
                lead_id = vals.get("opportunity_id") or (
                    res_id if model == "crm.lead" else False
                )
                if model == "followup.customer" and res_id:
                    customer = files.browse(res_id)
                elif lead_id:
                    lead = self.env["crm.lead"].sudo().browse(lead_id)
                    customer = files._for_partner(lead.partner_id)
            workers = (
                customer.user_id | customer.team_user_ids | customer.deputy_user_id
            )
            owner = customer.user_id
            found.append(owner if self.env.user not in workers else owner.browse())
        return found
