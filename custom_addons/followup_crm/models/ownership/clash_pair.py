from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

PAIR_KINDS = [
    ("name", "Same name"),
    ("words", "Same words"),
    ("vat", "Same tax number"),
]


class ClashPair(models.Model):
    """Pairs of customer files that share an exact key, for managers to merge (F9)."""

    _name = "followup.clash.pair"
    _description = "Pair of similar customers"
    _auto = False
    _rec_name = "customer_id"
    _order = "customer_id, id"
    _depends = {
        "followup.clash.key": ["customer_id", "company_id", "kind", "key"],
        "followup.customer": ["user_id", "active", "partner_id"],
    }

    customer_id = fields.Many2one("followup.customer", readonly=True)
    other_id = fields.Many2one("followup.customer", string="Other file", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(PAIR_KINDS, string="What is the same", readonly=True)
    owner_id = fields.Many2one(
        "res.users", string="Account owner", related="customer_id.user_id"
    )
    other_owner_id = fields.Many2one(
        "res.users", string="Other owner", related="other_id.user_id"
    )

    @property
    def _table_query(self):
        return SQL(
            """SELECT ROW_NUMBER() OVER (ORDER BY s.customer_id, s.other_id) AS id, s.*
                 FROM (%s) s""",
            self._pair_select(),
        )

    @api.model
    def _pair_select(self):
        """Every pair once: customer_id (the older one), other_id, company_id, kind."""
        return SQL(
            """
            SELECT a.customer_id, b.customer_id AS other_id, a.company_id,
                   MIN(a.kind) AS kind
              FROM followup_clash_key a
              JOIN followup_clash_key b ON b.key = a.key AND b.kind = a.kind
                   AND b.company_id = a.company_id AND b.customer_id > a.customer_id
             WHERE a.kind IN ('name', 'words', 'vat')
               AND b.kind IN ('name', 'words', 'vat')
             GROUP BY a.customer_id, b.customer_id, a.company_id
            """
        )

    def action_merge(self):
        """Open Odoo's merge of both contacts; the files are combined with them."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("followup_crm.group_manager"):
            raise AccessError(self.env._("Only a manager merges customers."))
        partners = (self.customer_id | self.other_id).partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge contacts"),
            "res_model": "base.partner.merge.automatic.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"active_model": "res.partner", "active_ids": partners.ids},
        }
