from odoo import fields, models
from odoo.tools import SQL


class TierRun(models.Model):
    """One computation of a scheme: when, by whom, how long, how many moved (T20)."""

    _name = "followup.tier.run"
    _description = "Classification run"
    _rec_name = "date"
    _order = "date desc, id desc"

    scheme_id = fields.Many2one(
        "followup.tier.scheme", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user
    )
    rule_version = fields.Char(help="Tiers, limits, window and measure at that time.")
    bucket_limits = fields.Json(
        help="Limits that the figures themselves set, for example of RFM scores."
    )
    window_from = fields.Date()
    window_to = fields.Date(string="Window until (exclusive)")
    seconds = fields.Float(digits=(8, 2), aggregator="avg")
    customer_count = fields.Integer(string="Customers")
    ranked_count = fields.Integer(
        string="Ranked", help="Customers with a measure above zero."
    )
    total_measure = fields.Float(aggregator=None)
    first_count = fields.Integer(
        string="New", help="Customers that got a class for the first time."
    )
    moved_count = fields.Integer(
        string="Moved", help="Customers that went from one class to another, or left."
    )
    promoted_count = fields.Integer(string="Promoted")
    demoted_count = fields.Integer(string="Demoted")

    def _moved_array(self, tiers=None):
        """SQL: an array of the ids of the customers that these runs moved.

        :param tiers: only into or out of these (default: into or out of any)
        :return: None where customers got their first class: then it may be everyone
        """
        if any(run.first_count for run in self):
            return None
        only = SQL("""TRUE""")
        if tiers is not None:
            only = SQL(
                """(from_tier_id = ANY(%s) OR to_tier_id = ANY(%s))""",
                tiers.ids,
                tiers.ids,
            )
        return SQL(
            """ARRAY(SELECT customer_id FROM followup_tier_change
                      WHERE run_id = ANY(%s) AND direction <> 'first' AND %s)""",
            self.ids,
            only,
        )

    def _get_notification(self):
        """Tell the user of a button what the runs did."""
        message = self.env._(
            "Computed: %(schemes)s. Customers that changed class: %(moved)s.",
            schemes=", ".join(self.scheme_id.mapped("name")) or "–",
            moved=sum(self.mapped("moved_count")) + sum(self.mapped("first_count")),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _notify_owners(self):
        """One message per owner: which of their customers were promoted or demoted.

        Whoever started the computation sees the result and is not told (T25).
        """
        changes = self.env["followup.tier.change"].search(
            [("run_id", "in", self.ids), ("direction", "in", ("up", "down"))]
        )
        for owner, mine in changes.grouped(lambda c: c.customer_id.user_id).items():
            if not owner.active or owner == self.env.user:
                continue
            mine = mine.with_context(lang=owner.lang)
            mine.env["mail.thread"].message_notify(
                partner_ids=owner.partner_id.ids,
                subject=mine.env._("Your customers changed class"),
                body=mine._get_message(),
            )
