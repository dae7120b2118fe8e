"""``scripts/bench``: benchmarks, each a file in ``scripts/benchmarks``."""

import argparse
import importlib
from pathlib import Path

from . import bench, postgres, prepare, scratch
from .console import Failure, main, say

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"


def names() -> list[str]:
    found = (path.stem for path in FOLDER.glob("*.py"))
    return sorted(name for name in found if not name.startswith("_"))


def parse(words) -> list[str]:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Run the benchmarks: figures are ratios against the raw limit "
        "that is measured in the same run.",
        epilog=f"benchmarks: {', '.join(names())}",
    )
    parser.add_argument("name", nargs="*")
    chosen = parser.parse_args(words).name
    unknown = sorted(set(chosen) - set(names()))
    if unknown:
        raise Failure(
            f"There is no benchmark {', '.join(unknown)}; there are: "
            f"{', '.join(names())}."
        )
    return chosen or names()


def run(words) -> int:
    chosen = parse(words)
    prepare.prepare()
    met = True
    with postgres.server():
        for name in chosen:
            module = importlib.import_module(f"benchmarks.{name}")
            say(f"\n== {name}: {module.__doc__.splitlines()[0]}")
            with scratch.Factory("bench") as factory:
                report = bench.Report()
                module.run(factory, report)
                met &= report.met
    return 0 if met else 1


if __name__ == "__main__":
    main(run)
