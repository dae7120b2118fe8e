import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import is_html_empty, plaintext2html

from ..phrase.phrase import LANGUAGES
from .res_partner import ALL_ROLES

SIGNATURE = re.compile(r"<[^<>]*o-signature-container")


class MailComposeMessage(models.TransientModel):
    """Phrases at hand in every mail dialog (Q2)."""

    _inherit = "mail.compose.message"

    fcrm_phrase_language = fields.Selection(
        LANGUAGES,
        string="Language of phrases",
        compute="_compute_fcrm_phrase_language",
        store=True,
        readonly=False,
        groups=ALL_ROLES,
    )
    fcrm_phrase_id = fields.Many2one(
        "followup.phrase", string="Add a phrase", groups=ALL_ROLES
    )
    fcrm_phrase_ids = fields.Many2many(
        "followup.phrase",
        "followup_phrase_composer_rel",
        string="Phrases in it",
        groups=ALL_ROLES,
    )

    @api.depends("partner_ids", "model", "res_ids")
    def _compute_fcrm_phrase_language(self):
        phrases = self.env["followup.phrase"]
        for composer in self:
            partner = composer.partner_ids[:1]
            if not partner:
                partner = phrases._get_contact(composer._fcrm_get_record())
            # Elevated: the language decides how we write, whoever writes.
            lang = partner.sudo().lang or self.env.lang
            composer.fcrm_phrase_language = phrases._get_language(lang)

    @api.onchange("fcrm_phrase_id")
    def _onchange_fcrm_phrase_id(self):
        """Put the phrase into the mail, before the signature; the next may follow."""
        phrase = self.fcrm_phrase_id
        if not phrase:
            return
        record = self._fcrm_get_record()
        # The form's partners are new records around those of the database.
        partner = self.partner_ids[:1]._origin
        subject, text = phrase._origin._render(record, partner)
        self.body = self._fcrm_join(self.body, plaintext2html(text))
        if subject and not self.subject:
            self.subject = subject
        self.fcrm_phrase_ids = [Command.link(phrase._origin.id)]
        self.fcrm_phrase_id = False

    @api.model
    def _fcrm_join(self, body, html):
        """A mail's text with one more piece, which stands above the signature."""
        if is_html_empty(body or ""):
            body = "" if not SIGNATURE.search(body or "") else body
        match = SIGNATURE.search(body or "")
        place = match.start() if match else len(body or "")
        body = str(body or "")
        return Markup(body[:place] + str(html) + body[place:])

    def _fcrm_get_record(self):
        """The one record that the mail is about; empty for several."""
        self.ensure_one()
        if not self.model or self.model not in self.env:
            return self.env["res.partner"]
        ids = self._evaluate_res_ids() if self.res_ids else []
        return self.env[self.model].browse(ids if len(ids) == 1 else []).exists()

    def _action_send_mail(self, auto_commit=False):
        result = super()._action_send_mail(auto_commit=auto_commit)
        for composer in self:
            # Elevated: what was used is counted, also of who may not see phrases.
            used = composer.sudo().fcrm_phrase_ids
            if used:
                company = composer.record_company_id or self.env.company
                used.with_user(self.env.user)._note_use(company)
        return result
