"""``scripts/translate``: the template of all terms, and the Chinese translation."""

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

from . import odoo, paths, postgres, prepare, scratch
from .console import Failure, main, run_logged

LANGUAGE = "zh_CN"


def parse(words) -> None:
    argparse.ArgumentParser(
        prog="scripts/translate",
        description="Export the module's terms with Odoo, merge them into "
        f"{LANGUAGE}.po and list those without a translation; exit status 1 if there "
        "are any.",
    ).parse_args(words)


def run(words) -> int:
    parse(words)
    prepare.prepare()
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / f"{paths.MODULE}.pot"
        with postgres.server(), scratch.Factory("i18n") as factory:
            export(factory.copy("export"), template)
        return merge(template)


def export(database: scratch.Database, template: Path) -> None:
    """Install the module, without demonstration data, and write its terms."""
    try:
        database.install()
    except scratch.OdooError as error:
        raise Failure(f"the module cannot be installed:\n{error}") from error
    command = odoo.command("i18n", "export", "-d", database.name, paths.MODULE)
    command += ["--languages", "pot", "--output", str(template)]
    title = "Exporting the terms"
    run_logged(command, "translate", title, env=odoo.environment())


def merge(template: Path) -> int:
    """Merge where polib is: in the virtual environment."""
    command = [paths.VENV_PYTHON, "-m", "local.translate_merge"]
    environment = os.environ | {"PYTHONPATH": str(paths.ROOT / "scripts")}
    folder = paths.MODULE_DIR / "i18n"
    words = [template, folder / template.name, folder / f"{LANGUAGE}.po"]
    return subprocess.run([*command, *words], env=environment).returncode


if __name__ == "__main__":
    main(run)
