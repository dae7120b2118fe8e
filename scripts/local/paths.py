"""Where everything lives. All that the scripts make is below ``.local/``."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
LOG = LOCAL / "log"
STAMPS = LOCAL / "stamps"
TMP = LOCAL / "tmp"
ADDONS = ROOT / "custom_addons"
MODULE = "followup_crm"
MODULE_DIR = ADDONS / MODULE
ODOO_PACKAGE = LOCAL / "odoo"
ODOO_GIT = LOCAL / "odoo-git"
VENV = LOCAL / "venv"
VENV_PYTHON = VENV / "bin" / "python"
DATA_DIR = LOCAL / "data"
ODOO_CONF = LOCAL / "odoo.conf"
NODE = LOCAL / "node"

ROOT_KEY = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
"""Tells this checkout's files outside of it (a socket, at most) from another's."""


def digest(*parts) -> str:
    """Return a short hash of texts, and of the contents of paths."""
    result = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        result.update(len(data).to_bytes(8, "big") + data)
    return result.hexdigest()[:16]


def tree_digest(folder: Path, skip=("__pycache__",)) -> str:
    """Return a hash of the names and contents of all files below a folder."""
    result = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not any(part in skip for part in relative.parts):
            result.update(f"{relative}\0".encode())
            result.update(hashlib.sha256(path.read_bytes()).digest())
    return result.hexdigest()[:16]
