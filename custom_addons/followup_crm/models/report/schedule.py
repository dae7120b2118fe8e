from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ...tools.day import company_today

RHYTHMS = [("weekly", "Every week"), ("monthly", "Every month")]
WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
ROLES = (
    "followup_crm.group_user",
    "followup_crm.group_user_all",
    "followup_crm.group_manager",
    "followup_crm.group_complaint_officer",
)


class ReportSchedule(models.Model):
    """A report that is mailed again and again (S3).

    Each recipient gets what he or she would print: own rights, own language. What is
    due becomes one ``followup.report.delivery`` for each recipient and occasion, which
    is sent once. A day that passed while the server stood still is made up for, once.
    """

    _name = "followup.report.schedule"
    _inherit = ["followup.report.options", "followup.guarded.mixin"]
    _description = "Scheduled report"
    _order = "next_date, id"
    _check_company_auto = True
    _server_only = frozenset({"last_date", "next_date"})

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    period = fields.Selection(default="month")
    rhythm = fields.Selection(RHYTHMS, required=True, default="monthly")
    weekday = fields.Selection(
        WEEKDAYS, required=True, default="0", string="Day of the week"
    )
    month_day = fields.Integer(
        string="Day of the month",
        default=1,
        help="1 to 28, so that every month has it.",
    )
    next_date = fields.Date(
        string="Next time", compute="_compute_next_date", store=True, precompute=True
    )
    last_date = fields.Date(string="Last time", readonly=True, copy=False)
    group_ids = fields.Many2many(
        "res.groups",
        "followup_report_schedule_group_rel",
        string="Roles",
        domain=lambda self: [("id", "in", self._get_roles().ids)],
        help="Everybody who has one of these roles and works for the company.",
    )
    user_ids = fields.Many2many(
        "res.users",
        "followup_report_schedule_recipient_rel",
        string="Users",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    recipient_count = fields.Integer(
        string="Recipients", compute="_compute_recipient_count"
    )
    with_pdf = fields.Boolean(string="PDF", default=True)
    with_xlsx = fields.Boolean(
        string="Excel",
        default=True,
        help="Only for those who may export; the others get the PDF.",
    )
    skip_empty = fields.Boolean(
        string="Not when there is nothing to tell", default=True
    )
    delivery_ids = fields.One2many(
        "followup.report.delivery", "schedule_id", string="Sent"
    )
    failed_count = fields.Integer(string="Failed", compute="_compute_failed_count")

    # Query: what is due, every hour.
    _due = models.Index("(next_date) WHERE active")

    @api.depends("rhythm", "weekday", "month_day", "last_date", "company_id")
    def _compute_next_date(self):
        for schedule in self:
            after = schedule._get_today()
            if schedule.last_date:
                after = max(after, schedule.last_date)
            schedule.next_date = schedule._get_next_date(after)

    @api.depends("group_ids", "user_ids", "company_id")
    def _compute_recipient_count(self):
        for schedule in self:
            schedule.recipient_count = len(schedule._get_recipients())

    @api.depends("delivery_ids.state")
    def _compute_failed_count(self):
        counts = dict(
            self.env["followup.report.delivery"]._read_group(
                [("schedule_id", "in", self.ids), ("state", "=", "failed")],
                ["schedule_id"],
                ["__count"],
            )
        )
        for schedule in self:
            schedule.failed_count = counts.get(schedule._origin, 0)

    @api.constrains("month_day")
    def _check_month_day(self):
        for schedule in self:
            if not 1 <= schedule.month_day <= 28:
                raise ValidationError(
                    self.env._("Choose a day between 1 and 28, which every month has.")
                )

    @api.constrains("period")
    def _check_period(self):
        for schedule in self:
            if schedule.period == "own":
                raise ValidationError(
                    self.env._(
                        "Choose a period that moves with the calendar, for example"
                        " last month."
                    )
                )

    @api.constrains("group_ids", "user_ids", "with_pdf", "with_xlsx", "active")
    def _check_complete(self):
        for schedule in self.filtered("active"):
            if not (schedule.with_pdf or schedule.with_xlsx):
                raise ValidationError(self.env._("Choose PDF, Excel or both."))
            if not (schedule.group_ids or schedule.user_ids):
                raise ValidationError(self.env._("Choose who gets the report."))
            if schedule.group_ids - schedule._get_roles():
                raise ValidationError(
                    self.env._("Choose roles of Follow-up only; add others as users.")
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        return super().write(vals)

    # === CRON === #

    @api.model
    def _cron_send(self):
        """Enter who gets what is due, then send it, one after the other."""
        self._queue_due()
        self.env["ir.cron"]._commit_progress(0)
        self.env["followup.report.delivery"]._work_off()

    @api.model
    def _queue_due(self):
        """Enter the deliveries of every schedule whose day has come."""
        tomorrow = fields.Date.today() + timedelta(days=1)
        # Another worker has the locked ones.
        due = self.search([("next_date", "<=", tomorrow)]).try_lock_for_update()
        for schedule in due:
            today, day = schedule._get_today(), schedule.next_date
            if day <= today:
                schedule._queue(day, fields.Date.to_string(day))
                # Elevated: only this method says when a schedule was last due.
                schedule.sudo().last_date = today

    # === ACTIONS === #

    def action_send_now(self):
        """Send to all recipients as if today were the day; twice a minute is once."""
        self.ensure_one()
        self.check_access("write")
        now = fields.Datetime.now()
        self._queue(self._get_today(), f"now {now:%Y-%m-%d %H:%M}")
        # Elevated: whoever may keep schedules may let them start.
        self.env.ref("followup_crm.report_cron_send").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s mails are on their way. The page “Sent” tells of each.",
                    count=self.recipient_count,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_preview(self):
        """What it would send to you, to look at."""
        self.ensure_one()
        self.check_access("read")
        values = self._prepare_print_vals(self._get_today())
        customers = self._get_visible_customers(self.env)
        if customers is None:
            raise UserError(self.env._("May see none of the chosen customers."))
        preview = self.env["followup.report.print"].create({**values, **customers})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview with your own rights"),
            "res_model": "followup.report.print",
            "res_id": preview.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_open_deliveries(self):
        """What was sent to whom."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.report_delivery_action"
        )
        return {**action, "domain": [("schedule_id", "=", self.id)], "context": {}}

    # === BUSINESS === #

    def _get_today(self):
        """Today where the company is."""
        return company_today(self.company_id or self.env.company)

    def _get_next_date(self, after):
        """The first of its days behind another day."""
        if self.rhythm == "weekly":
            days = (int(self.weekday or 0) - after.weekday() - 1) % 7 + 1
            return after + timedelta(days=days)
        day = min(max(self.month_day or 1, 1), 28)
        if after.day < day:
            return after.replace(day=day)
        return after.replace(day=day) + relativedelta(months=1)

    @api.model
    def _get_roles(self):
        roles = [self.env.ref(name, raise_if_not_found=False) for name in ROLES]
        return self.env["res.groups"].browse(role.id for role in roles if role)

    def _get_recipients(self):
        """Active users of the company who have one of the roles or are named."""
        # Elevated: who has a role is read for whoever keeps schedules.
        users = self.env["res.users"].sudo()
        if not self.company_id:
            return users
        chosen = Domain("id", "in", self.user_ids._origin.ids) | Domain(
            "all_group_ids", "in", self.group_ids._origin.ids
        )
        return users.search(
            chosen
            & Domain("share", "=", False)
            & Domain("company_ids", "in", self.company_id._origin.ids)
        )

    def _queue(self, day, occasion):
        """Enter a delivery for each recipient who has none for this occasion.

        :param day: the day that the report's period counts from
        :param occasion: what is sent once to each
        """
        self.ensure_one()
        # Elevated: deliveries are the server's log.
        deliveries = self.env["followup.report.delivery"].sudo()
        known = deliveries.search(
            [("schedule_id", "=", self.id), ("occasion", "=", occasion)]
        )
        return deliveries.create(
            [
                {
                    "schedule_id": self.id,
                    "user_id": user.id,
                    "date": day,
                    "occasion": occasion,
                }
                for user in self._get_recipients() - known.user_id
            ]
        )

    def _prepare_print_vals(self, day):
        """Values of the ``followup.report.print``, with the period counted from a day.

        Customers are left out: see ``_get_visible_customers``.
        """
        begin, end = self._get_span(self.period, day)
        return {
            "report_id": self.report_id.id,
            "company_id": self.company_id.id,
            "period": "own",
            "date_from": begin,
            "date_to": end,
            "tier_ids": [Command.set(self.tier_ids.ids)],
            "owner_ids": [Command.set(self.owner_ids.ids)],
            "country_ids": [Command.set(self.country_ids.ids)],
            "currency_id": self.currency_id.id,
            "rate_date": self.rate_date,
            "top": self.top,
            "measure": self.measure,
            "ranked": self.ranked,
            "compare": self.compare,
        }

    def _get_visible_customers(self, env):
        """The chosen customers whom somebody may see, as values.

        :return: None where customers are chosen and none of them may be seen: without
            the filter the report would tell of others
        """
        # Elevated: what is chosen; what is visible is searched with the user's rights.
        chosen = self.sudo().with_context(active_test=False).customer_ids
        if not chosen:
            return {}
        visible = env["followup.customer"].search([("id", "in", chosen.ids)])
        return {"customer_ids": [Command.set(visible.ids)]} if visible else None

    def _get_period_text(self, env, day):
        """The period of an occasion, in a user's language."""
        days = self._get_span(self.period, day)
        return " – ".join(format_date(env, one) for one in days)
