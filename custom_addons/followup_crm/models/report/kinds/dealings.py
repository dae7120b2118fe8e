"""Yearly dealings by month (年度客户交易表, table 13-2): customers × 12 months."""

from odoo.tools import SQL
from odoo.tools.misc import babel_locale_parse

from ....tools.document import Chart, Column, Listing, Series
from .figures import change, fact_parts, has_sales, money, unvalued_fact
from .kind import DocumentKind

MONTHS = range(1, 13)


class DealingsByMonth(DocumentKind):
    """Amounts of each customer month by month, beside its last year."""

    parameters = ("year", "customer", "currency", "compare")

    def is_empty(self, options):
        return not has_sales(options)

    def get_facts(self, options):
        return unvalued_fact(options)

    def get_listings(self, options, paper):
        env, rate = options.env, options._get_rate()
        months = self._read_months(options, options._get_dates(), rate)
        before = {}
        if options.compare:
            before = self._read_months(options, options._get_dates_before(), rate)
        customers = self._get_customers(env, {*months, *before})
        rows = [
            self._make_row(options, customer, months, before) for customer in customers
        ]
        rows.sort(key=lambda row: (-row[14], row[1], row[0]))
        headings = self._get_columns(options, paper)
        sums = [sum(row[number] or 0.0 for row in rows) for number in range(2, 15)]
        foot = [env._("Total"), None, *sums]
        if options.compare:
            earlier = sum(row[15] for row in rows)
            foot += [earlier, change(sums[-1], earlier)]
        return [
            Listing(
                env._("Dealings by month"),
                headings,
                rows,
                foot=(tuple(foot),) if rows else (),
                chart=self._make_chart(options, sums[:12], before) if rows else None,
                frozen=2,
            )
        ]

    def _get_columns(self, options, paper):
        env, currency = options.env, options._get_currency()
        decimals = 0 if paper else currency.decimal_places
        columns = [
            Column(env._("Customer code"), width=13),
            Column(env._("Customer"), width=20 if paper else 30),
            *(Column(name, "money", decimals, width=11) for name in month_names(env)),
            money(options, env._("Total of the year")),
        ]
        if options.compare:
            columns += [
                money(options, env._("Year before")),
                Column(env._("Change"), "percent"),
            ]
        return tuple(columns)

    def _make_row(self, options, customer, months, before):
        amounts = [months.get(customer.id, {}).get(month) or None for month in MONTHS]
        row = [customer.code or "", customer.name or "", *amounts]
        row.append(sum(amount or 0.0 for amount in amounts))
        if options.compare:
            earlier = sum(before.get(customer.id, {}).values())
            row += [earlier, change(row[14], earlier)]
        return tuple(row)

    def _read_months(self, options, dates, rate):
        """Amounts by customer and month of a year."""
        rows = options.env.execute_query(
            SQL(
                """
                SELECT f.customer_id, EXTRACT(MONTH FROM f.date)::integer,
                       SUM(f.amount)
                  FROM (%(facts)s) f
                 WHERE f.customer_id IN %(customers)s
                   AND f.date >= %(begin)s AND f.date <= %(end)s
                 GROUP BY 1, 2
                """,
                **fact_parts(options, dates),
            )
        )
        found, digits = {}, options._get_currency().decimal_places
        for customer_id, month, amount in rows:
            value = round((amount or 0.0) * rate, digits)
            found.setdefault(customer_id, {})[month] = value
        return found

    def _get_customers(self, env, ids):
        customers = env["followup.customer"].browse(sorted(ids))
        customers.fetch(["code", "name"])
        return customers

    def _make_chart(self, options, sums, before):
        env, year = options.env, options._get_dates()[0].year
        series = [Series(str(year), tuple(sums))]
        if options.compare:
            earlier = tuple(
                sum(by_month.get(month, 0.0) for by_month in before.values())
                for month in MONTHS
            )
            series.append(Series(str(year - 1), earlier, is_line=True))
        title = env._("Turnover by month")
        return Chart(
            f"{title} ({options._get_currency().name})", month_names(env), tuple(series)
        )


def month_names(env):
    """Short names of the months in the user's language."""
    locale = babel_locale_parse(env.lang or "en_US")
    return tuple(locale.months["stand-alone"]["abbreviated"][m] for m in MONTHS)
