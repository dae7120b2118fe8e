"""The XML formatter, from npm, in ``.local/node``."""

import json
import os
import shutil

from . import paths
from .console import check_disk_space, run_logged

PACKAGE = paths.ROOT / "package.json"
STAMP = paths.NODE / ".stamp"
PRETTIER = paths.NODE / "node_modules" / "prettier" / "bin" / "prettier.cjs"
PLUGIN = paths.NODE / "node_modules" / "@prettier/plugin-xml/src/plugin.js"


def is_ready() -> bool:
    return STAMP.exists() and STAMP.read_text() == paths.digest(PACKAGE)


def ensure() -> None:
    """Install what package.json pins."""
    if is_ready():
        return
    check_disk_space()
    work = paths.TMP / "node"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    shutil.copy(PACKAGE, work)
    command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund"]
    environment = os.environ | {"npm_config_update_notifier": "false"}
    run_logged(command, "node", "Installing prettier", cwd=work, env=environment)
    shutil.rmtree(paths.NODE, ignore_errors=True)
    work.rename(paths.NODE)
    STAMP.write_text(paths.digest(PACKAGE))


def prettier_config() -> str:
    """Write the repository's settings with the plugin's place, for prettier."""
    settings = json.loads((paths.ROOT / ".prettierrc.json").read_text())
    settings["plugins"] = [str(PLUGIN)]
    target = paths.NODE / "prettierrc.json"
    target.write_text(json.dumps(settings))
    return str(target)
