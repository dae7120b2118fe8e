"""Lifetime value by probability models, in plain Python; scipy does the arithmetic.

BG/NBD: Fader, Hardie and Lee, "Counting Your Customers" the Easy Way, Marketing Science
24 (2005), 275–284. Gamma-Gamma: Fader and Hardie, The Gamma-Gamma Model of Monetary
Value (2013). For each customer one knows x, the number of repeat orders; t, the time
from the first to the last order; T, the time from the first order until now; z, the
mean value of the repeat orders.
"""

from collections import namedtuple
from importlib.util import find_spec

# A model of repeat buying needs so many customers who bought again.
FEWEST_REPEATING = 200
# More customers make the parameters no better, but the fit slower.
MOST_FITTED = 10_000
# Beyond these a parameter says that the data have no such pattern.
SMALLEST, LARGEST = 1e-4, 1e5

Buying = namedtuple("Buying", "r alpha a b")
Spending = namedtuple("Spending", "p q v")


def is_available():
    """Whether the optional package scipy is installed."""
    return find_spec("scipy") is not None


def fit_buying(x, t, total):
    """Fit BG/NBD by maximum likelihood.

    :return: ``Buying``, or None where no finite parameters explain the data
    """
    import numpy as np
    from scipy.special import gammaln

    rows, weights = _counted(x, t, total)
    x, t, total = rows

    def loss(logs):
        r, alpha, a, b = np.exp(logs)
        first = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        second = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        alive = -(r + x) * np.log(alpha + total)
        gone = np.log(a) - np.log(np.maximum(b + x - 1, 1e-12))
        gone = np.where(x > 0, gone - (r + x) * np.log(alpha + t), -np.inf)
        return -np.average(first + second + np.logaddexp(alive, gone), weights=weights)

    return _fit(loss, Buying)


def fit_spending(x, z):
    """Fit Gamma-Gamma by maximum likelihood on customers with repeat orders.

    :return: ``Spending``, or None where no finite parameters explain the data
    """
    import numpy as np
    from scipy.special import gammaln

    (x, z), weights = _counted(x, z)

    def loss(logs):
        p, q, v = np.exp(logs)
        values = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v)
        values += (p * x - 1) * np.log(z) + p * x * np.log(x)
        values -= (p * x + q) * np.log(v + x * z)
        return -np.average(values, weights=weights)

    return _fit(loss, Spending)


def alive(buying, x, t, total):
    """Probability that a customer still buys; certain without a repeat order."""
    import numpy as np

    r, alpha, a, b = buying
    x, t, total = (np.asarray(one, dtype=float) for one in (x, t, total))
    odds = a / np.maximum(b + x - 1, 1e-12)
    odds = odds * ((alpha + total) / (alpha + t)) ** (r + x)
    return 1 / (1 + np.where(x > 0, odds, 0))


def expected_orders(buying, x, t, total, ahead):
    """Orders that are expected within the time ``ahead`` (equation 10)."""
    import numpy as np
    from scipy.special import hyp2f1

    r, alpha, a, b = buying
    # At a = 1 the formula has a gap that its neighbourhood fills.
    a = a if abs(a - 1) > 1e-6 else 1 + 1e-6
    x, total = (np.asarray(one, dtype=float) for one in (x, total))
    left = ((alpha + total) / (alpha + total + ahead)) ** (r + x)
    series = hyp2f1(r + x, b + x, a + b + x - 1, ahead / (alpha + total + ahead))
    count = (a + b + x - 1) / (a - 1) * (1 - left * series)
    return count * alive(Buying(r, alpha, a, b), x, t, total)


def expected_value(spending, x, z):
    """Mean value of a future order; without repeat orders that of all customers."""
    import numpy as np

    p, q, v = spending
    x, z = (np.asarray(one, dtype=float) for one in (x, z))
    return p * (v + x * z) / (p * x + q - 1)


def plain_value(yearly, retention, most_years=10):
    """Yearly value × expected years, 1 ÷ (1 − retention), no more than ten.

    Berger and Nasr, Customer Lifetime Value, Journal of Interactive Marketing 12
    (1998), without discounting.
    """
    years = most_years if retention >= 1 else min(1 / (1 - retention), most_years)
    return yearly * years


def _counted(*columns):
    """Each distinct row once, with how often it occurs: many customers are alike."""
    import numpy as np

    rows = np.stack([np.asarray(one, dtype=float) for one in columns], axis=1)
    rows, weights = np.unique(rows, axis=0, return_counts=True)
    return rows.T, weights


def _fit(loss, kind):
    """Minimise over the logarithms of positive parameters."""
    import numpy as np
    from scipy.optimize import minimize

    start = np.zeros(len(kind._fields))
    with np.errstate(all="ignore"):
        found = minimize(loss, start, method="L-BFGS-B")
        better = minimize(
            loss,
            found.x if np.isfinite(found.fun) else start,
            method="Nelder-Mead",
            options={"xatol": 1e-4, "fatol": 1e-9, "maxiter": 600},
        )
    values = np.exp(better.x)
    sane = np.isfinite(values) & (values > SMALLEST) & (values < LARGEST)
    if not np.isfinite(better.fun) or not sane.all():
        return None
    return kind(*(float(value) for value in values))
