"""All figures of the value of a company's customers, as one statement."""

from odoo.tools import SQL

from . import rules
from .value_effort import ValueEffort


class ValueSelect(ValueEffort):
    """One row per active file with every column that ``followup.value`` stores.

    :param model: name of the temporary table with what the probability model says
        (customer_id, alive_percent, value), or None where there is no model
    """

    def __init__(self, company, today=None):
        super().__init__(company, today)
        self.model = None

    def select(self):
        """SQL: customer_id and the columns of ``figures``, as they are stored."""
        figures = self._get_figures()
        return SQL(
            """SELECT x.customer_id, %s FROM (%s) x""",
            SQL(""", """).join(
                SQL("""%s AS %s""", expression, SQL.identifier(name))
                for name, expression in figures.items()
            ),
            self._derived_select(),
        )

    def columns(self):
        """Names of the stored columns, in the order of the statement."""
        return list(self._get_figures())

    # === COLUMNS === #

    def _get_figures(self):
        return (
            self._get_activity_figures()
            | self._get_score_figures()
            | self._get_money_figures()
            | self._get_margin_figures()
            | self._get_relation_figures()
        )

    def _get_activity_figures(self):
        return {
            "activity": SQL(
                """
                CASE WHEN x.loss_date IS NOT NULL THEN 'lost'
                     WHEN x.first_date IS NULL THEN 'prospect'
                     WHEN x.last_date < %(lost)s THEN 'lost'
                     WHEN x.last_date < %(dormant)s THEN 'dormant'
                     WHEN x.first_date > %(new)s THEN 'new'
                     WHEN x.churn_state IN ('at_risk', 'churned') THEN 'at_risk'
                     WHEN x.return_date >= %(dormant)s THEN 'reactivated'
                     ELSE 'active' END
                """,
                lost=self.day(24),
                dormant=self.day(12),
                new=self.today - rules.new_customer_time(),
            ),
            "churn_state": SQL("""x.churn_state"""),
            "own_rhythm": SQL("""COALESCE(x.own_rhythm, FALSE)"""),
            "order_days": SQL("""COALESCE(x.order_days, 0)"""),
            "median_days": SQL("""ROUND(x.median_days::numeric, 1)::float8"""),
            "first_order_date": SQL("""x.first_date"""),
            "last_order_date": SQL("""x.last_date"""),
            "return_date": SQL("""x.return_date"""),
            "risk_date": SQL("""x.risk_date"""),
            "churn_date": SQL("""x.churn_date"""),
        }

    def _get_score_figures(self):
        loyalty = SQL("""x.loyalty::integer""")
        credit = SQL("""x.credit::integer""")
        return {
            "loyalty_score": loyalty,
            "loyalty_band": self._band(loyalty, rules.LOYALTY_BANDS),
            "loyalty_parts": self._loyalty_json(),
            "credit_score": credit,
            "credit_band": self._band(credit, rules.CREDIT_BANDS),
            "credit_parts": SQL(
                """
                jsonb_strip_nulls(jsonb_build_object(
                    'late', ROUND(x.days_late), 'overdue', ROUND(100 * x.overdue_ratio),
                    'limit', ROUND(100 * x.limit_use), 'dso', ROUND(x.dso),
                    'terms', ROUND(x.terms), 'disputes', NULLIF(x.disputes, 0),
                    'bad', CASE WHEN x.trust = 'bad' THEN TRUE END))
                """
            ),
        }

    def _get_money_figures(self):
        has_model = SQL("""x.model_value IS NOT NULL""")
        plain = self._plain_value()
        return {
            "lifetime_value": self._rounded(
                SQL("""CASE WHEN %s THEN x.model_value ELSE %s END""", has_model, plain)
            ),
            "lifetime_basis": SQL(
                """CASE WHEN %s THEN 'model' WHEN %s IS NOT NULL THEN 'plain'
                        ELSE 'unrated' END""",
                has_model,
                plain,
            ),
            "alive_known": SQL("""x.alive_percent IS NOT NULL"""),
            "alive_percent": SQL("""x.alive_percent"""),
            "turnover": SQL("""x.amount"""),
            "turnover_before": SQL("""x.prev_amount"""),
            "balance": self._rounded(SQL("""COALESCE(x.balance, 0)""")),
            "overdue": self._rounded(SQL("""COALESCE(x.overdue, 0)""")),
            "oldest_due": SQL("""x.oldest_due"""),
            "invoiced": self._rounded(SQL("""COALESCE(x.invoiced, 0)""")),
            "collected": self._rounded(SQL("""COALESCE(x.collected, 0)""")),
        }

    def _get_margin_figures(self):
        cost = SQL(
            """CASE WHEN %s > 0 THEN x.hours * %s::float8 + x.concessions
                        + x.late_cost END""",
            self.company.fcrm_hour_cost,
            self.company.fcrm_hour_cost,
        )
        known = SQL("""x.margin IS NOT NULL""")
        return {
            "margin_known": known,
            "margin": self._rounded(SQL("""x.margin""")),
            "margin_rate": SQL("""ROUND(x.margin_rate::numeric, 4)::float8"""),
            "stock_known": SQL("""x.cross_ratio IS NOT NULL"""),
            "cross_ratio": SQL("""ROUND(x.cross_ratio::numeric, 4)::float8"""),
            "contribution_ratio": SQL(
                """ROUND((x.cross_ratio * x.share)::numeric, 4)::float8"""
            ),
            "visit_count": SQL("""x.visits"""),
            "contact_count": SQL("""x.contacts"""),
            "complaint_count": SQL("""x.complaints"""),
            "effort_hours": SQL("""ROUND(x.hours::numeric, 1)::float8"""),
            "concession_cost": self._rounded(SQL("""x.concessions""")),
            "late_cost": self._rounded(SQL("""x.late_cost""")),
            "serve_known": SQL("""%s > 0""", self.company.fcrm_hour_cost),
            "serve_cost": self._rounded(cost),
            "net_margin": self._rounded(SQL("""x.margin - (%s)""", cost)),
            "is_unprofitable": SQL("""COALESCE(x.margin < (%s), FALSE)""", cost),
        }

    def _get_relation_figures(self):
        return {
            "repeat_count": SQL("""GREATEST(x.order_days - 1, 0)"""),
            "category_count": SQL("""x.categories"""),
            "referred_count": SQL("""x.referred"""),
            "referred_turnover": SQL("""x.referred_amount"""),
        }

    def _rounded(self, expression):
        return SQL(
            """ROUND((%s)::numeric, %s)""",
            expression,
            self.company.currency_id.decimal_places,
        )

    def _band(self, score, bands):
        cases = [SQL("""WHEN %s >= %s THEN %s""", score, low, n) for n, low in bands]
        return SQL("""CASE %s ELSE 'unrated' END""", SQL(""" """).join(cases))

    def _plain_value(self):
        """SQL: yearly value × expected years, as ``tools.lifetime.plain_value``."""
        retention = self.retention()
        if retention is None:
            return SQL("""NULL::numeric""")
        return SQL(
            """CASE WHEN x.first_date IS NOT NULL
                    THEN (x.amount + x.referred_amount) * %s END""",
            rules.expected_years(retention),
        )

    # === WHAT THE COLUMNS ARE MADE OF === #

    def _loyalty_parts(self):
        """SQL of each part of the loyalty index, between 0 and 1, NULL if unknown.

        LEAST and GREATEST pass over what is not known, hence the conditions.
        """
        usual = self.company_rhythm().median
        return {
            "repeat": SQL(
                """CASE WHEN j.recent_days > 0
                        THEN (j.recent_days - 1)::float8 / j.recent_days
                        WHEN j.order_days > 0 THEN 0 END"""
            ),
            "frequency": SQL(
                """CASE WHEN %(usual)s::float8 IS NOT NULL
                        THEN LEAST(1, %(usual)s::float8 / GREATEST(
                             j.median_days, %(today)s::date - j.last_day)) END""",
                usual=usual,
                today=self.today,
            ),
            "wallet": SQL("""j.our_share::float8 / 100"""),
            "referrals": SQL("""LEAST(1, j.referred::float8 / 2)"""),
            "price": SQL(
                """CASE WHEN j.discount IS NOT NULL
                        THEN GREATEST(0, 1 - j.discount / %s::float8) END""",
                rules.PRICE_DISCOUNT,
            ),
            "tolerance": SQL("""j.forgiven::float8 / NULLIF(j.complained, 0)"""),
        }

    def _loyalty_json(self):
        pairs = [
            SQL("""%s, ROUND(100 * x.%s)""", name, SQL.identifier(f"loyal_{name}"))
            for name in rules.LOYALTY
        ]
        return SQL(
            """CASE WHEN x.loyalty IS NOT NULL THEN
                    jsonb_strip_nulls(jsonb_build_object(%s)) END""",
            SQL(""", """).join(pairs),
        )

    def _derived_select(self):
        """The joined facts with what several columns are made of: loyalty, states."""
        parts = self._loyalty_parts()
        points = SQL(""" + """).join(
            SQL("""COALESCE(%s, 0) * %s""", SQL.identifier("k", f"loyal_{n}"), weight)
            for n, weight in rules.LOYALTY.items()
        )
        weights = SQL(""" + """).join(
            SQL(
                """CASE WHEN %s IS NULL THEN 0 ELSE %s END""",
                SQL.identifier("k", f"loyal_{n}"),
                weight,
            )
            for n, weight in rules.LOYALTY.items()
        )
        return SQL(
            """
            SELECT k.*, CASE WHEN k.order_days > 0
                             THEN ROUND(100 * (%s) / NULLIF(%s, 0)) END AS loyalty
              FROM (SELECT j.*, %s FROM (%s OFFSET 0) j OFFSET 0) k
            """,
            points,
            weights,
            SQL(""", """).join(
                SQL("""%s AS %s""", part, SQL.identifier(f"loyal_{name}"))
                for name, part in parts.items()
            ),
            self._joined_select(),
        )

    def _joined_select(self):
        model = SQL(
            """(SELECT NULL::integer AS customer_id, NULL::integer AS alive_percent,
                       NULL::float8 AS value WHERE FALSE)"""
        )
        return SQL(
            """
            SELECT f.*, h.order_days, h.recent_days, h.last_day, h.median_days,
                   h.own_rhythm, h.return_date, h.risk_date, h.churn_date,
                   CASE WHEN h.churn_date <= %(today)s THEN 'churned'
                        WHEN h.risk_date <= %(today)s THEN 'at_risk'
                        WHEN h.risk_date IS NULL THEN 'unrated'
                        ELSE 'ok' END AS churn_state,
                   CASE WHEN f.last_date IS NULL OR l.loss_date >= f.last_date
                        THEN l.loss_date END AS loss_date,
                   COALESCE(r.referred, 0) AS referred,
                   COALESCE(r.amount, 0) AS referred_amount,
                   c.score AS credit, c.days_late, c.overdue_ratio, c.limit_use, c.dso,
                   c.terms, c.disputes, c.trust,
                   COALESCE(c.late_amount, 0)::float8 * %(rate)s::float8 / 36500
                       AS late_cost,
                   b.balance, b.overdue, b.oldest_due, b.invoiced, b.collected,
                   m.discount, COALESCE(m.categories, 0) AS categories, m.share,
                   CASE WHEN m.costed >= m.amount * %(coverage)s::float8
                             AND m.costed > 0
                        THEN m.margin / m.costed * m.amount END AS margin,
                   CASE WHEN m.costed >= m.amount * %(coverage)s::float8
                             AND m.costed > 0
                        THEN m.margin / m.costed END AS margin_rate,
                   m.cross_ratio,
                   COALESCE(e.visits, 0) AS visits, COALESCE(e.contacts, 0) AS contacts,
                   COALESCE(e.complaints, 0) AS complaints,
                   COALESCE(e.hours, 0) AS hours,
                   COALESCE(e.concessions, 0) AS concessions,
                   t.complaints AS complained, t.forgiven, w.our_share,
                   v.alive_percent, v.value AS model_value
              FROM (SELECT f.customer_id, q.partner_id, f.amount, f.prev_amount,
                           f.deals, f.first_date, f.last_date
                      FROM %(figures)s f
                      JOIN followup_customer q ON q.id = f.customer_id) f
              LEFT JOIN %(churn)s h ON h.customer_id = f.customer_id
              LEFT JOIN %(losses)s l ON l.customer_id = f.customer_id
              LEFT JOIN %(referrals)s r ON r.customer_id = f.customer_id
              LEFT JOIN %(credit)s c ON c.customer_id = f.customer_id
              LEFT JOIN %(balances)s b ON b.partner_id = f.partner_id
              LEFT JOIN %(margins)s m ON m.customer_id = f.customer_id
              LEFT JOIN %(effort)s e ON e.customer_id = f.customer_id
              LEFT JOIN %(tolerance)s t ON t.customer_id = f.customer_id
              LEFT JOIN %(wallet)s w ON w.customer_id = f.customer_id
              LEFT JOIN %(model)s v ON v.customer_id = f.customer_id
            """,
            today=self.today,
            rate=self.company.fcrm_late_rate,
            coverage=rules.COST_COVERAGE,
            figures=self.figures(12),
            churn=self.churn(),
            losses=self.losses(),
            referrals=self.referrals(),
            credit=self.credit(),
            balances=self.balances(),
            margins=self.margins(),
            effort=self.effort(),
            tolerance=self.tolerance(),
            wallet=self.wallet(),
            model=self.model or model,
        )
