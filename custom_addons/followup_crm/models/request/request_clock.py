import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ..complaint.complaint_clock import WARNED_AT
from .states import WAITING_STATES


class Request(models.Model):
    """The promised answer: its deadline is stored, the lists read columns only."""

    _inherit = "followup.request"

    time_state = fields.Selection(
        [
            ("ok", "In time"),
            ("warning", "Soon due"),
            ("late", "Late"),
            ("none", "Nothing due"),
        ],
        string="Time",
        compute="_compute_time_state",
        search="_search_time_state",
    )
    time_left = fields.Char(string="Time left", compute="_compute_time_state")

    # === COMPUTE === #

    @api.depends("answer_deadline", "warning_date", "answered_date", "state")
    @api.depends_context("lang")
    def _compute_time_state(self):
        now = fields.Datetime.now()
        for request in self:
            deadline, state = request.answer_deadline, "ok"
            if request.state not in WAITING_STATES or not deadline:
                state = "none"
            elif deadline <= now:
                state = "late"
            elif request.warning_date and request.warning_date <= now:
                state = "warning"
            request.time_state = state
            request.time_left = (
                False if state == "none" else self._describe_time_left(deadline - now)
            )

    @api.model
    def _search_time_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        waiting = Domain("state", "in", WAITING_STATES)
        domains = {
            "none": ~waiting,
            "late": waiting & Domain("answer_deadline", "<=", now),
            "warning": waiting
            & Domain("answer_deadline", ">", now)
            & Domain("warning_date", "<=", now),
            "ok": waiting & Domain("warning_date", ">", now),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # === BUSINESS === #

    def _fill_deadlines(self, vals_list):
        """Put the deadlines into the values of new requests, few queries for all."""
        # Elevated: the tier decides on the promise whoever writes it down.
        customers = self.env["followup.customer"].sudo()
        customers = customers.browse(
            {vals["customer_id"] for vals in vals_list if vals.get("customer_id")}
        )
        agreements = self.env["followup.service.agreement"]._get_valid(customers)
        by_company = {}
        for vals in vals_list:
            by_company.setdefault(vals["company_id"], []).append(vals)
        for company_id, group in by_company.items():
            company = self.env["res.company"].browse(company_id)
            clock = self._get_clock(company)
            promises = self.env["followup.request.target"]._get_promises(company)
            starts = [fields.Datetime.to_datetime(v["asked_date"]) for v in group]
            clock.prepare(min(starts), max(starts))
            for vals, start in zip(group, starts, strict=True):
                customer = customers.browse(vals.get("customer_id") or [])
                promise = self._get_promise(
                    promises, agreements.get(customer.id), customer, vals["kind"]
                )
                vals.update(self._plan(clock, promise, start))

    def _replan(self):
        """Plan the answers again that are still to be given."""
        # Elevated: the deadlines are closed to direct writing.
        waiting = self.sudo().filtered(lambda one: one.state in WAITING_STATES)
        agreements = self.env["followup.service.agreement"]._get_valid(
            waiting.customer_id
        )
        for company, requests in waiting.grouped("company_id").items():
            clock = self._get_clock(company)
            promises = self.env["followup.request.target"]._get_promises(company)
            for request in requests:
                customer = request.customer_id
                promise = self._get_promise(
                    promises, agreements.get(customer.id), customer, request.kind
                )
                planned = self._plan(clock, promise, request.asked_date)
                request.write({**planned, "is_warned": False, "is_escalated": False})

    @api.model
    def _plan(self, clock, promise, start):
        """Values of deadline and warning; none where nothing is promised."""
        amount, unit = promise
        if not amount:
            return {"answer_deadline": False, "warning_date": False}
        return {
            "answer_deadline": clock.deadline(start, amount, unit).replace(
                microsecond=0
            ),
            "warning_date": clock.deadline(start, amount * WARNED_AT, unit).replace(
                microsecond=0
            ),
        }

    @api.model
    def _get_promise(self, promises, agreement, customer, kind):
        """(amount, unit): the customer's agreement, else by kind and tier."""
        if agreement and agreement.response_hours:
            return agreement.response_hours, "work_hour"
        amount, unit = promises.get(kind, (0, None))
        return amount * (customer.tier_id.response_factor or 1.0), unit

    def _get_answer_hours(self, moment):
        """Working hours from the first word to a moment."""
        self.ensure_one()
        # Elevated: working hours are no secret.
        calendar = self.sudo().company_id.resource_calendar_id
        start, end = self.received_date, max(moment, self.received_date)
        if not calendar.attendance_ids:
            return (end - start).total_seconds() / 3600
        return calendar.get_work_hours_count(
            pytz.utc.localize(start), pytz.utc.localize(end), compute_leaves=True
        )
