from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...const import COMPLETENESS, stale_before
from ..apart import work_apart

CHECKED_FIELDS = {group: f"{group}_checked_on" for group in COMPLETENESS}
ALL_COMPLETENESS_FIELDS = tuple(
    name for names in COMPLETENESS.values() for name in names
)


class Customer(models.Model):
    """How complete and how fresh the data of a file are, group by group (P10)."""

    _inherit = "followup.customer"

    completeness = fields.Integer(
        string="Completeness (%)",
        compute="_compute_completeness",
        store=True,
        aggregator="avg",
        help="Share of the fields of all data groups that are filled in.",
    )
    completeness_detail = fields.Json(
        compute="_compute_completeness_detail",
        help="Per data group: filled and missing fields, and the date of its data.",
        string="Completeness detail",
    )
    basic_checked_on = fields.Date(readonly=True, copy=False, string="Basic data of")
    credit_checked_on = fields.Date(readonly=True, copy=False, string="Credit data of")
    operating_checked_on = fields.Date(
        readonly=True, copy=False, string="Operating data of"
    )
    personal_checked_on = fields.Date(
        readonly=True, copy=False, string="Decision makers of"
    )
    market_checked_on = fields.Date(readonly=True, copy=False, string="Market data of")
    judgement_checked_on = fields.Date(readonly=True, copy=False, string="Judgement of")
    stale_reminded_on = fields.Date(
        readonly=True,
        copy=False,
        help="When the owner was last reminded of stale data.",
        string="Stale reminded on",
    )
    is_stale = fields.Boolean(
        string="Stale data", compute="_compute_is_stale", search="_search_is_stale"
    )

    @api.model
    def _get_data_group_labels(self):
        """Name of each data group, translated."""
        return {
            "basic": self.env._("Basic data"),
            "credit": self.env._("Credit data"),
            "operating": self.env._("Operating data"),
            "personal": self.env._("Decision makers"),
            "market": self.env._("Market"),
            "judgement": self.env._("Judgement and finances"),
        }

    @api.model
    def _get_completeness_labels(self):
        """Name of each counted field as the form shows it."""
        described = self.fields_get(ALL_COMPLETENESS_FIELDS, ["string"])
        labels = {
            name: described.get(name, {}).get("string", name)
            for name in ALL_COMPLETENESS_FIELDS
        }
        return labels | {
            "company_registry": self.env._("Business registration"),
            "bank_ids": self.env._("Bank accounts"),
            "website": self.env._("Website"),
            "email": self.env._("E-mail"),
            "zip": self.env._("Postcode"),
            "opportunities": self.env._("Opportunities"),
        }

    # === COMPUTE METHODS === #

    @api.depends(*ALL_COMPLETENESS_FIELDS)
    def _compute_completeness(self):
        for customer in self:
            filled = sum(bool(customer[name]) for name in ALL_COMPLETENESS_FIELDS)
            customer.completeness = 100 * filled // len(ALL_COMPLETENESS_FIELDS)

    @api.depends(*ALL_COMPLETENESS_FIELDS, *CHECKED_FIELDS.values())
    @api.depends_context("lang")
    def _compute_completeness_detail(self):
        labels = self._get_completeness_labels()
        groups = self._get_data_group_labels()
        today = fields.Date.context_today(self)
        # Whether a field is filled is no secret to those who see the file (bank
        # accounts carry rights of their own); its value is not shown here.
        for customer in self.sudo():
            fresh_from = stale_before(today, customer.company_id.fcrm_stale_months)
            customer.completeness_detail = [
                {
                    "label": groups[group],
                    **customer._get_group_completeness(group, fresh_from, labels),
                }
                for group in COMPLETENESS
            ]

    def _get_group_completeness(self, group, fresh_from, labels):
        """Percentage, missing fields, date and staleness of one data group."""
        self.ensure_one()
        names = COMPLETENESS[group]
        missing = [name for name in names if not self[name]]
        checked_on = self[CHECKED_FIELDS[group]]
        return {
            "group": group,
            "percent": 100 * (len(names) - len(missing)) // len(names),
            "missing": [labels[name] for name in missing],
            "checked_on": fields.Date.to_string(checked_on) or False,
            "stale": bool(checked_on and checked_on < fresh_from),
        }

    @api.depends(*CHECKED_FIELDS.values(), "company_id.fcrm_stale_months")
    def _compute_is_stale(self):
        today = fields.Date.context_today(self)
        for customer in self:
            fresh_from = stale_before(today, customer.company_id.fcrm_stale_months)
            customer.is_stale = any(
                customer[name] and customer[name] < fresh_from
                for name in CHECKED_FIELDS.values()
            )

    def _search_is_stale(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_stale_domain()

    @api.model
    def _get_stale_domain(self, companies=None):
        """Files with at least one data group older than their company allows."""
        today = fields.Date.context_today(self)
        domain = Domain.FALSE
        for company in companies or self.env.companies:
            # Elevated: the setting of a company is no secret to its users.
            fresh_from = stale_before(today, company.sudo().fcrm_stale_months)
            old = Domain.OR(
                Domain(name, "<", fresh_from) for name in CHECKED_FIELDS.values()
            )
            domain |= Domain("company_id", "=", company.id) & old
        return domain

    # === ACTIONS === #

    def action_confirm_data(self):
        """The user has checked the data: all groups that hold something are fresh."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        # Elevated: the dates are set by this method only.
        for customer in self.sudo():
            customer.write(
                {
                    name: today
                    for group, name in CHECKED_FIELDS.items()
                    if customer[name] or any(customer[f] for f in COMPLETENESS[group])
                }
            )
        self.activity_feedback(
            ["followup_crm.mail_activity_type_stale_data"],
            feedback=self.env._("The data were checked."),
        )

    # === BUSINESS === #

    @api.model
    def _with_checked_dates(self, vals):
        """Add today's date for each data group of which ``vals`` sets a field."""
        today = fields.Date.context_today(self)
        dates = {
            CHECKED_FIELDS[group]: today
            for group, names in COMPLETENESS.items()
            if any(vals.get(name) for name in names)
        }
        return {**dates, **vals}

    def _touch_data_groups(self, groups):
        """Note that data of these groups were changed or learnt today."""
        today = fields.Date.context_today(self)
        # Elevated: whoever may add a detail to the file brings its date up to date.
        self.sudo().write({CHECKED_FIELDS[group]: today for group in groups})

    def _reset_stale_reminder(self):
        """Once nothing is stale any more, the next time deserves a new reminder."""
        # Elevated: the reminder is set by the server only.
        fresh = self.sudo().filtered(lambda c: c.stale_reminded_on and not c.is_stale)
        if fresh:
            fresh.write({"stale_reminded_on": False})

    @api.model
    def _cron_remind_stale_data(self):
        """Remind owners of stale data, once for each time the data become stale."""
        companies = self.env["res.company"].search(Domain.TRUE)
        domain = (
            self._get_stale_domain(companies)
            & Domain("user_id", "!=", False)
            & Domain("stale_reminded_on", "=", False)
        )
        remaining = self.search_count(domain)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=remaining)
        while customers := self.search(domain, limit=500, order="id"):
            failed = work_apart(customers, lambda some: some._remind_stale_data())
            domain &= Domain("id", "not in", failed.ids)
            remaining = max(0, remaining - len(customers))
            if not cron._commit_progress(len(customers), remaining=remaining):
                break

    def _remind_stale_data(self):
        """One activity per file for its owner, naming the stale data groups."""
        today = fields.Date.context_today(self)
        for lang, customers in self.grouped(lambda c: c.user_id.lang).items():
            for customer in customers.with_context(lang=lang):
                stale = [
                    group["label"]
                    for group in customer.completeness_detail
                    if group["stale"]
                ]
                customer.activity_schedule(
                    "followup_crm.mail_activity_type_stale_data",
                    date_deadline=today + timedelta(days=7),
                    summary=customer.env._(
                        "Check again: %(groups)s", groups=", ".join(stale)
                    ),
                    user_id=customer.user_id.id,
                )
        # Elevated: the reminder is set by the server only.
        self.sudo().write({"stale_reminded_on": today})
