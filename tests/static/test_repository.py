"""What is handed on names no machine: no local paths, no download addresses."""

import os
import re
import subprocess

import pytest

from tests.support import source

# Written in two parts, so that this file does not find itself.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"(?<![\w.~}$])/" + r"work/",
            r"(?<![\w.])/" + r"farm/",
            r"(?<![\w.])/" + r"root/",
            r"/home/" + r"\w+/",
            r"deb\.debian" + r"\.org",
            r"snapshot\.debian" + r"\.org",
            r"\bpypi" + r"\.org",
            r"files\.pythonhosted" + r"\.org",
            r"registry\.npmjs" + r"\.org",
        ]
    )
)
LOCK_FILES = {"package-lock.json", "yarn.lock", "pnpm-lock.yaml", "Pipfile.lock"}
SCRIPTS = ("run", "test", "odoo", "bench", "translate")


def repository_files():
    """Return the files that are, or would be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(
            command, cwd=source.ROOT, capture_output=True, check=True, text=True
        ).stdout.split("\0")
        found = [source.ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        skipped = {".git", ".local", "node_modules", "__pycache__", ".ruff_cache"}
        found = [
            path
            for path in source.ROOT.rglob("*")
            if not skipped & set(path.relative_to(source.ROOT).parts)
        ]
    return [path for path in found if path.is_file()]


def test_no_machine_is_named():
    """No file names a path of one machine or the host of a package registry."""
    found = []
    for path in repository_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if FORBIDDEN.search(line):
                found.append(f"{source.relative(path)}:{number}: {line.strip()[:80]}")
    source.check(found)


def test_no_lock_file_with_addresses():
    """No lock file with download addresses is kept."""
    assert [path.name for path in repository_files() if path.name in LOCK_FILES] == []


@pytest.mark.parametrize("name", [*(f"scripts/{one}" for one in SCRIPTS), ".ci/run"])
def test_entries_can_be_run(name):
    """The entry points can be executed."""
    assert os.access(source.ROOT / name, os.X_OK)


def test_licence_is_the_one_of_the_manifest():
    """The licence's text is the one that the manifest names."""
    assert source.manifest()["license"] == "LGPL-3"
    text = (source.ROOT / "LICENSE").read_text()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text


def test_requirements_are_pinned():
    """Every Python package is pinned to the release that was tested."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (source.ROOT / name).read_text().splitlines()
        wanted = [line for line in lines if line and not line.startswith(("#", "-r"))]
        assert [line for line in wanted if "==" not in line] == []
