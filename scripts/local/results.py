"""What the parts of a test run found, and how it is shown."""

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from .console import say

_screen = threading.Lock()


@dataclass
class Part:
    """One part of a test run: its counts, and what a person has to read."""

    title: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    lines: list[str] = field(default_factory=list)

    def fail(self, text: str) -> None:
        self.failed += 1
        self.lines.append(text)

    def show(self, seconds: float) -> None:
        """Print the whole part at once, also when others run beside it."""
        with _screen:
            say(f"\n== {self.title}: {self.counts()} ({seconds:.0f} s)")
            for line in self.lines:
                say(line)

    def counts(self) -> str:
        text = f"{self.passed} passed, {self.failed} failed"
        return f"{text}, {self.skipped} skipped" if self.skipped else text


@contextmanager
def part(title: str, parts: list):
    """Run one part: show it when it ends, count it whatever happens."""
    result = Part(title)
    parts.append(result)
    started = time.monotonic()
    try:
        yield result
    except Exception as error:
        result.fail(f"{type(error).__name__}: {error}")
    finally:
        result.show(time.monotonic() - started)


def total(parts: list) -> Part:
    return Part(
        "All",
        passed=sum(one.passed for one in parts),
        failed=sum(one.failed for one in parts),
        skipped=sum(one.skipped for one in parts),
    )
