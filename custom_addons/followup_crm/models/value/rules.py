"""Limits and weights of the value of customers, in one place.

Where no source is named, a figure is the trade's judgement; the guide names it.
"""

from datetime import timedelta

from ...tools.lifetime import plain_value

# V7: from so many order days on a customer has a rhythm of its own.
OWN_RHYTHM_ORDERS = 4
RISK_FACTOR, CHURN_FACTOR = 1.5, 3
# Quantiles of the gaps of all customers: usual, at risk, churned.
GAP_QUANTILES = (0.5, 0.8, 0.95)
# Fewer gaps in a company say nothing about its customers.
FEWEST_GAPS = 20
# Days without an order after which an order is a return.
RETURN_GAP = 365
NEW_DAYS = 90

# V4: so many customers of the year before are needed for a retention rate.
FEWEST_RETAINED = 10
# What the model forecasts: orders of the next three years.
MODEL_WEEKS = 156

# V5: weights of the loyalty index; a part that is not known leaves out its weight.
LOYALTY = {
    "repeat": 25,
    "frequency": 25,
    "wallet": 20,
    "referrals": 10,
    "price": 10,
    "tolerance": 10,
}
# An average discount of so much percent makes nothing of price insensitivity.
PRICE_DISCOUNT = 20

# V2: a margin counts where the cost of so much of the turnover is known.
COST_COVERAGE = 0.8

# Scores from which a band begins, best first.
LOYALTY_BANDS = (("high", 75), ("medium", 50), ("low", 0))
CREDIT_BANDS = (
    ("excellent", 81),
    ("good", 61),
    ("fair", 41),
    ("weak", 21),
    ("poor", 11),
    ("bad", 0),
)


def new_customer_time():
    """How long a customer is new after its first order (V7)."""
    return timedelta(days=NEW_DAYS)


def expected_years(retention):
    """Years that a customer is expected to go on buying (V4)."""
    return plain_value(1, retention)
