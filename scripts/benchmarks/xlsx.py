"""A register of 100,000 rows as a workbook, against bare xlsxwriter."""

import json
import os
import subprocess
from pathlib import Path

from local import bench, paths, scratch

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
ROWS = int(100_000 * SCALE)
COLUMNS = 12
TARGET_TIME = 1.2
TARGET_MEMORY = 2
REPEATS = 3
ADDON = Path(__file__).resolve().parents[2] / "custom_addons" / "followup_crm"
WRITER = Path(__file__).with_name("_xlsx_writer.py")


def run(_factory: scratch.Factory, report: bench.Report) -> None:
    """Compare time and peak memory; each run has a process of its own."""
    figures = {"bare": [], "ours": []}
    for _number in range(REPEATS):
        for kind, found in figures.items():
            found.append(write(kind))
    seconds = {kind: min(one["seconds"] for one in f) for kind, f in figures.items()}
    memory = {kind: min(one["kilobytes"] for one in f) for kind, f in figures.items()}
    for kind, words in (("bare", "bare xlsxwriter"), ("ours", "the register")):
        report.time(f"{ROWS} rows × {COLUMNS} columns, {words}", seconds[kind])
        report.note(f"peak memory {memory[kind] / 1024:.0f} MB")
    report.ratio("time", seconds["ours"], seconds["bare"], TARGET_TIME)
    report.ratio("peak memory", memory["ours"], memory["bare"], TARGET_MEMORY)


def write(kind: str) -> dict:
    """Return seconds and kilobytes that a process took at most."""
    sizes = [str(ROWS), str(COLUMNS)]
    command = [str(paths.VENV_PYTHON), str(WRITER), kind, *sizes, str(ADDON)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)
