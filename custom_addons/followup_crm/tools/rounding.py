"""Rounding sums of double precision to a currency's digits, in SQL."""

from odoo.tools import SQL

# Lifts what is half a unit but for the error of its representation, as Odoo does.
LIFT = 1 + 2**-50


def rounded_units(expression, digits):
    """SQL: an amount in whole smallest units, half a unit away from zero.

    The same result as Odoo's ``float_round``, as double precision. To round as
    ``numeric`` takes five times as long.

    :param SQL expression: of double precision
    :param int digits: decimal places of the unit, 2 for cents
    """
    return SQL("""ROUND((%s) * %s::float8)""", expression, 10**digits * LIFT)
