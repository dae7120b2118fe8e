from odoo import api, fields, models

from ..prospect.trait import KINDS

# Changing one of these may change what a lead shares with the best customers.
TRAIT_FIELDS = {
    "country_id",
    "partner_id",
    "company_id",
    "user_id",
    "fcrm_industry_id",
    "fcrm_size_category",
    "fcrm_channel_id",
    "fcrm_categ_id",
    "won_status",
    "stage_id",
    "active",
}


class CrmLead(models.Model):
    """How far a prospect resembles our best customers, and in what (N4)."""

    _inherit = "crm.lead"

    fcrm_likeness = fields.Integer(
        string="Resembles our best",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Of five traits (country, industry, size, channel, product interest), how"
        " many are typical of our best customers.",
    )
    fcrm_likeness_kinds = fields.Char(
        string="Traits shared with the best", readonly=True, copy=False
    )
    fcrm_likeness_text = fields.Text(
        string="Why it resembles them", compute="_compute_fcrm_likeness_text"
    )

    @api.depends("fcrm_likeness_kinds", *(TRAIT_FIELDS - {"won_status", "active"}))
    @api.depends_context("lang")
    def _compute_fcrm_likeness_text(self):
        # Elevated: shares over all customers, of no customer in particular.
        found = self.env["followup.trait"].sudo()
        companies = self.company_id | self.user_id.company_id
        traits = found.search(
            [("company_id", "in", companies.ids), ("is_common", "=", True)]
        )
        typical = {(one.company_id.id, one.kind, one.value): one for one in traits}
        known = {company for company, _kind, _value in typical}
        for lead in self:
            company = (lead.company_id or lead.user_id.company_id).id
            if company in known:
                lead.fcrm_likeness_text = lead._fcrm_explain_likeness(company, typical)
            else:
                lead.fcrm_likeness_text = False

    def _fcrm_explain_likeness(self, company_id, typical):
        """Which traits are shared, which differ, and which are not known."""
        self.ensure_one()
        labels = dict(
            self.env["followup.trait"]._fields["kind"]._description_selection(self.env)
        )
        shared, differing, unknown = [], [], []
        for kind, value in self._fcrm_get_trait_values().items():
            trait = typical.get((company_id, kind, value))
            if not value:
                unknown.append(labels[kind])
            elif trait:
                shared.append(
                    self.env._(
                        "%(trait)s %(value)s (%(lift).1f times as frequent among the"
                        " best)",
                        trait=labels[kind],
                        value=trait.value_name,
                        lift=trait.lift,
                    )
                )
            else:
                differing.append(labels[kind])
        lines = [
            self.env._(
                "%(shared)d of %(all)d traits: %(which)s",
                shared=len(shared),
                all=len(KINDS),
                which="; ".join(shared) or self.env._("none"),
            )
        ]
        if differing:
            lines.append(
                self.env._("Different: %(traits)s", traits=", ".join(differing))
            )
        if unknown:
            lines.append(self.env._("Not known: %(traits)s", traits=", ".join(unknown)))
        return "\n".join(lines)

    def _fcrm_get_trait_values(self):
        """Dict kind of trait → key of the lead's value, as in ``followup.trait``."""
        self.ensure_one()
        partner = self.partner_id.commercial_partner_id
        country = self.country_id or partner.country_id
        industry = self.fcrm_industry_id or partner.industry_id
        return {
            "country": str(country.id) if country else False,
            "industry": str(industry.id) if industry else False,
            "size": self.fcrm_size_category,
            "channel": str(self.fcrm_channel_id.id) if self.fcrm_channel_id else False,
            "category": str(self.fcrm_categ_id.id) if self.fcrm_categ_id else False,
        }

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        self.env["followup.likeness"]._refresh(leads=leads)
        return leads

    def write(self, vals):
        result = super().write(vals)
        if TRAIT_FIELDS.intersection(vals):
            self.env["followup.likeness"]._refresh(leads=self)
        return result
