"""The shipped schemes' rules in plain Python, to compare results with."""

from datetime import date
from math import ceil
from statistics import mean, median, pstdev

from .tier_common import TODAY, YEAR_AGO


def share_class(measures, limits):
    """Plain Python: the class (0, 1, …) of each measure by cumulative share."""
    total = sum(m for m in measures if m > 0)
    result = []
    for measure in measures:
        above = sum(m for m in measures if m > measure)
        fits = [n for n, limit in enumerate(limits) if above * 100 < limit * total]
        result.append(fits[0] if measure > 0 else len(limits) - 1)
    return result


def rank_class(measures, limits):
    """Plain Python: the class of each measure by place."""
    number = sum(1 for m in measures if m > 0)
    result = []
    for measure in measures:
        place = 1 + sum(1 for m in measures if m > measure)
        fits = [
            n for n, x in enumerate(limits) if place <= max(1, ceil(x * number / 100))
        ]
        result.append(fits[0] if measure > 0 else len(limits) - 1)
    return result


def windows(orders):
    """Turnover of the last 12 months, and of the 12 before."""
    now = sum(a for a, day in orders if day >= YEAR_AGO)
    before = sum(a for a, day in orders if date(2024, 7, 1) <= day < YEAR_AGO)
    return now, before


def lifecycle(orders):
    if not orders:
        return "prospect"
    days = [day for _amount, day in orders]
    if max(days) < date(2024, 7, 1):
        return "lost"
    if max(days) < YEAR_AGO:
        return "dormant"
    if min(days) >= YEAR_AGO:
        return "introduction"
    now, before = windows(orders)
    if before == 0 or now / before >= 1.2:
        return "growth"
    return "decline" if now / before <= 0.8 else "maturity"


def gaps_of(orders):
    days = sorted({day for _amount, day in orders})
    return [(b - a).days for a, b in zip(days, days[1:], strict=False)]


def relationship(orders):
    if not orders:
        return "exploration"
    days = [day for _amount, day in orders]
    gaps = gaps_of(orders)
    now, before = windows(orders)
    since = (TODAY - max(days)).days
    if (
        (min(days) < YEAR_AGO and before and now / before <= 0.8)
        or (len(gaps) >= 2 and since > 1.5 * median(gaps))
        or max(days) < YEAR_AGO
    ):
        return "deterioration"
    if len(orders) <= 2:
        return "exploration"
    irregular = len(gaps) > 1 and pstdev(gaps) / mean(gaps) > 1
    return "formation" if min(days) > date(2025, 1, 1) or irregular else "stability"


def loyalty(orders):
    if not orders:
        return "potential"
    days = [day for _amount, day in orders]
    if min(days) > YEAR_AGO:
        return "new"
    recent = [day for day in days if day >= YEAR_AGO]
    since = (TODAY - max(days)).days
    if len(recent) >= 4 and since <= 1.5 * median(gaps_of(orders)):
        return "loyal"
    return "established"


def rfm(orders, everybody):
    start = date(2024, 7, 1)

    def values(of):
        recent = [(amount, day) for amount, day in of if day >= start]
        if not recent:
            return None
        return (
            max(day for _amount, day in recent),
            len(recent),
            sum(amount for amount, _day in recent),
        )

    mine = values(orders)
    if not mine:
        return "none"
    others = [found for found in map(values, everybody.values()) if found]
    points = 0
    for place in range(3):
        not_better = sum(1 for other in others if other[place] <= mine[place])
        points += ceil(5 * not_better / len(others))
    for least, code in ((13, "best"), (10, "good"), (7, "middle"), (4, "low")):
        if points >= least:
            return code
    return "weak"
