from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.phrase import PLACEHOLDERS, unknown

SITUATIONS = [
    ("inquiry", "Inquiry received"),
    ("price", "Price"),
    ("bargaining", "Bargaining"),
    ("payment", "Payment"),
    ("freight", "Freight"),
    ("duty", "Customs duty"),
    ("sample", "Samples"),
    ("chase_quotation", "Urging: quotation"),
    ("chase_sample", "Urging: sample"),
    ("out_of_stock", "Out of stock"),
    ("cannot_ship", "Cannot ship"),
    ("delay", "Delivery is late"),
    ("late_reply", "Our reply is late"),
    ("thanks", "Thanks"),
    ("greetings", "Greetings"),
    ("review_good", "Good review"),
    ("review_bad", "Bad review"),
    ("other", "Other situation"),
]
LANGUAGES = [
    ("en", "English"),
    ("zh", "Chinese"),
    ("ar", "Arabic"),
    ("de", "German"),
    ("es", "Spanish"),
    ("fr", "French"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("tr", "Turkish"),
]


class Phrase(models.Model):
    """What one says in a situation, in one language, ready to be put into a mail (Q2).

    Odoo's mail templates replace the whole mail, belong to one kind of document and run
    expressions. A phrase is a piece of text for any document, several make a mail, and
    all that is filled in are names from a fixed list: every user may write one.
    """

    _name = "followup.phrase"
    _description = "Phrase"
    _order = "situation, sequence, id"
    _rec_names_search = ["name", "body"]

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    situation = fields.Selection(SITUATIONS, required=True, index=True)
    language = fields.Selection(
        LANGUAGES, required=True, default=lambda self: self._get_language(self.env.lang)
    )
    subject = fields.Char(help="Taken where the mail has no subject yet.")
    body = fields.Text(string="Text", required=True)
    company_id = fields.Many2one("res.company", help="Empty for all companies.")
    user_id = fields.Many2one(
        "res.users",
        string="Only for",
        index="btree_not_null",
        default=lambda self: self._default_user_id(),
        domain="[('share', '=', False)]",
        help="Empty: all colleagues may use it.",
    )
    use_count = fields.Integer(
        string="Used", compute="_compute_use_count", compute_sudo=True
    )
    placeholder_hint = fields.Char(
        string="Placeholders", compute="_compute_placeholder_hint"
    )

    def _default_user_id(self):
        """Users write for themselves, managers for everybody."""
        if self.env.su or self.env.user.has_group("followup_crm.group_manager"):
            return self.env["res.users"]
        return self.env.user

    # === COMPUTE === #

    @api.depends("name", "situation")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["situation"]._description_selection(self.env))
        for phrase in self:
            parts = (labels.get(phrase.situation), phrase.name)
            phrase.display_name = " – ".join(part for part in parts if part)

    def _compute_use_count(self):
        groups = self.env["followup.phrase.use"]._read_group(
            [("phrase_id", "in", self.ids)], ["phrase_id"], ["__count"]
        )
        counts = {phrase.id: count for phrase, count in groups}
        for phrase in self:
            phrase.use_count = counts.get(phrase.id, 0)

    @api.depends_context("lang")
    def _compute_placeholder_hint(self):
        names = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        for phrase in self:
            phrase.placeholder_hint = names

    # === CONSTRAINTS === #

    @api.constrains("subject", "body")
    def _check_placeholders(self):
        for phrase in self:
            wrong = unknown(f"{phrase.subject or ''}\n{phrase.body or ''}")
            if wrong:
                raise ValidationError(
                    self.env._(
                        "This cannot be filled in: %(wrong)s. Only these names stand in"
                        " braces: %(names)s.",
                        wrong=", ".join(wrong),
                        names=phrase.placeholder_hint,
                    )
                )

    @api.constrains("user_id")
    def _check_user(self):
        """Nobody puts a phrase into a colleague's private ones."""
        if self.env.su:
            return
        if any(phrase.user_id and phrase.user_id != self.env.user for phrase in self):
            raise AccessError(
                self.env._("A phrase is for everybody, or for yourself alone.")
            )

    # === BUSINESS === #

    @api.model
    def _get_language(self, lang):
        """The language of a locale, English where there are no phrases in it."""
        code = (lang or "").partition("_")[0]
        return code if code in dict(LANGUAGES) else "en"

    @api.model
    def _find(self, situation, lang, company):
        """The shared phrase for a situation in a language, else in English.

        The company's own comes first.
        """
        # Elevated: what is shared may be read by everybody who writes to customers.
        phrases = self.sudo().search(
            [
                ("situation", "=", situation),
                ("language", "in", (self._get_language(lang), "en")),
                ("company_id", "in", (False, company.id)),
                ("user_id", "=", False),
            ]
        )
        language = self._get_language(lang)
        return phrases.sorted(
            lambda one: (
                one.language != language,
                not one.company_id,
                one.sequence,
                one.id,
            )
        )[:1]

    def _note_use(self, company):
        """These went out in a mail of the current user."""
        # Elevated: the count is nobody's to write.
        self.env["followup.phrase.use"].sudo().create(
            [
                {
                    "phrase_id": phrase.id,
                    "user_id": self.env.uid,
                    "company_id": company.id,
                }
                for phrase in self
            ]
        )
