from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class MilestonePostpone(models.TransientModel):
    """Dialog: a milestone will be done on another date, for a reason.

    It shows what the date does to those that follow, before it is set (K5).
    """

    _name = "followup.milestone.postpone"
    _description = "Another date for a milestone"

    milestone_id = fields.Many2one(
        "followup.order.milestone", required=True, readonly=True
    )
    planned_date = fields.Date(related="milestone_id.planned_date")
    date = fields.Date(
        required=True,
        string="Will be done on",
        compute="_compute_date",
        store=True,
        readonly=False,
    )
    cause = fields.Char(string="Why")
    effect = fields.Text(compute="_compute_effect", string="What it moves")

    @api.depends("milestone_id")
    def _compute_date(self):
        for dialog in self:
            milestone = dialog.milestone_id
            dialog.date = milestone.expected_date or milestone.forecast_date

    @api.depends("date", "milestone_id")
    def _compute_effect(self):
        for dialog in self:
            dialog.effect = "\n".join(dialog._get_effect()) if dialog.date else False

    def _get_effect(self):
        """What the date means for what follows, as sentences."""
        milestone = self.milestone_id
        slip = max((self.date - milestone.planned_date).days, 0)
        following = milestone._get_following()
        moved = following.filtered(
            lambda m: fields.Date.add(m.planned_date, days=slip) > m.forecast_date
        )
        if not moved:
            return [self.env._("No other date moves.")]
        texts = [
            self.env._(
                "%(count)s later milestones move: %(names)s.",
                count=len(moved),
                names=", ".join(moved.mapped("type_id.name")),
            )
        ]
        goods = moved.filtered("type_id.is_delivery")[-1:]
        if goods:
            date = fields.Date.add(goods.planned_date, days=slip)
            texts.append(
                self.env._(
                    "The goods then leave on %(date)s; promised is %(promised)s.",
                    date=format_date(self.env, date),
                    promised=format_date(self.env, goods.lot_id.delivery_date),
                )
            )
            texts += goods.tracking_id._get_credit_warnings(date)
        return texts

    def action_apply(self):
        """Set the date under the user's own rights; the log says what moved."""
        self.ensure_one()
        if self.date < fields.Date.context_today(self):
            raise UserError(
                self.env._("This date is past. Tick the milestone off instead.")
            )
        self.milestone_id.write({"expected_date": self.date, "delay_cause": self.cause})
        return {"type": "ir.actions.act_window_close"}
