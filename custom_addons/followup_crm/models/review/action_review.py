from datetime import timedelta

from odoo import api, fields, models

# So many days before and after an action tell whether reviews became better.
WINDOW = timedelta(days=180)


class Action(models.Model):
    """Improvement actions of reviews, and whether the scores became better."""

    _inherit = "followup.action"

    origin = fields.Selection(
        selection_add=[("review", "Public review"), ("other",)],
        ondelete={"review": "set default"},
    )
    review_id = fields.Many2one(
        "followup.review",
        string="Public review",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    review_rate_before = fields.Float(
        string="Reviews before (%)",
        compute="_compute_review_rates",
        compute_sudo=True,
        help="Average score in the 180 days before the action was done: of the same"
        " product, else of the same platform.",
    )
    review_rate_after = fields.Float(
        string="Reviews since (%)",
        compute="_compute_review_rates",
        compute_sudo=True,
        help="Average score in the 180 days since.",
    )
    review_count_after = fields.Integer(
        string="Number of reviews since",
        compute="_compute_review_rates",
        compute_sudo=True,
    )

    @api.depends("review_id", "product_id", "done_date")
    def _compute_review_rates(self):
        """Averages of all these actions from one query."""
        about = self.filtered("review_id")
        days = {action: self._get_turn(action) for action in about}
        rows = self._read_review_scores(about, days)
        for action in self:
            before, after = [], []
            for company, product, platform, day, total, count in rows:
                if action not in days or company != action.company_id:
                    continue
                wanted = action.product_id or action.review_id.product_id
                same = (
                    product == wanted
                    if wanted
                    else platform == action.review_id.platform_id
                )
                turn = days[action]
                if same and turn - WINDOW <= day < turn:
                    before.append((total, count))
                elif same and turn <= day <= turn + WINDOW:
                    after.append((total, count))
            action.review_rate_before = self._get_average(before)
            action.review_rate_after = self._get_average(after)
            action.review_count_after = sum(count for _total, count in after)

    @api.model
    def _get_turn(self, action):
        """The day from which better reviews are expected."""
        return action.done_date or fields.Date.context_today(self)

    @api.model
    def _read_review_scores(self, actions, days):
        """(company, product, platform, day, sum, count) of all that may count."""
        if not actions:
            return []
        groups = self.env["followup.review"]._read_group(
            [
                ("company_id", "in", actions.company_id.ids),
                ("date", ">=", min(days.values()) - WINDOW),
                ("date", "<=", max(days.values()) + WINDOW),
            ],
            ["company_id", "product_id", "platform_id", "date:day"],
            ["score_rate:sum", "__count"],
        )
        return groups

    @api.model
    def _get_average(self, parts):
        count = sum(number for _total, number in parts)
        return sum(total for total, _number in parts) / count if count else 0.0

    def _check_links(self, vals):
        """Nobody hangs an action on a review that he may not see."""
        if vals.get("review_id"):
            self.env["followup.review"].browse(vals["review_id"]).check_access("read")
        return super()._check_links(vals)


class Complaint(models.Model):
    """Complaints that were read in public, and the review that they are of."""

    _inherit = "followup.complaint"

    channel = fields.Selection(
        selection_add=[("review", "Public review")],
        ondelete={"review": lambda records: records.write({"channel": "letter"})},
    )
    review_ids = fields.One2many(
        "followup.review", "complaint_id", string="Public reviews"
    )
