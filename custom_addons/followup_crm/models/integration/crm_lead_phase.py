from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ..prospect.prospect_requirement import PHASES

GOOD_TREATMENTS = ("contact", "develop")
SENT_STATES = ("sent", "sale")


class CrmLead(models.Model):
    """Where a prospect stands, and what it needs for the next stage (N2)."""

    _inherit = "crm.lead"

    fcrm_phase = fields.Selection(
        related="stage_id.fcrm_phase", string="Stage of the prospect"
    )
    fcrm_checklist = fields.Html(
        string="Needed for the next stage",
        compute="_compute_fcrm_checklist",
        sanitize=False,
        exportable=False,
    )
    fcrm_missing = fields.Char(
        string="Still missing", compute="_compute_fcrm_checklist"
    )
    fcrm_missing_count = fields.Integer(
        string="Number of missing things", compute="_compute_fcrm_checklist"
    )
    fcrm_next_phase = fields.Char(
        string="Next stage", compute="_compute_fcrm_checklist"
    )

    @api.depends("stage_id.fcrm_phase", "fcrm_man_advice_id.treatment")
    @api.depends("fcrm_channel_id", "country_id", "fcrm_categ_id", "partner_id")
    @api.depends("email_from", "phone", "expected_revenue", "date_deadline")
    @api.depends("activity_ids", "order_ids.state", "company_id")
    @api.depends_context("lang")
    def _compute_fcrm_checklist(self):
        requirements = self.env["followup.prospect.requirement"].search(Domain.TRUE)
        by_phase = requirements.grouped("phase")
        labels = dict(self._fields["fcrm_phase"]._description_selection(self.env))
        phases = [phase for phase, _label in PHASES]
        met = self._fcrm_get_met()
        for lead in self:
            rows = [
                (one.name, one.check in met[lead])
                for one in by_phase.get(lead.fcrm_phase, requirements.browse())
            ]
            missing = [name for name, done in rows if not done]
            place = phases.index(lead.fcrm_phase) + 1 if lead.fcrm_phase else 0
            after = phases[place] if 0 < place < len(phases) else False
            lead.fcrm_checklist = self._fcrm_render_checklist(rows)
            lead.fcrm_missing = ", ".join(missing) or False
            lead.fcrm_missing_count = len(missing)
            lead.fcrm_next_phase = labels.get(after, False)

    @api.model
    def _fcrm_render_checklist(self, rows):
        """The list as HTML: a tick or an empty box before each line."""
        if not rows:
            return False
        done = Markup(
            '<i class="fa fa-fw fa-check-circle text-success" title="%s"></i>'
        )
        todo = Markup('<i class="fa fa-fw fa-circle-o text-warning" title="%s"></i>')
        marks = {True: done % self.env._("There"), False: todo % self.env._("Missing")}
        line = Markup("<li>%s <span>%s</span></li>")
        lines = Markup("").join(line % (marks[met], name) for name, met in rows)
        return Markup('<ul class="list-unstyled mb-0">%s</ul>') % lines

    def _fcrm_get_met(self):
        """Dict lead → set of the checks that it meets (keys of ``CHECKS``)."""
        with_file = self._fcrm_get_with_file()
        result = {}
        for lead in self:
            # Elevated: that a quotation is out counts whoever wrote it.
            states = set(lead.sudo().order_ids.mapped("state")) - {"cancel"}
            facts = {
                "man": lead.fcrm_man_advice_id,
                "worth": lead.fcrm_man_treatment in GOOD_TREATMENTS,
                "contact": lead.email_from or lead.phone,
                "channel": lead.fcrm_channel_id,
                "country": lead.country_id,
                "category": lead.fcrm_categ_id,
                "customer": lead.partner_id,
                "value": lead.expected_revenue > 0,
                "deadline": lead.date_deadline,
                "activity": lead.activity_ids,
                "quotation": states,
                "sent": states.intersection(SENT_STATES),
                "order": "sale" in states,
                "file": lead in with_file,
            }
            result[lead] = {check for check, fact in facts.items() if fact}
        return result

    def _fcrm_get_with_file(self):
        """Those of the leads whose customer has a file, whoever owns it."""
        # Elevated: only whether there is a file is told.
        leads = self.sudo()
        files = leads.env["followup.customer"].search_fetch(
            [("partner_id", "in", leads.partner_id.commercial_partner_id.ids)],
            ["partner_id", "company_id"],
        )
        places = {(one.partner_id.id, one.company_id.id) for one in files}
        return self.filtered(
            lambda lead: (
                (
                    lead.sudo().partner_id.commercial_partner_id.id,  # the same search
                    (lead.company_id or self.env.company).id,
                )
                in places
            )
        )
