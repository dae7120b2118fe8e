from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .order_tracking import CREDIT_DATES
from .order_tracking_figures import CREDIT_MARGIN


class OrderTracking(models.Model):
    """The promise check (K5): can what is promised be kept, and why not."""

    _inherit = "followup.order.tracking"

    promise_warning = fields.Text(compute="_compute_promise_warning")
    late_reason = fields.Char(compute="_compute_late_reason", string="Why")
    factory_id = fields.Many2one(
        "res.partner",
        compute="_compute_making",
        inverse="_inverse_making",
    )
    purchase_ref = fields.Reference(
        selection="_selection_purchase_ref",
        string="Purchase order",
        compute="_compute_making",
        inverse="_inverse_making",
    )
    has_purchase = fields.Boolean(compute="_compute_making")

    @api.model
    def _selection_purchase_ref(self):
        return self.env["followup.order.lot"]._selection_purchase_ref()

    @api.depends("lot_ids.factory_id", "lot_ids.purchase_ref")
    def _compute_making(self):
        for tracking in self:
            lot = tracking.lot_ids[:1]
            tracking.factory_id = lot.factory_id
            tracking.purchase_ref = lot.purchase_ref
            tracking.has_purchase = lot.has_purchase

    def _inverse_making(self):
        for tracking in self:
            if len(tracking.lot_ids) == 1:
                tracking.lot_ids.write(
                    {
                        "factory_id": tracking.factory_id.id,
                        "purchase_ref": tracking.purchase_ref
                        and f"{tracking.purchase_ref._name},{tracking.purchase_ref.id}",
                    }
                )

    @api.depends(
        "late_milestone_id", "days_late", "days_behind", "risk", "exception_ids"
    )
    def _compute_late_reason(self):
        for tracking in self:
            tracking.late_reason = tracking._get_late_reason()

    @api.depends(
        "delivery_date",
        "forecast_delivery_date",
        "order_date",
        "template_id.lead_days",
        *CREDIT_DATES,
    )
    def _compute_promise_warning(self):
        for tracking in self:
            warnings = tracking._get_promise_warnings(tracking.delivery_date)
            tracking.promise_warning = "\n".join(warnings)

    # === BUSINESS === #

    def _get_late_reason(self):
        """What holds this order up, and since when, in one line."""
        self.ensure_one()
        parts = []
        held = self.late_milestone_id
        if held:
            parts.append(
                self.env._(
                    "%(milestone)s, %(days)s days behind",
                    milestone=held.type_id.name,
                    days=max(held.days_behind, 0) or self.days_behind,
                )
            )
            if held.delay_cause:
                parts.append(held.delay_cause)
        parts += self.exception_ids.filtered(lambda e: e.state == "open").mapped("name")
        if not parts and self.risk != "on_track":
            parts = self._get_credit_warnings(
                self.forecast_delivery_date or self.delivery_date
            )
        return ": ".join(parts)

    def _get_promise_warnings(self, date):
        """What speaks against delivering on a date.

        :param date: the promised day, or False
        :return: list of sentences
        """
        self.ensure_one()
        warnings = self._get_lead_warnings(
            self.template_id, self.order_date, date, self.company_id
        )
        expected = self.forecast_delivery_date
        if date and expected and expected > date and self.state == "open":
            warnings.append(
                self.env._(
                    "By what is known now the goods leave on %(date)s, %(days)s days"
                    " after the promise.",
                    date=format_date(self.env, expected),
                    days=(expected - date).days,
                )
            )
        return warnings + self._get_credit_warnings(expected or date)

    def _get_credit_warnings(self, date):
        """Dates of the letter of credit that shipping on a date breaks or nears."""
        warnings = []
        labels = self.fields_get(CREDIT_DATES, ["string"])
        for name, label in labels.items():
            limit = self[name]
            if limit and date and (limit - date).days < CREDIT_MARGIN:
                warnings.append(
                    self.env._(
                        "Letter of credit, %(what)s: %(limit)s; the goods are expected"
                        " to leave on %(date)s.",
                        what=label["string"],
                        limit=format_date(self.env, limit),
                        date=format_date(self.env, date),
                    )
                )
        return warnings

    @api.model
    def _get_lead_warnings(self, template, order_date, date, company):
        """Whether a promised day leaves the usual time, and is a working day."""
        warnings = []
        if not date or not template:
            return warnings
        days = (date - order_date).days
        if days < template.lead_days:
            warnings.append(
                self.env._(
                    "%(days)s days from order to delivery; %(usual)s are usual.",
                    days=days,
                    usual=template.lead_days,
                )
            )
        if template.working_days_only and not self._is_working_day(company, date):
            warnings.append(
                self.env._(
                    "%(date)s is not a working day.", date=format_date(self.env, date)
                )
            )
        return warnings

    @api.model
    def _is_working_day(self, company, date):
        """Whether the company works on a day, by its calendar."""
        # Elevated: when a company works is no secret.
        calendar = company.sudo().resource_calendar_id
        days = set(calendar.attendance_ids.mapped("dayofweek"))
        return not days or str(date.weekday()) in days

    @api.model
    def _find_template(self, order):
        """The template that a quotation would get, as one that is confirmed gets it.

        :return: ``followup.tracking.template``
        """
        if not order.id:
            return self.env["followup.tracking.template"]._get_default(self.env.company)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT tpl.id
                  FROM sale_order o
                  JOIN res_partner p ON p.id = o.partner_id
                  LEFT JOIN followup_customer f
                         ON f.partner_id = p.commercial_partner_id
                        AND f.company_id = o.company_id
                 CROSS JOIN LATERAL (%(template)s) tpl
                 WHERE o.id = %(order)s
                """,
                template=self._template_select(),
                order=order.id,
            )
        )
        return self.env["followup.tracking.template"].browse(r[0] for r in rows)
