"""``scripts/test``: every test of this repository, or the parts named."""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor

from . import (
    children,
    databases,
    lint,
    node,
    odoo_tests,
    postgres,
    prepare,
    pytest_runs,
)
from .console import Failure, main, say
from .results import part, total

SPECIAL = {
    "lint": "the linters",
    "static": "tests that read the source only",
    "install": "fresh install, upgrade, uninstall",
    "journeys": "a browser and an API client against a running server",
    "odoo": "all rooms",
}


def parse(words):
    rooms = odoo_tests.rooms()
    names = [f"  {name:12} {text}" for name, text in SPECIAL.items()]
    parser = argparse.ArgumentParser(
        prog="scripts/test",
        description="Run the tests: all of them, or the parts named.",
        epilog="rooms: " + ", ".join(rooms) + "\nothers:\n" + "\n".join(names),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", nargs="*", help="a room, or one of the others")
    parser.add_argument(
        "--fix", action="store_true", help="first let the formatters rewrite files"
    )
    options = parser.parse_args(words)
    chosen = options.part
    unknown = sorted(set(chosen) - set(rooms) - set(SPECIAL))
    if unknown:
        known = ", ".join([*rooms, *SPECIAL])
        raise Failure(f"There is no part {', '.join(unknown)}; there are: {known}.")
    return chosen or list(SPECIAL), options.fix


def run(words) -> int:
    chosen, fix = parse(words)
    rooms = [name for name in chosen if name not in SPECIAL]
    steps = prepare.prepare(dev=True, more_steps=2)
    with steps.step("XML formatter"):
        node.ensure()
    if fix:
        lint.fix()
    with postgres.server():
        with steps.step("Template database"):
            odoo_tests.drop_leftovers()
            databases.template()
        parts = run_parts(chosen, rooms)
    result = total(parts)
    say(f"\n{result.counts()}")
    return 1 if result.failed else 0


def run_parts(chosen: list[str], rooms: list[str]) -> list:
    """Run the Odoo tests beside the short parts, then the browser's journeys."""
    parts = []
    lanes = [lambda: run_odoo(chosen, rooms, parts), lambda: run_short(chosen, parts)]
    with ThreadPoolExecutor(max_workers=len(lanes)) as pool:
        try:
            futures = [pool.submit(lane) for lane in lanes]
            while not all(future.done() for future in futures):
                time.sleep(0.2)
        except BaseException:
            children.end_all()
            raise
        for future in futures:
            future.result()
    if "journeys" in chosen:
        run_pytest("journeys", "Journeys", parts)
    return parts


def run_odoo(chosen: list[str], rooms: list[str], parts: list) -> None:
    if not rooms and "odoo" not in chosen:
        return
    wanted = [] if "odoo" in chosen else rooms
    title = "Odoo tests" + (f" of {', '.join(wanted)}" if wanted else "")
    with part(title, parts) as result:
        odoo_tests.run(result, wanted)


def run_short(chosen: list[str], parts: list) -> None:
    if "lint" in chosen:
        with part("Lint", parts) as result:
            lint.run_all(result)
    for folder, title in (("static", "Static checks"), ("install", "Installation")):
        if folder in chosen:
            run_pytest(folder, title, parts)


def run_pytest(folder: str, title: str, parts: list) -> None:
    if pytest_runs.has_tests(folder):
        with part(title, parts) as result:
            pytest_runs.run(result, folder)


if __name__ == "__main__":
    main(run)
