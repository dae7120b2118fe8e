from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.day import company_today

KINDS = [
    ("claim", "Claims from the pool"),
    ("view", "Looks into the pool"),
    ("search", "Searches for a clash"),
]


class Quota(models.Model):
    """How often a user did today what is limited (claims, looks, searches).

    One row per user, company, kind and day, counted up by one statement: two requests
    at the same moment cannot both take the last one.
    """

    _name = "followup.quota"
    _description = "Daily quota"
    _rec_name = "kind"
    _order = "date desc, id desc"
    _log_access = False

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True)

    _user_day_unique = models.UniqueIndex("(user_id, company_id, kind, date)")

    @api.model
    def _take(self, kind, limit, company):
        """Count one more for the current user, or raise where the limit is reached."""
        # Elevated: nobody writes his own count.
        self.sudo().flush_model()
        taken = limit > 0 and self.env.execute_query(
            SQL(
                """
                INSERT INTO followup_quota AS q
                       (user_id, company_id, kind, date, number)
                VALUES (%(user)s, %(company)s, %(kind)s, %(today)s, 1)
                    ON CONFLICT (user_id, company_id, kind, date)
                    DO UPDATE SET number = q.number + 1 WHERE q.number < %(limit)s
                RETURNING number
                """,
                user=self.env.uid,
                company=company.id,
                kind=kind,
                today=company_today(company),
                limit=limit,
            )
        )
        self.invalidate_model(flush=False)
        if not taken:
            raise UserError(self._get_refusal(kind, limit))

    def _get_refusal(self, kind, limit):
        if kind == "claim":
            return self.env._(
                "You have claimed %(limit)s customers today, which is the limit. Go on"
                " tomorrow, or ask a manager to assign the customer to you.",
                limit=limit,
            )
        if kind == "view":
            return self.env._(
                "You have looked at %(limit)s customers of the pool today, which is"
                " the limit. Go on tomorrow.",
                limit=limit,
            )
        return self.env._(
            "You have searched %(limit)s times today, which is the limit. Go on"
            " tomorrow, or ask a manager to look.",
            limit=limit,
        )

    @api.autovacuum
    def _gc_old(self):
        """Counts of earlier days limit nothing any more."""
        today = fields.Date.context_today(self)
        # Elevated: a scheduled clean-up.
        self.sudo().search(
            [("date", "<", fields.Date.subtract(today, months=1))], limit=10_000
        ).unlink()
