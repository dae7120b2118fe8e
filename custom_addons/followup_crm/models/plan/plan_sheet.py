from dataclasses import dataclass, field
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.plan_grid import Line, day_sums, make_grid
from .plan_demand import VISIT_METHODS

# More than these fit neither into a link nor on anybody's desk.
MAX_PLANS = 200


@dataclass(frozen=True)
class GridRow:
    """A customer's line of the grid, as it is printed."""

    code: str
    name: str
    tier: str
    cells: tuple[str, ...]
    planned: int
    done: int
    extra: int


@dataclass(frozen=True)
class PlanSheet:
    """One plan as it is printed: the days, a row per customer, sums below."""

    title: str
    user: str
    company: object
    summary: str
    days: tuple
    rest: frozenset
    rows: tuple[GridRow, ...]
    sums: tuple[int, ...]
    planned: int
    done: int
    extra: int
    contacts: tuple = field(default_factory=tuple)


class InteractionPlan(models.Model):
    """The monthly contact plan (客户联络计划表, table 13-6), for PDF and Excel."""

    _name = "followup.interaction.plan"
    _inherit = ["followup.interaction.plan", "followup.sheet.mixin"]

    # === ACTIONS === #

    def action_print_sheet_xlsx(self):
        """Download these plans as one workbook."""
        self._check_sheet_access()
        return self._get_workbook_action("plan_sheet")

    # === BUSINESS === #

    def _check_sheet_access(self):
        """Raise unless the user may read all these plans, and they are not too many."""
        if len(self) > MAX_PLANS:
            raise UserError(
                self.env._(
                    "At most %(limit)s plans can be printed at a time, and you chose"
                    " %(count)s. Choose fewer.",
                    limit=MAX_PLANS,
                    count=len(self),
                )
            )
        self.check_access("read")

    def _get_sheets(self):
        """What is printed of these plans, in the user's language.

        Only contacts of customers that the user may see are on the sheet.

        :return: list of ``PlanSheet``
        """
        self._check_sheet_access()
        rows = self.env["followup.interaction.plan.analysis"].search(
            [("plan_id", "in", self.ids), ("outcome", "!=", "cancelled")],
            order="plan_tier_id, customer_id, date, id",
        )
        contacts = self._read_contacts(rows)
        rows = rows.filtered(lambda row: row.interaction_id.id in contacts)
        by_plan = rows.grouped("plan_id")
        worked = self._get_day_capacities()
        return [
            plan._get_sheet(
                by_plan.get(plan, rows.browse()), contacts, set(worked[plan])
            )
            for plan in self
        ]

    def _read_contacts(self, rows):
        """id → contact, of those that the user may read."""
        found = self.env["followup.interaction"].search(
            [("id", "in", rows.interaction_id.ids)]
        )
        return {contact.id: contact for contact in found}

    def _get_sheet(self, rows, contacts, worked):
        self.ensure_one()
        last = self.date_to.day
        days = tuple(self.month + timedelta(days=number) for number in range(last))
        lines = [
            self._get_grid_line(row, contacts[row.interaction_id.id]) for row in rows
        ]
        grid = make_grid(lines, self.month)
        # Elevated: names of tiers, user and company are no secret to who sees the plan.
        plan, tiers = self.sudo(), {}
        for row in rows.sudo():
            tiers.setdefault(row.customer_id.id, row.plan_tier_id.name or "")
        return PlanSheet(
            title=self._format_month(self.month),
            user=plan.user_id.name,
            company=plan.company_id,
            summary=self.summary,
            days=days,
            rest=frozenset(day for day in days if day not in worked),
            rows=tuple(self._print_rows(grid, rows, tiers, days)),
            sums=tuple(day_sums(grid, [day.day for day in days])),
            planned=sum(row.planned for row in grid),
            done=sum(row.done for row in grid),
            extra=sum(row.extra for row in grid),
            contacts=tuple(
                (row, contacts[row.interaction_id.id], tiers[row.customer_id.id])
                for row in rows
            ),
        )

    @api.model
    def _print_rows(self, grid, rows, tiers, days):
        """The grid's rows with the customers' names."""
        customers = {row.customer_id.id: row.customer_id for row in rows}
        for row in grid:
            customer = customers[row.customer]
            yield GridRow(
                code=customer.code or "",
                name=customer.display_name or "",
                tier=tiers[row.customer],
                cells=tuple(row.cells.get(day.day, "") for day in days),
                planned=row.planned,
                done=row.done,
                extra=row.extra,
            )

    def _get_grid_line(self, row, contact):
        """A contact as the grid takes it."""
        outcome = row.outcome if row.outcome in ("done", "missed", "extra") else "open"
        done = contact.done_date or contact.date
        return Line(
            customer=row.customer_id.id,
            planned=row.date if outcome != "extra" else None,
            done=done if outcome in ("done", "extra") else None,
            outcome=outcome,
            is_visit=row.method in VISIT_METHODS,
        )

    def _get_sheet_facts(self):
        """Who printed what, when: (label, value)."""
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        return (
            (self.env._("Printed by"), self.env.user.name),
            (self.env._("Printed on"), f"{format_date(self.env, now)} {now:%H:%M}"),
        )

    def _get_sheet_labels(self):
        """The words on the sheet."""
        return {
            "title": self.env._("Monthly contact plan"),
            "company": self.env._("Company"),
            "user": self.env._("User"),
            "month": self.env._("Month"),
            "summary": self.env._("In short"),
            "code": self.env._("Customer code"),
            "customer": self.env._("Customer"),
            "tier": self.env._("Tier"),
            "planned": self.env._("Planned"),
            "done": self.env._("Done"),
            "extra": self.env._("Extra"),
            "total": self.env._("Total"),
            "contacts": self.env._("Contacts"),
            "date": self.env._("Planned for"),
            "done_date": self.env._("Done on"),
            "method": self.env._("Method"),
            "purpose": self.env._("Purpose"),
            "outcome": self.env._("Outcome"),
            "result": self.env._("Result"),
            "legend": self.env._(
                "○ planned  △ visit planned  ● done  ▲ visit done  × missed  ◆ extra;"
                " grey: no working day"
            ),
        }
