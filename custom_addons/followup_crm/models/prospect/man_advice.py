from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LARGE, SMALL = "large", "small"
MONEY = [(LARGE, "M large"), (SMALL, "m small")]
AUTHORITY = [(LARGE, "A large"), (SMALL, "a small")]
NEED = [(LARGE, "N large"), (SMALL, "n small")]
TREATMENTS = [
    ("contact", "Contact now"),
    ("develop", "Develop"),
    ("wait", "Wait"),
    ("drop", "Drop"),
]
# The three letters in their order: field and letter.
LETTERS = (("money", "M"), ("authority", "A"), ("need", "N"))


def letter_of(letter, value):
    """A capital for large, a small letter for small, and what is not known as dots."""
    return {LARGE: letter, SMALL: letter.lower()}.get(value, "…")


class ManAdvice(models.Model):
    """What to do with a prospect by its money, authority and need (N1).

    The MAN rule of selling: who has the money, may decide and needs the goods is to be
    contacted; where one of the three is small it has to be developed; with one large
    the prospect waits under observation; with none it is dropped. There are eight
    combinations, so none is made or deleted; managers edit treatment and advice.
    """

    _name = "followup.man.advice"
    _description = "Advice by money, authority and need"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(compute="_compute_name")
    money = fields.Selection(MONEY, required=True, readonly=True)
    authority = fields.Selection(AUTHORITY, required=True, readonly=True)
    need = fields.Selection(NEED, required=True, readonly=True)
    treatment = fields.Selection(TREATMENTS, required=True)
    advice = fields.Text(required=True, translate=True)

    _combination_unique = models.Constraint(
        "UNIQUE (money, authority, need)",
        "There is advice for this combination already: edit that one.",
    )

    @api.depends("money", "authority", "need", "treatment")
    @api.depends_context("lang")
    def _compute_name(self):
        labels = dict(self._fields["treatment"]._description_selection(self.env))
        for advice in self:
            code = advice._get_code(advice)
            advice.name = f"{code} · {labels.get(advice.treatment, '')}"

    def write(self, vals):
        """The combinations are fixed: only what is advised can be changed."""
        fixed = {"money", "authority", "need"}
        if not self.env.su and fixed.intersection(vals):
            raise UserError(
                self.env._(
                    "The eight combinations stay as they are. Change the treatment or"
                    " the advice of this one."
                )
            )
        return super().write(vals)

    @api.model
    def _get_code(self, record, prefix=""):
        """The three letters of a record that has the three fields: ``MaN``."""
        return "".join(
            letter_of(letter, record[prefix + name]) for name, letter in LETTERS
        )

    @api.model
    def _get_by_combination(self):
        """Dict (money, authority, need) → advice; there are eight."""
        return {
            (one.money, one.authority, one.need): one
            for one in self.search_fetch(Domain.TRUE, ["money", "authority", "need"])
        }
