from odoo import fields, models
from odoo.tools import SQL

from .fact_base import FactBase

VERDICTS = [("good", "Good"), ("fair", "Look at it"), ("bad", "Does not hold")]
# A class is large enough with so many customers; a scheme that puts almost everybody
# into one class says nothing.
SMALLEST_CLASS = 3
LARGEST_CLASS_SHARE = 0.95
# Share of the customers that must be measurable, or reachable, to call it good or fair.
GOOD_SHARE, FAIR_SHARE = 0.9, 0.6
# Neighbouring classes react differently if their orders per customer, or the value of
# an order, differ by this share of the larger one.
DIFFERENCE = 0.2


class TierHealth(models.TransientModel):
    """Health of a scheme (T27): the four principles of classification, judged now.

    Measurable, large enough, reachable, react differently; each with a verdict and the
    figures behind it. Made on demand; nobody writes it.
    """

    _name = "followup.tier.health"
    _description = "Health of a scheme"

    scheme_id = fields.Many2one(
        "followup.tier.scheme", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many("followup.tier.health.line", "health_id", readonly=True)


class TierHealthLine(models.TransientModel):
    """The verdict on one principle."""

    _name = "followup.tier.health.line"
    _description = "Verdict on a principle of classification"
    _order = "id"

    health_id = fields.Many2one(
        "followup.tier.health", required=True, index=True, ondelete="cascade"
    )
    principle = fields.Selection(
        [
            ("measurable", "Measurable"),
            ("large", "Large enough"),
            ("reachable", "Reachable"),
            ("different", "React differently"),
        ],
        required=True,
        readonly=True,
    )
    verdict = fields.Selection(VERDICTS, required=True, readonly=True)
    reason = fields.Text(readonly=True)


class TierScheme(models.Model):
    _inherit = "followup.tier.scheme"

    def action_check_health(self):
        """Judge the scheme by the four principles and show the verdicts (T27)."""
        self.ensure_one()
        self.check_access("read")
        self.env["followup.tier.health"].check_access("create")
        lines = [
            {"principle": principle, "verdict": verdict, "reason": reason}
            for principle, verdict, reason in self._get_health()
        ]
        health = self.env["followup.tier.health"].create(
            {
                "scheme_id": self.id,
                "line_ids": [fields.Command.create(line) for line in lines],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Health of %(scheme)s", scheme=self.name),
            "res_model": health._name,
            "res_id": health.id,
            "view_mode": "form",
            "target": "new",
        }

    def _get_health(self):
        """Triples of principle, verdict and reason."""
        figures = self._get_health_figures()
        named = {
            tier: figures.get(tier.id, (0, 0, 0, 0, 0.0))
            for tier in self.tier_ids.sorted("sequence")
        }
        total = sum(row[0] for row in figures.values())
        return [
            ("measurable", *self._judge_measurable(figures, total)),
            ("large", *self._judge_large(named, total)),
            ("reachable", *self._judge_reachable(named)),
            ("different", *self._judge_different(named)),
        ]

    def _get_health_figures(self):
        """Per tier id (None: no class): customers, kept for want of a rate, reachable,
        deals and turnover in the window. One statement."""
        # Elevated: counts of the whole company, of which the caller sees no customer.
        scheme = self.sudo()
        base = FactBase(scheme.company_id)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.tier_id, COUNT(*), COUNT(*) FILTER (WHERE a.on_hold),
                       COUNT(*) FILTER (WHERE f.user_id IS NOT NULL
                           AND COALESCE(NULLIF(p.email, ''), NULLIF(p.phone, ''))
                               IS NOT NULL),
                       SUM(b.deals)::float8, SUM(b.amount)::float8
                  FROM followup_customer f
                  JOIN res_partner p ON p.id = f.partner_id
                  LEFT JOIN followup_tier_assignment a ON a.customer_id = f.id
                       AND a.scheme_id = %(scheme)s
                  LEFT JOIN %(figures)s b ON b.customer_id = f.id
                 WHERE f.company_id = %(company)s AND f.active
                 GROUP BY a.tier_id
                """,
                scheme=self.id,
                figures=base.figures(scheme.window_months),
                company=scheme.company_id.id,
            )
        )
        return {row[0]: tuple(value or 0 for value in row[1:]) for row in rows}

    def _judge_measurable(self, figures, total):
        if not total:
            return "bad", self.env._("There are no customers yet.")
        unknown = figures.get(None, (0,))[0]
        held = sum(row[1] for row in figures.values())
        share = (total - unknown - held) / total
        return _by_share(share), self.env._(
            "%(known)s of %(total)s customers can be classified (%(share).0f %%);"
            " %(unknown)s have no class, %(held)s are kept because an exchange rate is"
            " missing.",
            known=total - unknown - held,
            total=total,
            share=100 * share,
            unknown=unknown,
            held=held,
        )

    def _judge_large(self, named, total):
        small = [tier.name for tier, row in named.items() if row[0] < SMALLEST_CLASS]
        largest = max(named, key=lambda tier: named[tier][0], default=None)
        if largest and total and named[largest][0] > LARGEST_CLASS_SHARE * total:
            return "bad", self.env._(
                "%(tier)s holds %(share).0f %% of all customers: the scheme hardly"
                " tells them apart.",
                tier=largest.name,
                share=100 * named[largest][0] / total,
            )
        if small:
            return "fair", self.env._(
                "Fewer than %(number)s customers in: %(tiers)s.",
                number=SMALLEST_CLASS,
                tiers=", ".join(small),
            )
        return "good", self.env._(
            "Every class holds at least %(number)s customers.", number=SMALLEST_CLASS
        )

    def _judge_reachable(self, named):
        shares = {tier: row[2] / row[0] for tier, row in named.items() if row[0]}
        if not shares:
            return "bad", self.env._("No class holds a customer.")
        return _by_share(min(shares.values())), self.env._(
            "Customers with an owner and a phone number or e-mail address: %(shares)s.",
            shares=", ".join(
                f"{tier.name} {100 * share:.0f} %" for tier, share in shares.items()
            ),
        )

    def _judge_different(self, named):
        held = {tier: row for tier, row in named.items() if row[0]}
        if len(held) < 2:
            return "bad", self.env._("Only one class holds customers.")
        deals = [row[3] / row[0] for row in held.values()]
        values = [row[4] / row[3] if row[3] else 0.0 for row in held.values()]
        apart = [
            _differs(deals[place], deals[place + 1])
            or _differs(values[place], values[place + 1])
            for place in range(len(held) - 1)
        ]
        verdict = "good" if all(apart) else "fair" if any(apart) else "bad"
        digits = self.company_id.currency_id.format
        return verdict, self.env._(
            "Orders per customer in %(months)s months, and their average value:"
            " %(figures)s.",
            months=self.window_months,
            figures=", ".join(
                f"{tier.name} {number:.1f} × {digits(value)}"
                for tier, number, value in zip(held, deals, values, strict=True)
            ),
        )


def _by_share(share):
    if share >= GOOD_SHARE:
        return "good"
    return "fair" if share >= FAIR_SHARE else "bad"


def _differs(one, other):
    larger = max(one, other)
    return larger > 0 and abs(one - other) >= DIFFERENCE * larger
