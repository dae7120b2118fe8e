from odoo import fields


class LooseMany2one(fields.Many2one):
    """A link without a foreign key in the database, for tables that grow fast.

    Each foreign key costs as much as writing the row itself. Only for links to records
    that are archived, never deleted.
    """

    def update_db_foreign_key(self, model, column):
        """Make none."""
