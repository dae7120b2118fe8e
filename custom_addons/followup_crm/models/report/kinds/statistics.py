"""Yearly customer statistics (年度客户统计表, table 13-3): a row per customer."""

from ....tools.document import Chart, Column, Listing, Series
from .figures import (
    Figure,
    change,
    has_sales,
    money,
    read_figures,
    share,
    unvalued_fact,
)
from .kind import DocumentKind

# Bars of a Pareto chart that can still be told apart.
MOST_BARS = 25


class CustomerStatistics(DocumentKind):
    """What each customer brought in a year: shares, deals, volume, margin, growth."""

    parameters = ("year", "customer", "currency", "compare")

    def is_empty(self, options):
        return not has_sales(options)

    def get_facts(self, options):
        return unvalued_fact(options)

    def get_listings(self, options, paper):
        env = options.env
        figures, before = read_both(options)
        total, earlier = Figure(), Figure()
        for figure in figures.values():
            total.add(figure)
        for figure in before.values():
            earlier.add(figure)
        customers = env["followup.customer"].browse({*figures, *before})
        names = {one.id: one for one in customers}
        order = sorted(
            names, key=lambda key: (-figures.get(key, Figure()).amount, names[key].code)
        )
        rows, above = [], 0.0
        for place, key in enumerate(order, 1):
            figure = figures.get(key, Figure())
            above += max(figure.amount, 0.0)
            cells = self._make_cells(options, figure, total, before.get(key), above)
            rows.append((place, *self._get_head(names[key], paper), *cells))
        foot = self._make_cells(options, total, total, earlier, None)
        blank = [None] * (2 if paper else 4)
        return [
            Listing(
                env._("Customers by turnover"),
                self._get_columns(options, paper),
                rows,
                foot=((env._("Total"), None, *blank[1:], *foot),) if rows else (),
                chart=make_pareto(options, rows, 3 if paper else 5, total.amount),
                frozen=3,
            )
        ]

    def _get_head(self, customer, paper):
        head = [customer.code or "", customer.name or ""]
        if not paper:
            # Elevated: names of lists, of a customer whom the user may read.
            one = customer.sudo()
            head += [one.tier_id.name or "", one.country_id.name or ""]
        return head

    def _get_columns(self, options, paper):
        env = options.env
        columns = [
            Column(env._("Place"), "integer", width=7),
            Column(env._("Customer code"), width=12),
            Column(env._("Customer"), width=28),
        ]
        if not paper:
            columns += [
                Column(env._("Tier"), width=14),
                Column(env._("Country"), width=16),
            ]
        columns += [
            money(options, env._("Turnover")),
            Column(env._("Share"), "percent"),
            Column(env._("Cumulative share"), "percent"),
            Column(env._("Number of deals"), "integer"),
            money(options, env._("Average deal")),
            Column(env._("Volume"), "number"),
            money(options, env._("Margin")),
            Column(env._("Margin rate"), "percent"),
        ]
        if options.compare:
            columns += [
                money(options, env._("Year before")),
                Column(env._("Change"), "percent"),
            ]
        return tuple(columns)

    def _make_cells(self, options, figure, total, before, above):
        positive = max(total.amount, 0.0)
        cells = [
            figure.amount,
            share(figure.amount, positive),
            None if above is None else share(above, positive),
            figure.deals,
            share(figure.amount, figure.deals),
            figure.quantity,
            figure.margin,
            None if figure.margin is None else share(figure.margin, figure.amount),
        ]
        if options.compare:
            earlier = before.amount if before else 0.0
            cells += [earlier, change(figure.amount, earlier)]
        return cells


def read_both(options):
    """Figures of the period, and of the same days a year earlier."""
    rate = options._get_rate()
    figures = read_figures(options, options._get_dates(), rate=rate)
    if not options.compare:
        return figures, {}
    return figures, read_figures(options, options._get_dates_before(), rate=rate)


def make_pareto(options, rows, column, total):
    """Bars of the largest, and the curve of what they are together.

    :param rows: in descending order; the third cell is the name
    :param column: of the amount
    """
    largest = [row for row in rows if (row[column] or 0) > 0][:MOST_BARS]
    if not largest or total <= 0:
        return None
    curve, above = [], 0.0
    for row in largest:
        above += row[column]
        curve.append(min(above / total, 1.0))
    env = options.env
    amount = f"{env._('Turnover')} ({options._get_currency().name})"
    return Chart(
        env._("Turnover and cumulative share"),
        tuple(row[2] for row in largest),
        (
            Series(amount, tuple(row[column] for row in largest)),
            Series(env._("Cumulative share"), tuple(curve), True, True),
        ),
    )
