from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .states import CLOCKS, STOPPED_BY

# A warning comes when this part of the promised time has passed.
WARNED_AT = 0.75


class Complaint(models.Model):
    """The promised times of a complaint (C3): deadlines are stored, never searched.

    They are planned when a complaint is received, judged, matched to a customer,
    resumed or reopened; the lists then read columns only.
    """

    _inherit = "followup.complaint"

    acknowledge_deadline = fields.Datetime(string="Acknowledge by", readonly=True)
    contain_deadline = fields.Datetime(string="Contain by", readonly=True)
    propose_deadline = fields.Datetime(string="Propose by", readonly=True)
    capa_deadline = fields.Datetime(
        string="Corrective action in place by", readonly=True
    )
    close_deadline = fields.Datetime(string="Close by", readonly=True)
    clock_warnings = fields.Json(readonly=True)
    acknowledged_date = fields.Datetime(string="Acknowledged on", readonly=True)
    contained_date = fields.Datetime(
        string="Contained on", readonly=True, tracking=True
    )
    proposed_date = fields.Datetime(string="Proposed on", readonly=True)
    capa_date = fields.Datetime(
        string="Corrective action in place on", readonly=True, tracking=True
    )
    closed_date = fields.Datetime(string="Closed on", readonly=True)
    reopened_date = fields.Datetime(string="Reopened on", readonly=True)

    is_paused = fields.Boolean(
        string="Waiting for the customer", readonly=True, tracking=True
    )
    paused_date = fields.Datetime(string="Waiting since", readonly=True)
    pause_ids = fields.One2many("followup.complaint.pause", "complaint_id")

    next_clock = fields.Selection(
        CLOCKS,
        string="Next promise",
        compute="_compute_next_clock",
        store=True,
        precompute=True,
    )
    next_deadline = fields.Datetime(
        string="Due", compute="_compute_next_clock", store=True, precompute=True
    )
    next_warning = fields.Datetime(
        string="Warned on", compute="_compute_next_clock", store=True, precompute=True
    )
    is_warned = fields.Boolean(
        string="Was warned", compute="_compute_next_clock", store=True, precompute=True
    )
    is_escalated = fields.Boolean(
        string="Was escalated",
        compute="_compute_next_clock",
        store=True,
        precompute=True,
    )
    clock_state = fields.Selection(
        [
            ("ok", "In time"),
            ("warning", "Soon due"),
            ("late", "Late"),
            ("paused", "Waiting for the customer"),
            ("none", "Nothing due"),
        ],
        string="Time",
        compute="_compute_clock_state",
        search="_search_clock_state",
    )
    time_left = fields.Char(compute="_compute_clock_state", string="Time left")

    # Query: what is to be warned of or escalated now.
    _due_order = models.Index(
        "(next_warning) WHERE is_open IS TRUE AND is_escalated IS NOT TRUE"
    )

    # === COMPUTE === #

    @api.depends(*(f"{clock}_deadline" for clock, _l in CLOCKS), *STOPPED_BY.values())
    def _compute_next_clock(self):
        """The earliest promise that is still to be kept."""
        for complaint in self:
            running = []
            for clock, stopped in STOPPED_BY.items():
                deadline = complaint[f"{clock}_deadline"]
                if deadline and not complaint[stopped] and not complaint.closed_date:
                    running.append((deadline, clock))
            deadline, clock = min(running, default=(False, False))
            warning = (complaint.clock_warnings or {}).get(clock)
            complaint.next_clock = clock
            complaint.next_deadline = deadline
            complaint.next_warning = fields.Datetime.to_datetime(warning)
            complaint.is_warned = complaint.is_escalated = False

    @api.depends("next_deadline", "next_warning", "is_paused")
    @api.depends_context("lang")
    def _compute_clock_state(self):
        now = fields.Datetime.now()
        for complaint in self:
            deadline, state = complaint.next_deadline, "ok"
            if complaint.is_paused:
                state = "paused"
            elif not deadline:
                state = "none"
            elif deadline <= now:
                state = "late"
            elif complaint.next_warning and complaint.next_warning <= now:
                state = "warning"
            complaint.clock_state = state
            complaint.time_left = (
                complaint._describe_time_left(deadline - now)
                if state not in ("none", "paused")
                else False
            )

    @api.model
    def _search_clock_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        running = Domain("is_paused", "=", False) & Domain("next_deadline", "!=", False)
        domains = {
            "paused": Domain("is_paused", "=", True),
            "none": Domain("is_paused", "=", False)
            & Domain("next_deadline", "=", False),
            "late": running & Domain("next_deadline", "<=", now),
            "warning": running
            & Domain("next_deadline", ">", now)
            & Domain("next_warning", "<=", now),
            "ok": running & Domain("next_warning", ">", now),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # === BUSINESS === #

    def _fill_clocks(self, vals_list):
        """Put the deadlines into the values of new complaints, few queries for all."""
        customers = self._get_customers_of(vals_list)
        agreed = self._get_agreed_targets(customers)
        by_company = {}
        for vals in vals_list:
            by_company.setdefault(vals["company_id"], []).append(vals)
        for company_id, group in by_company.items():
            company = self.env["res.company"].browse(company_id)
            clock, targets = self._get_clock(company), self._get_targets(company)
            starts = [fields.Datetime.to_datetime(v["received_date"]) for v in group]
            clock.prepare(min(starts), max(starts))
            for vals, start in zip(group, starts, strict=True):
                customer = customers.browse(vals.get("customer_id") or [])
                vals.update(
                    self._plan_clocks(
                        clock,
                        self._get_promises(
                            targets, agreed, customer, vals.get("severity", "major")
                        ),
                        start,
                    )
                )

    def _replan_clocks(self):
        """Plan again what is still to be kept, for few complaints at a time."""
        # Elevated: the deadlines are closed to direct writing.
        for company, complaints in self.sudo().grouped("company_id").items():
            clock, targets = self._get_clock(company), self._get_targets(company)
            agreed = self._get_agreed_targets(complaints.customer_id)
            for complaint in complaints:
                promises = self._get_promises(
                    targets, agreed, complaint.customer_id, complaint.severity
                )
                pauses = [
                    (pause.date_from, pause.date_to)
                    for pause in complaint.pause_ids
                    if pause.date_to
                ]
                start = complaint.reopened_date or complaint.received_date
                complaint.write(self._plan_clocks(clock, promises, start, pauses))

    @api.model
    def _plan_clocks(self, clock, promises, start, pauses=()):
        """Values of all deadlines and warnings.

        :param promises: {clock: (amount, unit)}
        """
        vals, warnings = {}, {}
        for name, _label in CLOCKS:
            deadline = False
            if name in promises:
                amount, unit = promises[name]
                deadline = clock.deadline(start, amount, unit, pauses)
                warned = clock.deadline(start, amount * WARNED_AT, unit, pauses)
                warnings[name] = fields.Datetime.to_string(warned)
                deadline = deadline.replace(microsecond=0)
            vals[f"{name}_deadline"] = deadline
        return {**vals, "clock_warnings": warnings}

    @api.model
    def _get_promises(self, targets, agreed, customer, severity):
        """{clock: (amount, unit)} for a customer: agreement before tier before rule.

        Hours round the clock are never loosened by an agreement in working hours.
        """
        own = agreed.get(customer.id, {})
        factor = customer.tier_id.response_factor or 1.0
        promises = {}
        for clock, _label in CLOCKS:
            amount, unit = targets.get((severity, clock), (0, None))
            if clock in own and unit != "hour":
                promises[clock] = own[clock]
            elif amount:
                promises[clock] = (amount * factor, unit)
        return promises

    @api.model
    def _get_agreed_targets(self, customers):
        """What service agreements promise: {customer id: {clock: (amount, unit)}}.

        They hold as they are, without the tier's factor. Empty where there are no
        service agreements.
        """
        agreements = self.env.get("followup.service.agreement")
        if agreements is None or not customers:
            return {}
        kinds = {
            "acknowledge": "response",
            "propose": "proposal",
            "close": "resolution",
        }
        return {
            customer_id: {
                clock: (agreement[f"{kind}_hours"], "work_hour")
                for clock, kind in kinds.items()
                if agreement[f"{kind}_hours"]
            }
            for customer_id, agreement in agreements._get_valid(customers).items()
        }

    @api.model
    def _get_targets(self, company):
        """{(severity, clock): (amount, unit)}: the company's own before the shipped."""
        # Elevated: the promises hold for complaints by mail and form, too.
        rows = (
            self.env["followup.complaint.target"]
            .sudo()
            .search_fetch(
                [("company_id", "in", (False, company.id))],
                ["severity", "clock", "amount", "unit"],
            )
        )
        rows = rows.sorted(lambda row: bool(row.company_id))
        return {(row.severity, row.clock): (row.amount, row.unit) for row in rows}

    @api.model
    def _get_customers_of(self, vals_list):
        # Elevated: the tier decides on the promised time whoever writes it down.
        customers = (
            self.env["followup.customer"]
            .sudo()
            .browse(
                {vals["customer_id"] for vals in vals_list if vals.get("customer_id")}
            )
        )
        customers.fetch(["tier_id", "tier_sequence"])
        return customers

    @api.model
    def _refresh_tier_sequence(self):
        """Nightly: open complaints follow their customers to another tier."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_complaint c SET tier_sequence = f.tier_sequence
                  FROM followup_customer f
                 WHERE f.id = c.customer_id AND c.is_open
                   AND f.company_id = c.company_id
                   AND c.tier_sequence IS DISTINCT FROM f.tier_sequence
                """
            )
        )
        self.invalidate_model(["tier_sequence"])
