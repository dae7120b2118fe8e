from odoo import api, models
from odoo.tools import format_date, formatLang

from ...tools.sheet import Cell, Pairs, Report, Sheet, table, text_cell
from .dimensions import DIMENSIONS

FACTS = (
    "survey_id company_id user_id state started_on date_end closed_on sent_count"
    " answered_count response_rate result_text"
).split()
REGISTER = (
    "name survey_id started_on closed_on sent_count answered_count response_rate"
    " index result_text"
).split()
ACTIONS = "name user_id department date_deadline state result verification".split()


class SatisfactionRound(models.Model):
    """The table of satisfaction by class (客户满意度统计表, 13-10) and the improvement
    report (改善报告, G4), for PDF and Excel."""

    _name = "followup.satisfaction.round"
    _inherit = ["followup.satisfaction.round", "followup.sheet.mixin"]

    # === ACTIONS === #

    def action_print_xlsx(self):
        """Download the statistics of these rounds as a workbook."""
        return self._download("satisfaction_table")

    def action_print_improvement_xlsx(self):
        """Download the improvement reports of these rounds as a workbook."""
        return self._download("satisfaction_improvement")

    def _download(self, name):
        self.check_access("read")
        return self._get_workbook_action(name)

    # === BUSINESS === #

    def _get_sheet_report(self):
        """The table 13-10 of these rounds; whoever sees statistics may print it.

        :return: ``tools.sheet.Report``
        """
        self.env["followup.satisfaction.statistic"].check_access("read")
        return self._make_report(
            self.env._("Customer satisfaction statistics"), self._get_table_sections
        )

    def _get_improvement_report(self):
        """The improvement report to the manager: what was low, who does what (G4)."""
        self.env["followup.satisfaction.statistic"].check_access("read")
        return self._make_report(
            self.env._("Improvement report"), self._get_improvement_sections
        )

    def _make_report(self, title, get_sections):
        self.check_access("read")
        labels = {
            name: values["string"]
            for name, values in self.fields_get(attributes=["string"]).items()
        }
        return Report(
            title=title,
            facts=self._get_print_facts(
                self._get_sheet_labels(), self.company_id, len(self)
            ),
            sheets=tuple(
                Sheet(
                    code=format_date(self.env, one.started_on) or "",
                    name=one.name or "",
                    sections=tuple(filter(None, get_sections(one, labels))),
                    register=tuple(
                        self._get_sheet_cell(one, name) for name in REGISTER
                    ),
                )
                for one in self
            ),
            register_headings=tuple(labels[name] for name in REGISTER),
            labels=self._get_sheet_labels(),
        )

    @api.model
    def _get_sheet_labels(self):
        return self._get_print_labels(
            count=self.env._("Number"),
            register=self.env._("Rounds"),
            code=self.env._("Begun on"),
        )

    def _get_table_sections(self, one, labels):
        """What a round is, its figures by class, its dimensions."""
        rows = self.env["followup.satisfaction.statistic"].search(
            [("round_id", "=", one.id)]
        )
        names = dict(rows._fields["by"]._description_selection(self.env))
        facts = self._get_sheet_pairs(self.env._("Survey round"), one, FACTS, labels)
        sections = [Pairs(facts.title, (*facts.rows, self._get_bracket_note(one)))]
        for by, label in names.items():
            sections.append(
                self._get_class_table(label, rows.filtered(lambda r, by=by: r.by == by))
            )
        tiers = rows.filtered(lambda row: row.by == "tier")
        return [
            *sections,
            self._get_tier_dimensions(one, tiers),
            self._get_dimension_table(one),
        ]

    def _get_bracket_note(self, one):
        """What brackets mean, for readers of the paper."""
        return (
            self.env._("In brackets"),
            text_cell(
                self.env._(
                    "Fewer than %(least)s answers: a hint, no measurement",
                    least=one.company_id.sudo().fcrm_survey_least,  # plain setting
                )
            ),
        )

    def _get_class_table(self, title, rows):
        headings = rows.fields_get(
            [
                "label",
                "sent",
                "answered",
                "response_rate",
                "index",
                "nps_text",
                "change",
            ],
            ["string"],
        )
        cells = [
            [
                text_cell(row.label),
                self._number(row.sent),
                self._number(row.answered),
                self._number(row.response_rate, 0),
                self._mean(row.index, row.answered, row.is_reliable),
                text_cell(row.nps_text),
                self._signed(row.change),
            ]
            for row in rows
        ]
        order = "label sent answered response_rate index nps_text change".split()
        heads = [title, *(headings[name]["string"] for name in order[1:])]
        return table(title, heads, cells)

    def _get_tier_dimensions(self, one, tiers):
        """The index of each dimension by tier: the table's own form."""
        means = self.env["followup.satisfaction.dimension.report"]._get_means(
            one, "tier_id"
        )
        names = self._get_dimension_names()
        rows = []
        for row in tiers:
            found = [means.get((row.tier_id.id, name)) for name in names]
            cells = [
                self._mean(values[0], values[3], self._is_enough(one, values[3]))
                if values
                else Cell()
                for values in found
            ]
            if any(cells):
                rows.append([text_cell(row.label), *cells])
        headings = [self.env._("Tier"), *names.values()]
        return table(self.env._("Index by tier and dimension"), headings, rows)

    def _get_dimension_table(self, one):
        """Score, importance, expectation and gap of each dimension."""
        means = self.env["followup.satisfaction.dimension.report"]._get_means(
            one, "round_id"
        )
        rows = []
        for name, label in self._get_dimension_names().items():
            if (one.id, name) not in means:
                continue
            score, importance, expectation, count = means[one.id, name]
            enough = self._is_enough(one, count)
            gap = None if expectation is None else score - expectation
            rows.append(
                [
                    text_cell(label),
                    self._number(count),
                    self._mean(score, count, enough),
                    self._mean(importance, importance is not None, enough),
                    self._mean(expectation, expectation is not None, enough),
                    self._signed(gap),
                ]
            )
        headings = [
            self.env._("Dimension"),
            self.env._("Answers (n)"),
            self.env._("Score"),
            self.env._("Importance"),
            self.env._("Expectation"),
            self.env._("Gap"),
        ]
        return table(self.env._("Dimensions"), headings, rows)

    def _get_improvement_sections(self, one, labels):
        """The figures, the weakest dimensions, every low answer and what is done."""
        facts = ["survey_id", "sent_count", "answered_count", "response_rate"]
        actions = self.env["followup.action"].search(
            [("satisfaction_round_id", "=", one.id)]
        )
        low = self.env["followup.satisfaction.response"].search(
            [("round_id", "=", one.id), ("is_low", "=", True)], order="index, id"
        )
        return [
            self._get_sheet_pairs(
                self.env._("Result"), one, [*facts, "index", "result_text"], labels
            ),
            self._get_dimension_table(one),
            self._get_sheet_table(
                self.env._("Low scores"),
                low,
                [
                    "customer_id",
                    "tier_id",
                    "index",
                    "nps_group",
                    "comment",
                    "recovery_state",
                ],
            ),
            self._get_sheet_table(
                self.env._("Improvement actions"),
                actions,
                ACTIONS,
            ),
        ]

    def _get_dimension_names(self):
        score = self.env["followup.satisfaction.score"]
        names = dict(score._fields["dimension"]._description_selection(self.env))
        return {name: names[name] for name, _label in DIMENSIONS}

    def _is_enough(self, one, count):
        return count >= (one.company_id.sudo().fcrm_survey_least or 1)  # plain setting

    def _number(self, value, digits=0):
        return Cell(
            formatLang(self.env, value, digits=digits), round(value, 1), "#,##0"
        )

    def _mean(self, value, count, is_enough):
        """A mean; in brackets where too few answered to take it for true."""
        if not count or value is None:
            return Cell()
        text = formatLang(self.env, value, digits=0)
        if is_enough:
            return Cell(text, round(value, 1), "0")
        return Cell(f"({text})", round(value, 1), '"("0")"')

    def _signed(self, value):
        if not value:
            return Cell()
        return Cell(f"{value:+.0f}", round(value, 1), "+0;-0;0")
