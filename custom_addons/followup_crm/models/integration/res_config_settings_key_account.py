from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    fcrm_account_auto = fields.Boolean(
        related="company_id.fcrm_account_auto", readonly=False
    )
    fcrm_account_tier_ids = fields.Many2many(
        related="company_id.fcrm_account_tier_ids", readonly=False
    )
    fcrm_account_change_percent = fields.Integer(
        related="company_id.fcrm_account_change_percent", readonly=False
    )
    fcrm_account_check_weekday = fields.Selection(
        related="company_id.fcrm_account_check_weekday", readonly=False, required=True
    )
    fcrm_lane_orders = fields.Boolean(
        related="company_id.fcrm_lane_orders", readonly=False
    )
    fcrm_lane_shipments = fields.Boolean(
        related="company_id.fcrm_lane_shipments", readonly=False
    )
    fcrm_lane_complaints = fields.Boolean(
        related="company_id.fcrm_lane_complaints", readonly=False
    )

    def action_fcrm_recognise(self):
        """Apply the settings of key accounts at once."""
        self.ensure_one()
        accounts = self.env["followup.account"]
        accounts._check_may_assign()
        accounts._recognise(self.company_id)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.account_action"
        )
