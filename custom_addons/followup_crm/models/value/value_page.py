from odoo import api, fields, models
from odoo.tools import SQL

from .engine import MONTH_COLUMNS
from .value_text import ACTIVITY_COLORS, BAND_COLORS, FAIR, GOOD, NONE, POOR

# Months that a trend shows.
TREND_MONTHS = 12


class Value(models.Model):
    """The page "Value" of a customer file: figure, trend and sentence, row by row."""

    _inherit = "followup.value"

    page = fields.Json(compute="_compute_page", exportable=False)

    @api.depends("customer_id", "activity", "turnover")
    @api.depends_context("lang")
    def _compute_page(self):
        """Rows of key, title, value, color, trend (numbers, oldest first), sentence.

        ``direction`` is how the last month differs from the one before, as good, bad
        or none.
        """
        history = self._get_months()
        for value in self:
            mine = history.get(value.customer_id.id, [])
            value.page = [
                {**row, **value._get_trend(row, mine)} for row in value._get_page_rows()
            ]

    def _get_months(self):
        """The last months of each customer, oldest first: lists of dicts.

        Read as they are stored: a figure that was not known is None, not 0.
        """
        self.env["followup.value.month"].flush_model()
        names = list(MONTH_COLUMNS)
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT customer_id, month, %s FROM followup_value_month
                 WHERE customer_id = ANY(%s) ORDER BY month
                """,
                SQL(""", """).join(SQL.identifier(name) for name in names),
                self.customer_id.ids,
            )
        )
        history = {}
        for row in rows:
            history.setdefault(row["customer_id"], []).append(row)
        return {key: months[-TREND_MONTHS:] for key, months in history.items()}

    def _get_trend(self, row, months):
        """Points of a row's trend, and whether the last step is good or bad."""
        name, form = row.pop("field", None), row.pop("format", str)
        less = row.pop("less", False)
        known = [
            (m["month"], float(m[name])) for m in months if name and m[name] is not None
        ]
        points = [point for _month, point in known]
        change = points[-1] - points[-2] if len(points) > 1 else 0
        direction, text = "none", ""
        if change:
            direction = "good" if (change > 0) != less else "bad"
            text = ("+" if change > 0 else "−") + form(abs(change))
        return {
            "trend": points,
            "direction": direction,
            "change": text,
            "months": [self._day(month) for month, _point in known],
        }

    def _get_label(self, name):
        """The label of a selection's value, translated."""
        return dict(self._fields[name]._description_selection(self.env)).get(
            self[name], ""
        )

    def _get_page_rows(self):
        self.ensure_one()
        unrated = self.env._("Unrated")
        return [
            *self._get_score_rows(unrated),
            *self._get_money_rows(unrated),
            {
                "key": "relation",
                "title": self.env._("Length, depth, breadth"),
                "value": str(self.order_days),
                "unit": self.env._("days with orders"),
                "color": NONE,
                "sentence": self.relation_text,
            },
        ]

    def _get_score_rows(self, unrated):
        return [
            {
                "key": "churn",
                "title": self.env._("Order rhythm"),
                "value": self._get_label("activity"),
                "color": ACTIVITY_COLORS.get(self.activity, NONE),
                "sentence": self.churn_text,
                "field": "turnover",
                "format": self._money,
            },
            self._get_index_row("loyalty", self.env._("Loyalty index"), unrated),
            self._get_index_row("credit", self.env._("Credit score"), unrated),
            {
                "key": "lifetime",
                "title": self.env._("Lifetime value"),
                "value": unrated
                if self.lifetime_basis == "unrated"
                else self._money(self.lifetime_value),
                "color": NONE,
                "sentence": self.lifetime_text,
                "field": "lifetime_value",
                "format": self._money,
            },
        ]

    def _get_index_row(self, key, title, unrated):
        """Row of a score between 0 and 100 with the name of its band."""
        name, band = f"{key}_score", f"{key}_band"
        is_rated = self[band] != "unrated"
        return {
            "key": key,
            "title": title,
            "value": str(self[name]) if is_rated else unrated,
            "unit": self._get_label(band) if is_rated else "",
            "color": BAND_COLORS.get(self[band], NONE),
            "sentence": self[f"{key}_text"],
            "field": name,
            "format": lambda points: str(round(points)),
        }

    def _get_money_rows(self, unrated):
        net_color = POOR if self.is_unprofitable else GOOD
        is_costed = self.serve_known and self.margin_known
        return [
            {
                "key": "collection",
                "title": self.env._("Sales against collection"),
                "value": self._money(self.balance),
                "unit": self.env._("still open"),
                "color": POOR if self.overdue else NONE,
                "sentence": self.collection_text,
                "field": "overdue",
                "less": True,
                "format": self._money,
            },
            {
                "key": "margin",
                "title": self.env._("Gross margin"),
                "value": f"{self._number(100 * self.margin_rate)} %"
                if self.margin_known
                else unrated,
                "color": (FAIR if self.margin <= 0 else NONE),
                "sentence": self.margin_text,
                "field": "margin_rate",
                "format": lambda rate: f"{self._number(100 * rate)} %",
            },
            {
                "key": "serve",
                "title": self.env._("Cost to serve"),
                "value": self._money(self.serve_cost) if self.serve_known else unrated,
                "color": net_color if is_costed else NONE,
                "sentence": self.serve_text,
                "field": "serve_cost",
                "less": True,
                "format": self._money,
            },
        ]
