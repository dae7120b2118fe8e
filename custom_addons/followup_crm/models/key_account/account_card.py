from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta

from odoo import models

from ...tools.day import company_today

QUARTERS = 4
PRODUCTS = 10
EVENTS = 12


@dataclass
class Card:
    """The figures of a key account's card, for screen, paper and workbook alike.

    ``turnover`` is that of the last twelve full months, and of the twelve before.

    ``months``: (this year, last year), twelve amounts each. ``products``: list of
    (name, amounts of the last quarters, twelve months, the twelve before).
    """

    year: int
    month: int
    months: tuple = ()
    quarters: list = field(default_factory=list)
    products: list = field(default_factory=list)
    turnover: float = 0
    turnover_before: float = 0
    receivables: dict = field(default_factory=dict)
    orders: tuple = (0, 0, 0)


class Account(models.Model):
    """What the key account card (大客户档案卡, A2) holds, read for all together."""

    _inherit = "followup.account"

    def _get_cards(self):
        """The figures of these accounts' cards: dict of account: ``Card``."""
        cards = {}
        for company, accounts in self.grouped("company_id").items():
            today = company_today(company)
            months = accounts._get_months((today.year, today.year - 1))
            first = today.replace(day=1)
            year_ago = first - relativedelta(months=12)
            sums = accounts._get_turnovers(
                {
                    "now": (year_ago, first),
                    "before": (year_ago - relativedelta(months=12), year_ago),
                }
            )
            quarters = self._get_quarters(today)
            products = accounts._get_products(quarters)
            receivables = accounts._get_receivables()
            orders = accounts._get_orders_under_way()
            for account in accounts:
                key = account.customer_id.id
                cards[account] = Card(
                    year=today.year,
                    month=today.month,
                    months=(months[key, today.year], months[key, today.year - 1]),
                    quarters=quarters,
                    products=products.get(key, []),
                    turnover=sums[key, "now"][0],
                    turnover_before=sums[key, "before"][0],
                    receivables=receivables.get(key, {}),
                    orders=orders.get(key, (0, 0, 0)),
                )
        return cards

    def _get_quarters(self, today):
        """First days of the last quarters, oldest first, the running one included."""
        first = today.replace(day=1) - relativedelta(months=(today.month - 1) % 3)
        return [
            first - relativedelta(months=3 * back)
            for back in range(QUARTERS - 1, -1, -1)
        ]

    def _get_products(self, quarters):
        """What was bought: dict of customer id: rows, the largest first.

        A row: name, amounts of the quarters, their sum, the same quarters a year
        before. Products beyond the first ones are one row.
        """
        start = quarters[0] - relativedelta(years=1)
        groups = self.env["followup.sales.line"]._read_group(
            [("customer_id", "in", self.customer_id.ids), ("date", ">=", start)],
            ["customer_id", "product_id", "date:quarter"],
            ["amount:sum"],
        )
        rows = {}
        for customer, product, quarter, amount in groups:
            mine = rows.setdefault(customer.id, {})
            row = mine.setdefault(product, [[0.0] * len(quarters), 0.0])
            if quarter in quarters:
                row[0][quarters.index(quarter)] += amount or 0
            else:
                row[1] += amount or 0
        return {key: self._rank_products(mine) for key, mine in rows.items()}

    def _rank_products(self, rows):
        """Rows of one customer; what is beyond the limit becomes one row."""
        unnamed = self.env._("Without a product")
        ranked = sorted(
            (
                # Elevated: names of products, whoever may read these.
                [product.sudo().name or unnamed, parts, sum(parts), before]
                for product, (parts, before) in rows.items()
            ),
            key=lambda row: (-row[2], -row[3], row[0]),
        )
        rest = ranked[PRODUCTS:]
        if len(rest) > 1:
            parts = [
                sum(amounts) for amounts in zip(*(r[1] for r in rest), strict=True)
            ]
            total, before = sum(row[2] for row in rest), sum(row[3] for row in rest)
            name = self.env._("%(count)s other products", count=len(rest))
            ranked = [*ranked[:PRODUCTS], [name, parts, total, before]]
        return [tuple(row) for row in ranked]

    def _get_year_plans(self):
        """The plan of this year: dict of account."""
        plans = self.env["followup.account.plan"].search(
            [("account_id", "in", self.ids)], order="year, id"
        )
        result = {}
        for plan in plans:
            if plan.year == company_today(plan.company_id).year:
                result[plan.account_id] = plan
        return result

    def _get_open_records(self, model, domain, limit=None, order=None):
        """Open records of these customers: dict of customer id: records."""
        found = self.env[model].search(
            [("customer_id", "in", self.customer_id.ids), *domain], order=order
        )
        grouped = found.grouped("customer_id")
        return {customer.id: mine[:limit] for customer, mine in grouped.items()}
