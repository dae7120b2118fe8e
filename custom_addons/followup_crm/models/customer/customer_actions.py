from odoo import models


class Customer(models.Model):
    """Where the buttons of the customer file lead."""

    _inherit = "followup.customer"

    # === ACTIONS === #

    def _get_form_action(self):
        """Window action that opens this file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "view_mode": "form",
            "res_id": self.id,
        }

    def action_open_partner(self):
        """Open the contact behind the file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.partner_id.display_name,
            "res_model": "res.partner",
            "view_mode": "form",
            "res_id": self.partner_id.id,
        }

    def action_open_orders(self):
        """Open the confirmed orders of the customer and its contacts."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Orders of %(customer)s", customer=self.display_name),
            "res_model": "sale.order",
            "view_mode": "list,kanban,form,pivot,graph",
            "domain": [
                ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "sale"),
            ],
            "context": {"default_partner_id": self.partner_id.id},
        }

    def action_log_information(self):
        """Open the short form that records what was learnt (P7)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log information"),
            "res_model": "followup.information",
            "view_mode": "form",
            "target": "new",
            "views": [
                (
                    self.env.ref("followup_crm.information_view_form_quick").id,
                    "form",
                )
            ],
            "context": {"default_customer_id": self.id},
        }
