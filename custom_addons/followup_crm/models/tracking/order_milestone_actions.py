from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class OrderMilestone(models.Model):
    """Ticking off milestones, and saying what a slip moves."""

    _inherit = "followup.order.milestone"

    # === ACTIONS === #

    def action_done(self):
        """It was done today."""
        self._check_open()
        self.filtered(lambda m: not m.actual_date).write(
            {"actual_date": fields.Date.context_today(self)}
        )

    def action_undo(self):
        """It is not done after all."""
        self._check_open()
        self.write({"actual_date": False})

    def action_postpone(self):
        """Open the dialog for another date, which shows what it moves."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Another date"),
            "res_model": "followup.milestone.postpone",
            "view_mode": "form",
            "target": "new",
            "context": {"default_milestone_id": self.id},
        }

    # === BUSINESS === #

    def _get_alert_text(self):
        """That it is overdue, in one sentence."""
        self.ensure_one()
        return self.env._(
            "%(milestone)s was planned for %(date)s and is not done.",
            milestone=self.type_id.name,
            date=format_date(self.env, self.planned_date),
        )

    def _mark_alerted(self):
        """These were told of; again only when their plan changes."""
        # Elevated: the mark is nobody's to set but the scheduled action's.
        self.sudo().write({"is_alerted": True})

    def _check_open(self):
        """Raise for milestones of cancelled orders."""
        if any(tracking.state == "cancel" for tracking in self.tracking_id):
            raise UserError(self.env._("This order is cancelled."))

    def _complete_by_attachment(self, vals):
        """A document that is received completes the milestones that wait for it."""
        waiting = self.filtered(
            lambda m: m.completes == "document" and not m.actual_date
        )
        adds = any(command[0] in (0, 4, 6) for command in vals["attachment_ids"])
        if waiting and adds and waiting == self:
            vals["actual_date"] = fields.Date.context_today(self)

    def _get_following(self):
        """The open milestones after this one that its slip moves."""
        self.ensure_one()
        later = self.lot_id.milestone_ids.sorted(lambda m: (m.sequence, m.id))
        following = later.browse()
        for milestone in later[list(later.ids).index(self.id) + 1 :]:
            if milestone.actual_date:
                break
            following += milestone
        return following

    def _get_later_dates(self):
        """Forecasts of the open milestones of these lots, before a change."""
        return {
            milestone: milestone.forecast_date
            for milestone in self.lot_id.milestone_ids - self
            if not milestone.actual_date
        }

    def _tell_moved(self, before):
        """Write into the log what was set, and which later dates it moved."""
        for tracking, milestones in self.grouped("tracking_id").items():
            moved = [
                (later.forecast_date - date).days
                for later, date in before.items()
                if later.tracking_id == tracking
                and not later.actual_date
                and date
                and later.forecast_date != date
            ]
            lines = [milestone._get_change_text() for milestone in milestones]
            if moved:
                lines.append(tracking._get_moved_text(moved))
            tracking._log_lines(lines)

    def _get_change_text(self):
        """What is now known about this milestone, in one sentence."""
        self.ensure_one()
        values = {
            "milestone": self.type_id.name,
            "planned": format_date(self.env, self.planned_date),
        }
        if self.actual_date:
            return self.env._(
                "%(milestone)s: done on %(date)s (planned %(planned)s).",
                date=format_date(self.env, self.actual_date),
                **values,
            )
        if self.expected_date:
            text = self.env._(
                "%(milestone)s: now expected on %(date)s (planned %(planned)s).",
                date=format_date(self.env, self.expected_date),
                **values,
            )
            return f"{text} {self.delay_cause or ''}".strip()
        return self.env._("%(milestone)s: open, planned %(planned)s.", **values)

    def _tell_completed(self):
        """Write into the log what documents have completed."""
        for tracking, milestones in self.grouped("tracking_id").items():
            tracking._log_lines(
                [
                    self.env._(
                        "%(milestone)s: completed by its document on %(date)s.",
                        milestone=milestone.type_id.name,
                        date=format_date(self.env, milestone.actual_date),
                    )
                    for milestone in milestones
                ]
            )
