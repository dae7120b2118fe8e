"""Run the module's Odoo tests on a copy of the template, and count exactly."""

import os
import re
import socket
from contextlib import closing

from . import children, databases, odoo, paths
from .results import Part

PREFIX = "test_odoo_"
LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ "
    r"(?P<logger>[\w.]+): (?P<text>.*)$"
)
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")
TEST_FAILED = re.compile(r"^(?:FAIL|ERROR): (?:Subtest )?(\w+\.\w+|\w+ \(\S+\)|\S+)")
SKIPPED = re.compile(r"^skipped (\S+) : ")
STARTED = re.compile(r"^Starting (\S+) \.\.\.")
HARMLESS = ("mail/static/lib/selfie_segmentation",)
COUNTING_LOGGERS = ("odoo.tests.result", "odoo.service.server", "odoo.modules.loading")
OUR_LOGGER = f"odoo.addons.{paths.MODULE}"
FRAMEWORK_LOGGERS = ("odoo.registry", "odoo.orm", "odoo.models", "odoo.fields")
OURS = ("followup", "fcrm_")


class LogReader:
    """Reads an Odoo log: counts tests and finds what must not be logged."""

    def __init__(self):
        self.started: list[str] = []
        self.broken: list[str] = []
        self.skipped: set[str] = set()
        self.complaints: list[str] = []
        self.shown: list[str] = []
        self.result = None
        self._showing = False

    def read(self, log: str) -> "LogReader":
        for line in log.splitlines():
            match = LINE.match(line)
            if match:
                self._showing = False
                self._read_entry(line, **match.groupdict())
            elif self._showing:
                self.shown.append(line)
        return self

    def _read_entry(self, line: str, level: str, logger: str, text: str) -> None:
        if started := STARTED.match(text):
            self.started.append(started[1])
        if skipped := SKIPPED.match(text):
            self.skipped.add(skipped[1])
        if logger == "odoo.tests.result" and (found := RESULT.search(text)):
            self.result = tuple(map(int, found.groups()))
            self.shown.append(text)
        failed = TEST_FAILED.match(text) if level == "ERROR" else None
        if failed:
            self.broken.append(failed[1])
        elif self._is_complaint(level, logger, text):
            self.complaints.append(line)
        else:
            return
        self._showing = True
        self.shown.append(line)

    def _is_complaint(self, level: str, logger: str, text: str) -> bool:
        if any(words in text for words in HARMLESS):
            return False
        if level in ("ERROR", "CRITICAL"):
            counting = logger in COUNTING_LOGGERS and re.search(r"\d+ fail", text)
            return not counting
        if level != "WARNING":
            return False
        ours = any(word in text for word in OURS)
        if self.started:
            return ours and logger == "py.warnings"
        return ours or logger.startswith((OUR_LOGGER, *FRAMEWORK_LOGGERS))

    def fill(self, part: Part) -> None:
        """Turn what was read into counts."""
        failed = set(self.broken)
        counted = failed & set(self.started)
        run = self.result[2] if self.result else len(self.started)
        part.skipped += len(self.skipped - failed)
        part.passed += run - len(counted) - len(self.skipped - failed)
        part.failed += len(failed) + len(self.complaints)
        part.lines += self.shown
        if not self.result:
            part.fail("Odoo ended without its tests' result.")
        elif sum(self.result[:2]) and not failed:
            part.fail("Odoo reports failures that its log does not name.")
        elif not run:
            part.fail("No test was run.")


def rooms() -> list[str]:
    """Return the test tags: the folders of the module's tests."""
    folder = paths.MODULE_DIR / "tests"
    found = (path.name for path in folder.glob("*/") if path.is_dir())
    return sorted(name for name in found if not name.startswith("_"))


def tags(chosen: list[str]) -> str:
    if not chosen:
        return f"/{paths.MODULE}"
    return ",".join(f"{room}/{paths.MODULE}" for room in chosen)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def drop_leftovers() -> None:
    """Drop the databases of runs that were killed."""
    for name in databases.names("test_"):
        pid = name.rpartition("_")[2]
        if pid.isdigit() and not os.path.exists(f"/proc/{pid}"):
            databases.drop(name)


def run(part: Part, chosen: list[str]) -> None:
    """Install the module on a copy of the template and run its tests there."""
    name = f"{PREFIX}{os.getpid()}"
    databases.copy(databases.template(), name)
    try:
        command = odoo.command("-d", name, "-i", paths.MODULE, "--stop-after-init")
        command += ["--test-tags", tags(chosen), "--http-port", str(free_port())]
        command += ["--screenshots", str(paths.LOG / "screenshots")]
        result = children.run(command, env=odoo.environment())
    finally:
        databases.drop(name)
    log = paths.LOG / "odoo-tests.log"
    log.write_text(result.stdout)
    LogReader().read(result.stdout).fill(part)
    if result.returncode and not part.failed:
        part.fail(f"Odoo ended with exit status {result.returncode} (log: {log}).")
    if part.failed:
        part.lines.append(f"(whole log: {log.relative_to(paths.ROOT)})")
