"""Two years of orders, planned without a database from the customers' profiles.

Everything random comes from one seed a customer: on the same day the plan is the same,
and a change in one profile leaves the other customers' orders as they are.
"""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from .profiles import PROFILES, QUOTATIONS, RANGES, SEASONS

DAYS_PER_MONTH = 30.44
# Months from today to the middle of the earlier of the last two years.
EARLIER_YEAR = 18
CANCELLED_PART = 0.03
LINE_COUNTS = (1, 1, 2, 2, 3)
PACK = 12
SMALLEST_QUANTITY = 24
# One order in three leaves the factory up to so many days late.
LATE_DAYS = 14


class PlannedLine(NamedTuple):
    """A product's key, a quantity, and the part of the list price that is paid."""

    product: str
    quantity: int
    price_factor: float


class PlannedOrder(NamedTuple):
    """An order or quotation as it will be made."""

    customer: str
    placed: datetime
    delivery: date
    state: str
    lines: tuple[PlannedLine, ...]


def plan_all(today, prices):
    """Return all orders and quotations of the demonstration, the oldest first.

    :param prices: product key → list price in US dollars
    """
    orders = []
    for customer, profile in PROFILES.items():
        orders += plan_orders(customer, profile, today, prices)
    for customer, ages in QUOTATIONS.items():
        orders += plan_quotations(customer, ages, today, prices)
    return sorted(orders, key=lambda order: (order.placed, order.customer))


def plan_orders(customer, profile, today, prices):
    """Return the confirmed and cancelled orders of one customer."""
    rng = Random(f"orders {customer}")
    orders = []
    for day in order_days(profile, today, rng):
        months_ago = (today - day).days / DAYS_PER_MONTH
        trend = profile.growth ** ((EARLIER_YEAR - months_ago) / 12)
        amount = 1000 * profile.turnover / profile.orders * trend
        amount *= rng.lognormvariate(-0.05, 0.32)
        order = make_order(customer, profile, day, amount, prices, rng)
        orders.append(order)
        if rng.random() < CANCELLED_PART:
            orders.append(order._replace(state="cancel"))
    return orders


def plan_quotations(customer, ages, today, prices):
    """Return the open quotations of one customer, half of them sent."""
    rng = Random(f"quotations {customer}")
    profile = PROFILES.get(customer) or PROFILES["anahuac"]
    orders = []
    for age in ages:
        day = working_day(today - timedelta(days=age))
        amount = 1000 * profile.turnover / profile.orders * rng.uniform(0.8, 1.3)
        order = make_order(customer, profile, day, amount, prices, rng)
        orders.append(order._replace(state="sent" if age > 3 else "draft"))
    return orders


def order_days(profile, today, rng):
    """Return the days on which a customer orders: its rhythm, bent by its season."""
    start = today - timedelta(days=int(profile.first * DAYS_PER_MONTH))
    end = today - timedelta(days=int(profile.last * DAYS_PER_MONTH) + 1)
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    weights = SEASONS[profile.season]
    reached = list(accumulate(weights[day.month - 1] for day in days))
    number = max(2, round(profile.orders * len(days) / 365))
    found = []
    for index in range(number):
        position = (index + 0.5 + rng.uniform(-0.3, 0.3)) / number
        found.append(working_day(days[bisect_left(reached, position * reached[-1])]))
    return found


def make_order(customer, profile, day, amount, prices, rng):
    """Return one confirmed order of about ``amount`` US dollars."""
    assortment = RANGES[profile.assortment]
    count = min(rng.choice(LINE_COUNTS), len(assortment))
    shares = [rng.uniform(0.5, 1.5) for _index in range(count)]
    lines = []
    for product, share in zip(rng.sample(assortment, count), shares, strict=True):
        factor = (1 - profile.discount) * rng.uniform(0.97, 1.03)
        pieces = amount * share / sum(shares) / (prices[product] * factor)
        quantity = max(SMALLEST_QUANTITY, round(pieces / PACK) * PACK)
        lines.append(PlannedLine(product, quantity, factor))
    placed = datetime.combine(day, time(rng.randint(1, 9), rng.randint(0, 59)))
    delivery = working_day(day + timedelta(days=rng.randint(48, 85)))
    return PlannedOrder(customer, placed, delivery, "sale", tuple(lines))


def is_delivered(order, today):
    """Tell whether an order has left the factory: some that are due have not."""
    late = LATE_DAYS if order.placed.day % 3 == 0 else 0
    return order.delivery < today - timedelta(days=late)


def working_day(day):
    """Return the day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
