"""What benchmarks have in common: medians, and ratios against a raw limit."""

import statistics
import time
from collections.abc import Callable

from . import databases, postgres, scratch
from .console import say

REPEATS = 5


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median(
    work: Callable[[], object],
    before: Callable[[], object] = lambda: None,
    repeats: int = REPEATS,
) -> float:
    """Return the median time of some runs; ``before`` is not timed."""
    times = []
    for _number in range(repeats):
        before()
        times.append(seconds(work))
    return statistics.median(times)


def median_of_made(make: Callable, work: Callable, repeats: int = REPEATS) -> float:
    """Return the median time of work on something that is made anew each time."""
    times = []
    for _number in range(repeats):
        made = make()
        times.append(seconds(lambda made=made: work(made)))
    return statistics.median(times)


def median_sql(
    database: scratch.Database, query: str, before: str = "", repeats: int = REPEATS
) -> float:
    """Return the median time of a statement, without what psql itself takes."""
    times = []
    for _number in range(repeats):
        words = f"{before};" if before else ""
        text = (
            f"{words} CREATE TEMP TABLE timing AS SELECT clock_timestamp() AS began; "
            f"{query}; SELECT extract(epoch FROM clock_timestamp() - began) FROM timing"
        )
        answer = postgres.psql(text, database.name).splitlines()
        times.append(float(answer[-1]))
    return statistics.median(times)


def median_odoo(
    database: scratch.Database, code: str, before: str = "", repeats: int = REPEATS
) -> float:
    """Return the median time of code in Odoo's shell, within one process.

    ``before`` and the code are statements that know ``env``; each run begins with
    an empty cache, and is committed.
    """
    lines = [
        "import time",
        "times = []",
        f"for _number in range({repeats}):",
        *(f"    {line}" for line in before.strip().splitlines()),
        "    env.cr.commit()",
        "    env.invalidate_all()",
        "    started = time.perf_counter()",
        *(f"    {line}" for line in code.strip().splitlines()),
        "    env.cr.commit()",
        "    times.append(time.perf_counter() - started)",
        "return times",
    ]
    return statistics.median(database.shell("\n".join(lines)))


def copy(factory: scratch.Factory, source: str, name: str) -> scratch.Database:
    """Return a copy of a large database."""
    database = factory.empty(name)
    databases.copy(source, database.name, large=True)
    return database


class Report:
    """Prints figures, and remembers whether all targets were met."""

    def __init__(self):
        self.met = True

    def time(self, title: str, value: float) -> None:
        say(f"   {title}: {value:.2f} s")

    def ratio(
        self, title: str, value: float, limit: float, target: float | None = None
    ) -> None:
        """Print a measured time as a ratio of the limit's, against a target."""
        ratio = value / limit
        words = ""
        if target is not None:
            met = ratio <= target
            self.met &= met
            words = f"  (target ≤ {target:g}: {'met' if met else 'MISSED'})"
        say(f"   {title}: × {ratio:.2f}{words}")

    def share(self, title: str, value: float, target: float) -> None:
        """Print a share that must be reached, between 0 and 1."""
        met = value >= target
        self.met &= met
        words = f"(target ≥ {target:g}: {'met' if met else 'MISSED'})"
        say(f"   {title}: {value:.3f}  {words}")

    def note(self, text: str) -> None:
        say(f"     {text}")
