from odoo import fields, models
from odoo.fields import Domain


class Dashboard(models.AbstractModel):
    """Requests, reminders, reviews and key accounts among what needs me today (S2)."""

    _inherit = "followup.dashboard"

    def _get_tiles(self, role):
        tiles = super()._get_tiles(role)
        more = {
            "user": (self._tile_requests, self._tile_checks, self._tile_reminders),
            "officer": (self._tile_requests, self._tile_reviews_bad),
            "manager": (
                self._tile_requests_late,
                self._tile_checks,
                self._tile_reviews_bad,
            ),
        }
        return tiles + [method(role) for method in more[role]]

    def _tile_requests(self, role):
        domain = Domain("state", "in", ("new", "working"))
        domain &= Domain("user_id", "in", (False, self.env.uid))
        return self._make_tile(
            "requests", self.env._("Requests to answer"), "followup.request", domain
        )

    def _tile_requests_late(self, role):
        return self._make_tile(
            "requests_late",
            self.env._("Requests past their promise"),
            "followup.request",
            Domain("time_state", "=", "late"),
            "danger",
        )

    def _tile_checks(self, role):
        """Weekly checks that are due; of managers: those that were forgotten."""
        today = fields.Date.to_string(fields.Date.context_today(self))
        operator = "<=" if role == "user" else "<"
        domain = Domain("state", "=", "open") & Domain("date_deadline", operator, today)
        return self._make_tile(
            "checks",
            self.env._("Key accounts to check"),
            "followup.account.check",
            domain & self._get_scope(role),
        )

    def _tile_reminders(self, role):
        return self._make_tile(
            "reminders",
            self.env._("Reminders to send"),
            "followup.chase",
            Domain("state", "=", "proposed") & Domain("user_id", "=", self.env.uid),
            "info",
        )

    def _tile_reviews_bad(self, role):
        return self._make_tile(
            "reviews_bad",
            self.env._("Reviews to answer"),
            "followup.review",
            Domain("state", "=", "new"),
        )
