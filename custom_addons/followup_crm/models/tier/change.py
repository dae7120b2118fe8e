from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

from .loose_many2one import LooseMany2one

# A message names so many customers and counts the others.
NAMED = 20


class TierChange(models.Model):
    """A customer's move from one class to another (T22).

    The history from which the class on any day, and the movement matrix between two
    days, are read. Rows are written by the engine only and never changed.
    """

    _name = "followup.tier.change"
    _description = "Change of tier"
    _rec_name = "customer_id"
    _order = "date desc, id desc"
    _log_access = False

    customer_id = LooseMany2one("followup.customer", required=True, readonly=True)
    company_id = LooseMany2one("res.company", readonly=True)
    scheme_id = LooseMany2one("followup.tier.scheme", required=True, readonly=True)
    run_id = LooseMany2one(
        "followup.tier.run", readonly=True, help="Empty: outside a computation."
    )
    date = fields.Date(required=True, readonly=True)
    from_tier_id = LooseMany2one("followup.tier", string="From", readonly=True)
    to_tier_id = LooseMany2one("followup.tier", string="To", readonly=True)
    direction = fields.Selection(
        [
            ("first", "First class"),
            ("up", "Promoted"),
            ("down", "Demoted"),
            ("moved", "Moved"),
            ("left", "No class any more"),
            ("combined", "Files combined"),
        ],
        readonly=True,
    )
    measure = fields.Float(readonly=True, aggregator=None)

    # Query: the class of all customers on a day, per scheme.
    _scheme_customer_date = models.Index("(scheme_id, customer_id, date DESC, id DESC)")
    # Query: the history of one customer.
    _customer = models.Index("(customer_id, date DESC)")
    # Query: the moves of a run, to tell the owners. First classes are no news.
    _run = models.Index("(run_id) WHERE direction <> 'first'")

    @api.model
    def _class_select(self, scheme, day):
        """SQL: customer_id, tier_id of each customer at the end of a day.

        Customers without a class on that day have no row.
        """
        return SQL(
            """
            SELECT c.customer_id, c.to_tier_id AS tier_id
              FROM (SELECT DISTINCT ON (customer_id) customer_id, to_tier_id
                      FROM followup_tier_change
                     WHERE scheme_id = %s AND date <= %s
                     ORDER BY customer_id, date DESC, id DESC) c
             WHERE c.to_tier_id IS NOT NULL
            """,
            scheme.id,
            day,
        )

    def _get_message(self):
        """A short list of moves, for the owner's inbox; every name is escaped."""
        lines = [
            Markup("<li>%s: %s %s → %s</li>")
            % (
                change.customer_id.display_name,
                change.scheme_id.name,
                change.from_tier_id.name or "–",
                change.to_tier_id.name or "–",
            )
            for change in self[:NAMED]
        ]
        if len(self) > NAMED:
            more = self.env._("… and %(count)s more.", count=len(self) - NAMED)
            lines.append(Markup("<li>%s</li>") % more)
        return Markup("<ul>%s</ul>") % Markup("").join(lines)
