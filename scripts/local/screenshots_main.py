"""``scripts/screenshots``: retake the pictures from the demonstration data."""

import argparse
import os
import shutil
import subprocess

from . import databases, odoo, odoo_tests, paths, postgres, prepare, run_main
from .console import Failure, main, say

DATABASE = "followup_pictures"
IMAGES = paths.ROOT / "docs" / "images"
PAGE_IMAGES = paths.MODULE_DIR / "static" / "description"
RAW = paths.LOCAL / "pictures"
LARGEST_BYTES = 4 * 1024**2


def parse(words):
    parser = argparse.ArgumentParser(
        prog="scripts/screenshots",
        description="Retake the pictures of the README, the guide and the app page.",
    )
    parser.add_argument("picture", nargs="*", help="only these, by their file names")
    parser.add_argument(
        "--keep", action="store_true", help="use the database of the last time"
    )
    return parser.parse_args(words)


def run(words) -> int:
    options = parse(words)
    steps = prepare.prepare(dev=True, more_steps=3)
    shutil.rmtree(RAW, ignore_errors=True)
    with postgres.server():
        with steps.step(f"Database {DATABASE}") as note:
            if options.keep and databases.exists(DATABASE):
                note("as it was")
            else:
                make_database()
        port = odoo_tests.free_port()
        with steps.step("Pictures"):
            take(port, options.picture)
    with steps.step("Making them small"):
        call("pictures", RAW, IMAGES, PAGE_IMAGES)
    size = sum(path.stat().st_size for path in IMAGES.rglob("*.webp"))
    say(f"\n{len(list(IMAGES.rglob('*.webp')))} pictures, {size / 1024**2:.1f} MB")
    if size > LARGEST_BYTES:
        raise Failure("The pictures are larger than 4 MB: leave some out.")
    return 0


def make_database() -> None:
    """A copy of the template with the module, its demo data, and both languages."""
    work = DATABASE + databases.BUILDING
    databases.copy(databases.template(demo=True), work)
    words = ["-i", paths.MODULE, "--with-demo"]
    databases.run_odoo(work, *words, log=DATABASE, title="Making the database")
    # Chats and the robot's greeting would lie over the pictures.
    postgres.psql("UPDATE res_users SET odoobot_state = 'disabled'", work)
    postgres.psql("DELETE FROM discuss_channel_member", work)
    databases.rename(work, DATABASE)


def take(port: int, wanted: list[str]) -> None:
    """Serve the database while the pictures are taken."""
    words = ["-d", DATABASE, "--db-filter", f"^{DATABASE}$", "--http-port", str(port)]
    log = paths.LOG / "pictures-server.log"
    words += ["--max-cron-threads", "0", "--logfile", str(log)]
    server = subprocess.Popen(odoo.command(*words), env=odoo.environment())
    try:
        run_main.wait_until_answering(server, port, log)
        call("screenshots", f"http://127.0.0.1:{port}", RAW, *wanted)
    finally:
        odoo.stop(server)


def call(module: str, *words) -> None:
    """Run a module beside this one with the Python packages of the tests."""
    environment = os.environ | {"PYTHONPATH": str(paths.ROOT / "scripts")}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [paths.VENV_PYTHON, "-m", f"local.{module}", *words]
    if subprocess.run([str(word) for word in command], env=environment).returncode:
        raise Failure(f"Taking the pictures failed in {module}, see above.")


if __name__ == "__main__":
    main(run)
