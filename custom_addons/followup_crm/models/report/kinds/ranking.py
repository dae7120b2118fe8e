"""Top five customers (前五名客户, table 13-4), and the first N of anything (V10)."""

from odoo.tools import SQL

from ....tools.document import Chart, Column, Listing, Series
from .figures import change, fact_parts, has_sales, money, share, unvalued_fact
from .kind import DocumentKind

# What each ranking groups the sold lines by, and the model of that.
GROUPS = {
    "customer": (SQL("""f.customer_id"""), "followup.customer"),
    "product": (SQL("""f.product_id"""), "product.product"),
    "category": (SQL("""f.categ_id"""), "product.category"),
    "country": (SQL("""f.country_id"""), "res.country"),
    "owner": (SQL("""f.user_id"""), "res.users"),
}
# From the sold lines: what a document without lines is worth would be missing.
LINES = ("product", "category")
MEASURES = {
    "amount": SQL("""SUM(f.amount)"""),
    "margin": SQL("""SUM(f.margin)"""),
    "quantity": SQL("""SUM(f.quantity)"""),
    "deals": SQL(
        """COUNT(DISTINCT COALESCE(f.order_id, f.move_id))
           FILTER (WHERE f.source <> 'history' AND COALESCE(f.amount, 0) >= 0)"""
    ),
}


class Ranking(DocumentKind):
    """The first places by turnover, margin, volume or deals, beside the year before."""

    parameters = (
        "period",
        "customer",
        "currency",
        "compare",
        "top",
        "measure",
        "ranked",
    )

    def is_empty(self, options):
        return not has_sales(options)

    def get_facts(self, options):
        env, labels = (
            options.env,
            dict(options._fields["measure"]._description_selection(options.env)),
        )
        return (
            (env._("Ranked by"), labels[options.measure]),
            *unvalued_fact(options),
        )

    def get_listings(self, options, paper):
        env = options.env
        values = self._read(options, options._get_dates())
        before = {}
        if options.compare:
            before = self._read(options, options._get_dates_before())
        names = self._get_names(options, {*values, *before})
        ranked = sorted(
            (key for key in values if values[key]),
            key=lambda key: (-values[key], names[key]),
        )
        total = sum(values.values())
        places_before = self._get_places(before, names)
        rows, above = [], 0.0
        for place, key in enumerate(ranked[: options.top], 1):
            above += values[key]
            row = [place, names[key], values[key], share(values[key], total)]
            row.append(share(above, total))
            if options.compare:
                earlier = before.get(key, 0.0)
                row += [places_before.get(key), earlier, change(values[key], earlier)]
            rows.append(tuple(row))
        title = dict(options._fields["ranked"]._description_selection(env))
        return [
            Listing(
                title[options.ranked],
                self._get_columns(options, title[options.ranked]),
                rows,
                foot=self._get_foot(options, rows, values, before),
                chart=self._make_chart(options, rows),
                frozen=2,
            )
        ]

    def _get_places(self, before, names):
        ranked = sorted(
            (key for key in before if before[key]),
            key=lambda key: (-before[key], names[key]),
        )
        return {key: place for place, key in enumerate(ranked, 1)}

    def _get_foot(self, options, rows, values, before):
        """The places together, the others, and all."""
        if not rows:
            return ()
        env, total = options.env, sum(values.values())
        shown = sum(row[2] for row in rows)
        lines = [
            (env._("Places shown"), shown, sum(row[6] for row in rows))
            if options.compare
            else (env._("Places shown"), shown, 0.0)
        ]
        earlier = sum(before.values())
        lines.append((env._("Others"), total - shown, earlier - lines[0][2]))
        lines.append((env._("Total"), total, earlier))
        foot = []
        for name, value, value_before in lines:
            row = [None, name, value, share(value, total), None]
            if options.compare:
                row += [None, value_before, change(value, value_before)]
            foot.append(tuple(row))
        return tuple(foot)

    def _get_columns(self, options, name):
        env, measure = options.env, self._get_measure_label(options)
        kinds = {"quantity": "number", "deals": "integer"}

        def column(heading):
            if options.measure in kinds:
                return Column(heading, kinds[options.measure], width=15)
            return money(options, heading)

        columns = [
            Column(env._("Place"), "integer", width=7),
            Column(name, width=34),
            column(measure),
            Column(env._("Share"), "percent"),
            Column(env._("Cumulative share"), "percent"),
        ]
        if options.compare:
            columns += [
                Column(env._("Place a year before"), "integer"),
                column(env._("Year before")),
                Column(env._("Change"), "percent"),
            ]
        return tuple(columns)

    def _get_measure_label(self, options):
        labels = options._fields["measure"]._description_selection(options.env)
        return dict(labels)[options.measure]

    def _read(self, options, dates):
        """The measure of some days by what is ranked; what is unknown has id None."""
        group, _model = GROUPS[options.ranked]
        parts = fact_parts(options, dates)
        if options.ranked in LINES:
            parts["facts"] = self._line_select(options)
        rows = options.env.execute_query(
            SQL(
                """
                SELECT %(group)s, %(measure)s
                  FROM (SELECT g.*, c.user_id, p.country_id
                          FROM (%(facts)s) g
                          JOIN followup_customer c ON c.id = g.customer_id
                          JOIN res_partner p ON p.id = c.partner_id) f
                 WHERE f.customer_id IN %(customers)s
                   AND f.date >= %(begin)s AND f.date <= %(end)s
                 GROUP BY 1
                """,
                group=group,
                measure=MEASURES[options.measure],
                **parts,
            )
        )
        is_money = options.measure in ("amount", "margin")
        rate = options._get_rate() if is_money else 1.0
        digits = options._get_currency().decimal_places if is_money else 6
        return {key: round(float(value or 0) * rate, digits) for key, value in rows}

    def _line_select(self, options):
        """The sold lines of the company, with the columns that facts have, too."""
        return SQL(
            """
            SELECT l.customer_id, l.date, l.source, l.order_id, l.move_id, l.amount,
                   l.margin, l.quantity, l.product_id, l.categ_id
              FROM (%s) l WHERE l.company_id = %s
            """,
            options.env["followup.sales.line"]._line_select(),
            options.company_id.id,
        )

    def _get_names(self, options, keys):
        """Names by id; the places of things without a name say so."""
        env = options.env
        _group, model = GROUPS[options.ranked]
        ids = [key for key in keys if key]
        # Elevated: names of what the user's own sales are about.
        found = env[model].with_context(active_test=False).sudo().browse(ids)
        names = {one.id: one.display_name or "" for one in found}
        return {**names, None: env._("Not known")}

    def _make_chart(self, options, rows):
        if not rows:
            return None
        year = options._get_dates()[1].year
        series = [Series(str(year), tuple(max(row[2], 0) for row in rows[:25]))]
        if options.compare:
            earlier = tuple(max(row[6], 0) for row in rows[:25])
            series.append(Series(str(year - 1), earlier))
        series.append(
            Series(
                options.env._("Cumulative share"),
                tuple(row[4] or 0.0 for row in rows[:25]),
                True,
                True,
            )
        )
        names = tuple(row[1] for row in rows[:25])
        return Chart(self._get_measure_label(options), names, tuple(series))
