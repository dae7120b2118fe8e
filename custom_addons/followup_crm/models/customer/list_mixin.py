from odoo import fields, models


class ListMixin(models.AbstractModel):
    """An entry of a list that users choose from and that managers may extend.

    The entries are common to all companies; an entry that is no longer wanted is
    archived, so that older records keep it.
    """

    _name = "followup.list.mixin"
    _description = "Entry of a configurable list"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
