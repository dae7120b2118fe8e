"""Fixtures of the repository-wide tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

pytest_plugins = ["tests.support.fixtures"]
