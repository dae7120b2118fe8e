"""Sales per customer and month, with the rights of who asks."""

from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.document import Column


def fact_domain(options, dates):
    """The sales of some days that a report is about."""
    begin, end = dates
    return (
        Domain("company_id", "=", options.company_id.id)
        & Domain("date", ">=", begin)
        & Domain("date", "<=", end)
        & options._get_customer_domain("customer_id.")
    )


class Figure:
    """Turnover, margin, volume and deals of a customer; a margin may be unknown."""

    __slots__ = ("amount", "deals", "margin", "quantity")

    def __init__(self, amount=0.0, margin=None, quantity=0.0, deals=0):
        self.amount, self.margin = amount, margin
        self.quantity, self.deals = quantity, deals

    def add(self, other):
        self.amount += other.amount
        self.quantity += other.quantity
        self.deals += other.deals
        if other.margin is not None:
            self.margin = (self.margin or 0.0) + other.margin


def read_figures(options, dates, rate=1.0):
    """Figures of some days by customer.

    One statement over the definition of a sale; record rules hold, because the
    customers are those that a search of the user finds.

    :param rate: what amounts are multiplied by
    :return: dict id of the customer → ``Figure``
    """
    rows = options.env.execute_query(
        SQL(
            """
            SELECT f.customer_id, SUM(f.amount), SUM(f.margin), SUM(f.quantity),
                   COUNT(*) FILTER (WHERE %(deal)s)
              FROM (%(facts)s) f
             WHERE f.customer_id IN %(customers)s
               AND f.date >= %(begin)s AND f.date <= %(end)s
             GROUP BY f.customer_id
            """,
            **fact_parts(options, dates),
        )
    )
    digits = options._get_currency().decimal_places
    return {
        row[0]: Figure(
            round((row[1] or 0.0) * rate, digits),
            None if row[2] is None else round(float(row[2]) * rate, digits),
            row[3] or 0.0,
            row[4],
        )
        for row in rows
    }


def fact_parts(options, dates):
    """The relations and days that the statements of reports are made of."""
    options.env.flush_all()
    begin, end = dates
    return {
        "facts": options.env["followup.sales.fact"]._fact_select(options.company_id),
        # A deal is a document that counts as a sale and is no credit note.
        "deal": SQL("""f.source <> 'history' AND COALESCE(f.amount, 0) >= 0"""),
        "customers": customers_select(options),
        "begin": begin,
        "end": end,
    }


def customers_select(options):
    """Ids of the customers that the user may see and has chosen, as a subselect."""
    customers = options.env["followup.customer"].with_context(active_test=False)
    return customers._search(options._get_customer_domain()).subselect()


def count_unvalued(options, dates):
    """Documents without an exchange rate: they are in no amount."""
    rows = options.env.execute_query(
        SQL(
            """
            SELECT COUNT(*) FROM (%(facts)s) f
             WHERE f.customer_id IN %(customers)s AND f.rate_missing
               AND f.date >= %(begin)s AND f.date <= %(end)s
            """,
            **fact_parts(options, dates),
        )
    )
    return rows[0][0]


def unvalued_fact(options):
    """What stands above a table if documents are missing from it."""
    count = count_unvalued(options, options._get_dates())
    if not count:
        return ()
    env = options.env
    text = env._(
        "%(count)s documents have no exchange rate and are in no amount.", count=count
    )
    return ((env._("Mind"), text),)


def money(options, heading, **more):
    """A column of amounts, which names its currency."""
    currency = options._get_currency()
    return Column(
        f"{heading} ({currency.name})", "money", currency.decimal_places, **more
    )


def change(now, before):
    """Growth as a fraction; empty without anything to compare with."""
    return now / before - 1 if before > 0 else None


def share(part, whole):
    """A part as a fraction; empty of nothing."""
    return part / whole if whole else None


def has_sales(options):
    """Whether anything was sold to these customers in this period."""
    facts = options.env["followup.sales.fact"]
    return bool(facts.search_count(fact_domain(options, options._get_dates()), limit=1))
