from odoo import models


class Customer(models.Model):
    """Where the buttons for contacts on the customer file lead."""

    _inherit = "followup.customer"

    # === ACTIONS === #

    def action_log_contact(self):
        """Open the short form that logs a contact that took place."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.interaction_log_action"
        )
        return action | {"context": {"default_customer_id": self.id}}

    def action_plan_contact(self):
        """Open the form of a new contact with this customer."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a contact"),
            "res_model": "followup.interaction",
            "view_mode": "form",
            "context": {"default_customer_id": self.id},
        }

    def action_open_contacts(self):
        """Open all contacts with this customer."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contacts with %(customer)s", customer=self.name),
            "res_model": "followup.interaction",
            "view_mode": "list,kanban,calendar,form",
            "domain": [("customer_id", "=", self.id)],
            "context": {"default_customer_id": self.id},
        }
