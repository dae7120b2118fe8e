"""A year's forecast from what the year brought so far and last year's seasons.

Plain Python: no database, no Odoo.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Forecast:
    """What the whole year will bring, and what it was reckoned from.

    ``basis`` is ``season`` (last year's seasons), ``even`` (every month alike, where
    last year says nothing), ``final`` (the year is over) or ``none`` (no full month).
    """

    value: float
    basis: str
    so_far: float
    last_so_far: float
    last_year: float
    months: int


def forecast(actual, last, months):
    """Forecast a year.

    The year so far × last year's total ÷ last year up to the same month. Where last
    year sold nothing up to then, the year so far × 12 ÷ full months.

    :param actual: twelve amounts of this year
    :param last: twelve amounts of last year
    :param months: number of full months of this year, 0 to 12
    """
    so_far, last_so_far = sum(actual[:months]), sum(last[:months])
    known = (so_far, last_so_far, sum(last), months)
    if months >= 12:
        return Forecast(so_far, "final", *known)
    if months <= 0:
        return Forecast(0, "none", *known)
    if last_so_far > 0 and sum(last) > 0:
        return Forecast(so_far * sum(last) / last_so_far, "season", *known)
    return Forecast(so_far * 12 / months, "even", *known)


def spread(total, last, digits=2):
    """Spread a year's target over twelve months like last year, else evenly.

    The last month takes what rounding leaves, so that the months add up.
    """
    whole = sum(max(amount, 0) for amount in last)
    shares = [max(amount, 0) / whole if whole else 1 / 12 for amount in last]
    months = [round(total * share, digits) for share in shares]
    months[-1] = round(total - sum(months[:-1]), digits)
    return months


def change_percent(now, before):
    """Change against an earlier period in percent; None where nothing was there."""
    return 100 * (now - before) / before if before > 0 else None
