from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import sql

from ..prospect.man_advice import AUTHORITY, LARGE, LETTERS, MONEY, NEED, SMALL

# A tap goes from unknown to large, to small, and back.
NEXT = {False: LARGE, LARGE: SMALL, SMALL: False}
# Computed columns that are empty for every lead that is there at installation.
EMPTY_COLUMNS = (("fcrm_man_advice_id", "int4"), ("fcrm_man_treatment", "varchar"))


class CrmLead(models.Model):
    """Money, authority, need: three taps, and the advice (N1)."""

    _inherit = "crm.lead"

    fcrm_money = fields.Selection(
        MONEY,
        string="Money",
        tracking=True,
        help="M: it has the money or the credit for what it wants. m: it has not.",
    )
    fcrm_authority = fields.Selection(
        AUTHORITY,
        string="Authority",
        tracking=True,
        help="A: we talk to whoever decides. a: somebody else decides.",
    )
    fcrm_need = fields.Selection(
        NEED,
        string="Need",
        tracking=True,
        help="N: it needs our goods, now or soon. n: hardly.",
    )
    fcrm_man = fields.Char(string="MAN", compute="_compute_fcrm_man")
    fcrm_man_advice_id = fields.Many2one(
        "followup.man.advice",
        string="MAN score",
        compute="_compute_fcrm_man_advice_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    fcrm_man_treatment = fields.Selection(
        related="fcrm_man_advice_id.treatment", store=True, string="Treatment"
    )
    fcrm_man_text = fields.Text(
        related="fcrm_man_advice_id.advice", string="Advice for the prospect"
    )

    def _auto_init(self):
        """Make the computed columns at once: no lead that is there has a score yet."""
        for name, kind in EMPTY_COLUMNS:
            if not sql.column_exists(self.env.cr, self._table, name):
                sql.create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

    @api.depends("fcrm_money", "fcrm_authority", "fcrm_need")
    def _compute_fcrm_man(self):
        advices = self.env["followup.man.advice"]
        for lead in self:
            known = lead.fcrm_money or lead.fcrm_authority or lead.fcrm_need
            lead.fcrm_man = advices._get_code(lead, "fcrm_") if known else False

    @api.depends("fcrm_money", "fcrm_authority", "fcrm_need")
    def _compute_fcrm_man_advice_id(self):
        advices = self.env["followup.man.advice"]._get_by_combination()
        for lead in self:
            place = (lead.fcrm_money, lead.fcrm_authority, lead.fcrm_need)
            lead.fcrm_man_advice_id = advices.get(place)

    def action_fcrm_tap(self):
        """A tap on one letter of a card: unknown → large → small → unknown.

        The letter is told by the button's context.
        """
        self.ensure_one()
        letter = self.env.context.get("fcrm_letter")
        if letter not in dict(LETTERS):
            raise ValidationError(
                self.env._("There are three letters: money, authority, need.")
            )
        name = f"fcrm_{letter}"
        self.write({name: NEXT[self[name]]})

    def _merge_get_fields(self):
        """Merged leads keep what any of them tells."""
        return [
            *super()._merge_get_fields(),
            "fcrm_money",
            "fcrm_authority",
            "fcrm_need",
            "fcrm_channel_id",
            "fcrm_method_id",
            "fcrm_industry_id",
            "fcrm_size_category",
            "fcrm_categ_id",
        ]
