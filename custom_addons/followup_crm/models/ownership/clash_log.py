from odoo import fields, models


class ClashLog(models.Model):
    """Who searched for which customer before making it, for managers (F9)."""

    _name = "followup.clash.log"
    _description = "Search for a clash"
    _rec_name = "searched"
    _order = "date desc, id desc"
    _log_access = False

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    searched = fields.Char(required=True, readonly=True, string="Searched for")
    hit_count = fields.Integer(string="Found", readonly=True)
