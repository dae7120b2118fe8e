"""Figures of satisfaction surveys: plain arithmetic, no database."""

import hashlib
import math
from dataclasses import dataclass

# The two-sided 95 % quantile of the normal distribution.
Z_95 = 1.96
PROMOTER_FROM = 9
PASSIVE_FROM = 7
BEST = 10


@dataclass(frozen=True)
class Recommendation:
    """A net recommendation score with its interval, each from -100 to 100."""

    score: float
    low: float
    high: float


def to_score(value, lowest, highest):
    """A mark on a scale as 0 (worst) to 100 (best).

    :raises ValueError: where the mark is not on the scale, or the scale is empty
    """
    if highest <= lowest or not lowest <= value <= highest:
        raise ValueError(f"{value} is not between {lowest} and {highest}")
    return 100.0 * (value - lowest) / (highest - lowest)


def recommendation_group(value):
    """``promoter`` (9–10), ``passive`` (7–8) or ``detractor`` (0–6).

    Source: Reichheld, "The One Number You Need to Grow", Harvard Business Review,
    December 2003.
    """
    if not 0 <= value <= BEST:
        raise ValueError(f"{value} is not between 0 and {BEST}")
    if value >= PROMOTER_FROM:
        return "promoter"
    return "passive" if value >= PASSIVE_FROM else "detractor"


def recommendation(promoters, passives, detractors):
    """The net recommendation score (NPS) and its 95 % interval, or None for nobody.

    With p and d the shares of promoters and detractors among n answers:
    NPS = p - d, its variance (p + d - (p - d)²) / n, its interval NPS ± 1.96 × the
    root of it. Source: Goodman, "On simultaneous confidence intervals for multinomial
    proportions", Technometrics 7 (1965), the difference of two shares of one
    multinomial; Rocks, "Interval Estimation for the Net Promoter Score", The American
    Statistician 70 (2016), where it is the Wald interval.
    """
    n = promoters + passives + detractors
    if not n:
        return None
    p, d = promoters / n, detractors / n
    margin = Z_95 * math.sqrt(max(p + d - (p - d) ** 2, 0.0) / n)
    return Recommendation(
        100 * (p - d),
        max(100 * (p - d - margin), -100.0),
        min(100 * (p - d + margin), 100.0),
    )


def weighted_index(scores, importances):
    """The mean of the scores, each weighted by how important it is; None for none.

    A dimension whose importance was not told weighs as much as the others on average;
    where nothing was told, or nothing is important, all weigh the same. Source: the
    importance-weighted customer satisfaction index, Hill and Alexander, "The Handbook
    of Customer Satisfaction and Loyalty Measurement" (3rd ed. 2006).

    :param scores: dimension → 0 to 100
    :param importances: dimension → 0 to 100
    """
    if not scores:
        return None
    told = [importances[name] for name in scores if name in importances]
    usual = sum(told) / len(told) if told else 0.0
    if not usual:
        return sum(scores.values()) / len(scores)
    weights = {name: importances.get(name, usual) for name in scores}
    total = sum(weights.values())
    return sum(scores[name] * weights[name] for name in scores) / total


def draw_sample(keys, size, seed):
    """``size`` of the keys, always the same for the same seed.

    Who is drawn does not depend on the order of the keys, and somebody added or
    removed displaces one at most.
    """

    def place(key):
        return hashlib.sha256(f"{seed}:{key}".encode()).digest()

    return set(sorted(keys, key=place)[:size])
