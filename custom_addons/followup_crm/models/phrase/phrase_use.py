from odoo import fields, models


class PhraseUse(models.Model):
    """That a phrase went out in a mail: a line each, so that nobody waits for it."""

    _name = "followup.phrase.use"
    _description = "Use of a phrase"
    _order = "id desc"
    _rec_name = "phrase_id"
    _log_access = False

    phrase_id = fields.Many2one(
        "followup.phrase", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    moment = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
