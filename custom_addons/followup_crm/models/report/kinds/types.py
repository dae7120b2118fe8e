"""Customer types (客户类型表, table 13-5), and all schemes beside each other."""

from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.document import Chart, Column, Listing, Series
from .figures import Figure, change, fact_parts, money, share
from .kind import DocumentKind

BUSINESS = "business"


class CustomerTypes(DocumentKind):
    """Customers, turnover, profit contribution and growth of each class today."""

    parameters = ("period", "customer", "currency")

    def is_empty(self, options):
        return not any(row[3] for row in self._read(options))

    def get_listings(self, options, paper):
        env, rows = options.env, self._read(options)
        schemes = {row[0].id: row[0] for row in rows}
        business = [row for row in rows if row[0].code == BUSINESS]
        note = ""
        if not business:
            note = env._(
                "The business angle is switched off, or was not computed yet: a manager"
                " switches it on under Configuration → Classification schemes."
            )
        elif not any(row[4].margin is not None for row in business):
            note = env._(
                "No margin is recorded in this period: profit is not known. Odoo's app"
                " Margins in Sales Orders records it."
            )
        listings = [
            Listing(
                env._("Business angle"),
                self._get_columns(options),
                self._make_rows(options, business),
                foot=self._make_foot(options, business),
                chart=self._make_chart(options, business),
                note=note,
            )
        ]
        overview = []
        for scheme in schemes.values():
            mine = [row for row in rows if row[0] == scheme]
            overview += [(scheme.name, *row) for row in self._make_rows(options, mine)]
        first = Column(env._("Classification scheme"), width=26)
        columns = (first, *self._get_columns(options))
        title = env._("All schemes")
        listings.append(Listing(title, columns, overview, frozen=2))
        return listings

    def _get_columns(self, options):
        env = options.env
        return (
            Column(env._("Customer type"), width=24),
            Column(env._("Customers"), "integer"),
            Column(env._("Share of customers"), "percent"),
            money(options, env._("Turnover")),
            Column(env._("Share of turnover"), "percent"),
            money(options, env._("Profit contribution")),
            Column(env._("Share of profit"), "percent"),
            money(options, env._("Year before")),
            Column(env._("Growth"), "percent"),
        )

    def _make_rows(self, options, rows):
        total, count, _before = self._sum(rows)
        return [
            self._make_row(tier.name, customers, figure, before, total, count)
            for _scheme, tier, customers, _has, figure, before in rows
        ]

    def _make_row(self, name, customers, figure, before, total, count):
        return (
            name,
            customers,
            share(customers, count),
            figure.amount,
            share(figure.amount, total.amount),
            figure.margin,
            None
            if figure.margin is None or not total.margin
            else share(figure.margin, total.margin),
            before,
            change(figure.amount, before),
        )

    def _make_foot(self, options, rows):
        if not rows:
            return ()
        total, count, before = self._sum(rows)
        name = options.env._("Total")
        return (self._make_row(name, count, total, before, total, count),)

    def _sum(self, rows):
        total = Figure()
        for row in rows:
            total.add(row[4])
        return total, sum(row[2] for row in rows), sum(row[5] for row in rows)

    def _read(self, options):
        """Per tier: scheme, tier, customers, whether there are any, figures, before.

        Only of customers whose classes the user may read: the search applies the rules.
        """
        env, rate = options.env, options._get_rate()
        assignments = env["followup.tier.assignment"]
        domain = options._get_customer_domain("customer_id.")
        query = assignments._search(domain & Domain("customer_id.active", "=", True))
        parts = fact_parts(options, options._get_dates())
        begin, end = options._get_dates_before()
        rows = env.execute_query(
            SQL(
                """
                WITH figure AS (
                    SELECT f.customer_id,
                           SUM(f.amount) FILTER (WHERE f.date >= %(begin)s) AS amount,
                           SUM(f.margin) FILTER (WHERE f.date >= %(begin)s) AS margin,
                           SUM(f.amount) FILTER (WHERE f.date >= %(earlier)s
                                                   AND f.date <= %(until)s) AS before
                      FROM (%(facts)s) f
                     WHERE f.customer_id IN %(customers)s
                       AND f.date >= %(earlier)s AND f.date <= %(end)s
                     GROUP BY f.customer_id
                )
                SELECT a.scheme_id, a.tier_id, COUNT(*), SUM(g.amount), SUM(g.margin),
                       SUM(g.before)
                  FROM followup_tier_assignment a
                  LEFT JOIN figure g ON g.customer_id = a.customer_id
                 WHERE a.id IN %(assignments)s
                 GROUP BY a.scheme_id, a.tier_id
                """,
                assignments=query.subselect(),
                earlier=begin,
                until=end,
                **parts,
            )
        )
        digits = options._get_currency().decimal_places
        found = {}
        for scheme_id, tier_id, count, amount, margin, before in rows:
            figure = Figure(
                round((amount or 0.0) * rate, digits),
                None if margin is None else round(float(margin) * rate, digits),
            )
            found[scheme_id, tier_id] = (
                count,
                figure,
                round((before or 0.0) * rate, digits),
            )
        return self._order(options, found)

    def _order(self, options, found):
        """Schemes and tiers in their own order, those without customers as well."""
        env = options.env
        schemes = env["followup.tier.scheme"].search(
            [("company_id", "=", options.company_id.id)]
        )
        rows = []
        for scheme in schemes:
            if not any(key[0] == scheme.id for key in found):
                continue
            for tier in scheme.tier_ids.sorted("sequence"):
                count, figure, before = found.get(
                    (scheme.id, tier.id), (0, Figure(), 0.0)
                )
                rows.append((scheme, tier, count, count > 0, figure, before))
        return rows

    def _make_chart(self, options, rows):
        if not rows:
            return None
        env, currency = options.env, options._get_currency().name
        names = (env._("Turnover"), env._("Profit contribution"))
        return Chart(
            f"{env._('Customer types')} ({currency})",
            tuple(row[1].name for row in rows),
            (
                Series(names[0], tuple(max(row[4].amount, 0) for row in rows)),
                Series(names[1], tuple(max(row[4].margin or 0, 0) for row in rows)),
            ),
        )
