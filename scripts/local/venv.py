"""The virtual environment in ``.local/venv``."""

import os
import shutil
import subprocess
import sys

from . import paths
from .console import check_disk_space, run_logged

RUN = paths.ROOT / "requirements.txt"
DEV = paths.ROOT / "requirements-dev.txt"


def ensure(dev: bool = False) -> bool:
    """Make the environment hold what is pinned; return whether work was done."""
    wanted = [RUN, DEV] if dev else [RUN]
    missing = [path for path in wanted if not is_installed(path)]
    if not missing:
        return False
    check_disk_space()
    if not works():
        shutil.rmtree(paths.VENV, ignore_errors=True)
        command = [sys.executable, "-m", "venv", paths.VENV]
        run_logged(command, "python", "Making the Python environment")
        missing = wanted
    for path in missing:
        install(path)
    return True


def works() -> bool:
    if not paths.VENV_PYTHON.exists():
        return False
    probe = [paths.VENV_PYTHON, "-c", "import pip, sys; print(sys.version)"]
    result = subprocess.run(probe, capture_output=True, text=True)
    return result.returncode == 0 and result.stdout.strip() == sys.version


def stamp_of(path):
    return paths.VENV / f".{path.stem}.stamp"


def stamp_text(path) -> str:
    return paths.digest(path, sys.version)


def is_installed(path) -> bool:
    stamp = stamp_of(path)
    return stamp.exists() and stamp.read_text() == stamp_text(path)


def install(path) -> None:
    stamp_of(path).unlink(missing_ok=True)
    command = [paths.VENV_PYTHON, "-m", "pip", "install", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar=off", "-r", path]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    run_logged(command, "python", "Installing Python packages", env=environment)
    stamp_of(path).write_text(stamp_text(path))
