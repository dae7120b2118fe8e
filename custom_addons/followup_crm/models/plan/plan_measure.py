from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models

MEASURES = (
    "planned_count",
    "done_count",
    "late_count",
    "missed_count",
    "open_count",
    "extra_count",
)


class InteractionPlan(models.Model):
    """A plan measured against what happened; ``plan_analysis`` says what counts."""

    _inherit = "followup.interaction.plan"

    planned_count = fields.Integer(string="Planned", compute="_compute_measures")
    done_count = fields.Integer(string="Done", compute="_compute_measures")
    late_count = fields.Integer(string="Late", compute="_compute_measures")
    missed_count = fields.Integer(string="Missed", compute="_compute_measures")
    open_count = fields.Integer(string="To come", compute="_compute_measures")
    extra_count = fields.Integer(
        string="Extra",
        compute="_compute_measures",
        help="Contacts that took place in the month without standing in the plan.",
    )
    done_rate = fields.Float(
        string="Done (%)",
        compute="_compute_measures",
        help="Done contacts of the plan as a part of those planned.",
    )
    summary = fields.Char(compute="_compute_measures", string="In short")
    tier_table = fields.Html(
        compute="_compute_tier_table", string="By tier", sanitize=False
    )

    @api.depends("line_ids.state", "line_ids.date", "generated_at")
    @api.depends_context("lang", "tz")
    def _compute_measures(self):
        sums = self._get_measures([])
        for plan in self:
            counts = sums.get((plan._origin.id,), dict.fromkeys(MEASURES, 0))
            plan.update(counts)
            planned = counts["planned_count"]
            plan.done_rate = 100 * counts["done_count"] / planned if planned else 0
            plan.summary = plan._get_summary(counts)

    @api.depends("line_ids.state", "line_ids.date", "generated_at")
    @api.depends_context("lang", "tz")
    def _compute_tier_table(self):
        by_plan = defaultdict(list)
        for (plan_id, tier), counts in self._get_measures(["plan_tier_id"]).items():
            by_plan[plan_id].append((tier, counts))
        for plan in self:
            plan.tier_table = plan._render_tiers(by_plan.get(plan._origin.id))

    # === BUSINESS === #

    def _get_measures(self, groupby):
        """Sums of the analysis by plan, and by what is named besides.

        :return: dict of (plan id, …): dict of measure: number
        """
        # Elevated: whoever sees a plan sees how it went, whose customers they may be.
        analysis = self.env["followup.interaction.plan.analysis"].sudo()
        groups = analysis._read_group(
            [("plan_id", "in", self._origin.ids)],
            ["plan_id", *groupby],
            [f"{name}:sum" for name in MEASURES],
        )
        width = 1 + len(groupby)
        return {
            (row[0].id, *row[1:width]): dict(zip(MEASURES, row[width:], strict=True))
            for row in groups
        }

    def _get_summary(self, counts):
        """One sentence: how far the plan is."""
        self.ensure_one()
        if self.is_waiting:
            return self.env._("The contacts of this plan are being made.")
        if not counts["planned_count"]:
            return self.env._("Nothing is planned yet.")
        parts = [
            self.env._(
                "%(done)s of %(planned)s planned contacts done (%(rate)s %%)",
                done=counts["done_count"],
                planned=counts["planned_count"],
                rate=round(100 * counts["done_count"] / counts["planned_count"]),
            )
        ]
        for name, text in (
            ("late_count", self.env._("%(n)s late", n=counts["late_count"])),
            ("missed_count", self.env._("%(n)s missed", n=counts["missed_count"])),
            ("open_count", self.env._("%(n)s to come", n=counts["open_count"])),
            ("extra_count", self.env._("%(n)s extra", n=counts["extra_count"])),
        ):
            if counts[name]:
                parts.append(text)
        return ", ".join(parts)

    def _render_tiers(self, rows):
        """A small table: a row per tier, the best first."""
        if not rows:
            return False
        labels = self.fields_get(MEASURES, ["string"])
        headings = Markup("").join(
            Markup('<th class="text-end">%s</th>') % labels[name]["string"]
            for name in MEASURES
        )
        body = Markup("").join(
            Markup("<tr><td>%s</td>%s</tr>")
            % (
                tier.name or self.env._("No tier"),
                Markup("").join(
                    Markup('<td class="text-end %s">%s</td>')
                    % (_colour(name, counts[name]), counts[name] or "")
                    for name in MEASURES
                ),
            )
            for tier, counts in sorted(
                rows, key=lambda row: (not row[0], row[0].sequence, row[0].id)
            )
        )
        return Markup(
            '<table class="table table-sm mb-0"><thead><tr><th>%s</th>%s</tr></thead>'
            "<tbody>%s</tbody></table>"
        ) % (self.env._("Tier"), headings, body)


def _colour(name, number):
    """Class of a cell whose number means something good or bad."""
    if not number:
        return ""
    return {
        "done_count": "text-success",
        "late_count": "text-warning",
        "missed_count": "text-danger",
        "extra_count": "text-info",
    }.get(name, "")
