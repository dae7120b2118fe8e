from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .tracking_template_line import BASES, COMPLETIONS, ROLES

# What moves the dates of everything that comes later.
MOVING = frozenset({"planned_date", "expected_date", "actual_date"})
RISKS = [("on_track", "On track"), ("at_risk", "At risk"), ("late", "Late")]


class OrderMilestone(models.Model):
    """A stage of a lot with its planned, forecast and actual date (节点, K1).

    ``planned_date`` follows the template's rule; ``forecast_date`` is when it will be,
    after what slipped before it; both are computed set-based by the tracking.
    """

    _name = "followup.order.milestone"
    _inherit = ["followup.guarded.mixin"]
    _description = "Milestone of an order"
    _order = "lot_id, sequence, id"
    _rec_name = "type_id"
    _check_company_auto = True
    # Set by the template and by the computation of dates only.
    _server_only = frozenset(
        {
            "tracking_id",
            "company_id",
            "template_line_id",
            "base",
            "offset_days",
            "forecast_date",
            "is_alerted",
        }
    )

    lot_id = fields.Many2one(
        "followup.order.lot",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    tracking_id = fields.Many2one(
        related="lot_id.tracking_id", store=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="lot_id.company_id", store=True)
    customer_id = fields.Many2one(related="tracking_id.customer_id")
    type_id = fields.Many2one(
        "followup.milestone.type", string="Stage", required=True, ondelete="restrict"
    )
    template_line_id = fields.Many2one(
        "followup.tracking.template.line", readonly=True, ondelete="set null"
    )
    sequence = fields.Integer(default=10)
    base = fields.Selection(BASES, readonly=True, string="Counted from")
    offset_days = fields.Integer(readonly=True, string="Days")
    role = fields.Selection(ROLES)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index="btree_not_null",
        domain="[('share', '=', False)]",
    )
    completes = fields.Selection(
        COMPLETIONS, required=True, default="hand", string="Completed by"
    )
    evidence = fields.Char(
        related="template_line_id.evidence", string="Wanted as evidence"
    )
    evidence_required = fields.Boolean(string="Not without evidence")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Evidence", help="Reports, pictures, documents."
    )
    planned_date = fields.Date(string="Planned on")
    expected_date = fields.Date(
        string="Reported date",
        help="When it will be done, where that is not as planned.",
    )
    forecast_date = fields.Date(readonly=True, string="Forecast")
    actual_date = fields.Date(string="Done on")
    delay_cause = fields.Char(string="Cause of the delay")
    note = fields.Text(string="Remark")
    is_alerted = fields.Boolean(readonly=True, copy=False)
    days_behind = fields.Integer(compute="_compute_status", string="Days behind")
    status = fields.Selection(
        [
            ("done", "Done"),
            ("late", "Overdue"),
            ("behind", "Behind"),
            ("open", "Open"),
        ],
        compute="_compute_status",
    )

    # Query: what is due, for alerts and for a person's work list.
    _open_due = models.Index("(planned_date) WHERE actual_date IS NULL")

    @api.depends("type_id", "tracking_id")
    @api.depends_context("fcrm_name_order", "lang")
    def _compute_display_name(self):
        """The stage; in a calendar of many orders also whose it is."""
        for milestone in self:
            name = milestone.type_id.name or ""
            if self.env.context.get("fcrm_name_order"):
                # Elevated: who works on an order knows whose it is.
                customer = milestone.sudo().tracking_id.customer_id.name or ""
                name = f"{customer}: {name} ({milestone.sudo().tracking_id.name})"
            milestone.display_name = name

    @api.depends("planned_date", "forecast_date", "actual_date", "expected_date")
    def _compute_status(self):
        today = fields.Date.context_today(self)
        for milestone in self:
            planned = milestone.planned_date
            reached = milestone.actual_date or milestone.forecast_date
            due = milestone.expected_date or planned
            milestone.days_behind = (
                (reached - planned).days if reached and planned else 0
            )
            if milestone.actual_date:
                milestone.status = "done"
            elif due and due < today:
                milestone.status = "late"
            else:
                milestone.status = "behind" if milestone.days_behind > 0 else "open"

    # === CONSTRAINTS === #

    @api.constrains("actual_date", "evidence_required", "attachment_ids")
    def _check_done(self):
        """What is done lies in the past, with the evidence that is required."""
        for milestone in self.filtered("actual_date"):
            if milestone.actual_date > fields.Date.context_today(milestone):
                raise ValidationError(
                    self.env._(
                        "%(milestone)s cannot have been done on %(date)s, which is yet"
                        " to come. Enter it as the reported date instead.",
                        milestone=milestone.type_id.name,
                        date=format_date(self.env, milestone.actual_date),
                    )
                )
            if (
                milestone.evidence_required
                and not milestone.attachment_ids
                and milestone.completes in ("hand", "document")
            ):
                raise ValidationError(
                    self.env._(
                        "%(milestone)s needs its evidence: attach %(evidence)s first.",
                        milestone=milestone.type_id.name,
                        evidence=milestone.evidence or self.env._("a document"),
                    )
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """A milestone that somebody adds has a planned date of its own."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        milestones = super().create(vals_list)
        # Elevated: the dates of the lot follow whoever may add a milestone.
        milestones.sudo().tracking_id._refresh()
        return milestones

    def write(self, vals):
        self._refuse_server_only(vals, fixed={"lot_id"})
        if "planned_date" in vals and not self.env.su and self.template_line_id:
            raise UserError(
                self.env._(
                    "Planned dates follow the template. Enter the reported date to say"
                    " that it will be another day."
                )
            )
        if vals.get("attachment_ids") and not vals.get("actual_date"):
            self._complete_by_attachment(vals)
        moving = MOVING.intersection(vals)
        before = self._get_later_dates() if moving else None
        if moving:
            vals = {**vals, "is_alerted": False}
        result = super().write(vals)
        if moving:
            # Elevated: the dates of the lot follow whoever may change one of them.
            self.sudo().tracking_id._refresh()
            self._tell_moved(before)
        return result

    def unlink(self):
        """Milestones of the template stay: what is not wanted is its manager's call."""
        trackings = self.tracking_id
        result = super().unlink()
        trackings.exists()._refresh()
        return result
