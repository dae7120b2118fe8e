"""Run the repository-wide tests, and count them from pytest's own report."""

import os
import re
from xml.etree import ElementTree

from . import children, odoo, paths
from .results import Part

TESTS = paths.ROOT / "tests"
NO_TESTS = 5


def has_tests(folder: str) -> bool:
    return any((TESTS / folder).rglob("test_*.py"))


def run(part: Part, folder: str) -> None:
    """Run the tests of one folder below ``tests/``."""
    report = paths.LOG / f"pytest-{folder}.xml"
    report.unlink(missing_ok=True)
    command = [paths.VENV_PYTHON, "-m", "pytest", "-q", "--color=no"]
    command += [f"--junitxml={report}", TESTS / folder]
    environment = odoo.environment()
    del environment["PYTHONPATH"]
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    result = children.run(command, cwd=paths.ROOT, env=os.environ | environment)
    (paths.LOG / f"pytest-{folder}.log").write_text(result.stdout)
    part.lines += [plain(line) for line in result.stdout.strip().splitlines()]
    count(part, report)
    if result.returncode and not part.failed:
        part.fail(f"pytest ended with exit status {result.returncode}.")


def plain(line: str) -> str:
    """Return a line of pytest's that cannot be taken for the whole run's count."""
    return f"  {line}" if re.match(r"\d+ (passed|failed)", line) else line


def count(part: Part, report) -> None:
    if not report.exists():
        part.fail("pytest ended without a report.")
        return
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        number = {key: int(suite.get(key, 0)) for key in ("tests", "skipped")}
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        part.failed += bad
        part.skipped += number["skipped"]
        part.passed += max(number["tests"] - number["skipped"] - bad, 0)
