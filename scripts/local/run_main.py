"""``scripts/run``: serve the module on this machine."""

import argparse
import errno
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import closing

from . import databases, odoo, paths, postgres, prepare
from .console import Failure, main, say

DEFAULT_PORT = 8069
PATIENCE_SECONDS = 180


def parse(words):
    parser = argparse.ArgumentParser(
        prog="scripts/run",
        description="Serve Follow-up CRM with demonstration data on this machine; "
        "Ctrl-C ends it.",
    )
    parser.add_argument("--fresh", action="store_true", help="start over")
    parser.add_argument("--empty", action="store_true", help="without demo data")
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="default: 8069", metavar="N"
    )
    parser.add_argument(
        "--stop-after-start",
        action="store_true",
        help="end as soon as the server answers",
    )
    return parser.parse_args(words)


def run(words) -> int:
    options = parse(words)
    check_port(options.port)
    if not (paths.MODULE_DIR / "__manifest__.py").exists():
        raise Failure(f"{paths.MODULE_DIR} holds no module.")
    steps = prepare.prepare(more_steps=2)
    name = "followup_empty" if options.empty else "followup_demo"
    with postgres.server():
        with steps.step(f"Database {name}") as note:
            done = prepare_database(name, options)
            if done:
                note(done)
        return serve(name, options, steps)


def prepare_database(name: str, options) -> str:
    """Make or update the served database; returns a note if little was done."""
    state = databases.module_state()
    known = databases.exists(name) and not options.fresh
    if known and databases.note(name) == state:
        return "there already"
    if known:
        title = "Updating the module"
        databases.run_odoo(name, "-u", paths.MODULE, log=name, title=title)
        databases.set_note(name, state)
        return "updated"
    words = ["-i", paths.MODULE, "--load-language", databases.LANGUAGES]
    if not options.empty:
        words.append("--with-demo")
    databases.build(name, *words, title="Making the database", note_text=state)
    return ""


def check_port(port: int) -> None:
    """Refuse a port that another program serves."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OverflowError as error:
            raise Failure(f"{port} is no port: use 1024 to 65535.") from error
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Failure(f"Port {port} needs root: use 1024 or above.") from error
            raise Failure(
                f"Port {port} is in use: stop that program, or name another port "
                "with --port."
            ) from error


def serve(name: str, options, steps) -> int:
    """Serve a database until Odoo ends, and return its exit status."""
    port = str(options.port)
    command = odoo.command("-d", name, "--db-filter", f"^{name}$", "--http-port", port)
    log = paths.LOG / "server.log"
    command += ["--http-interface", "127.0.0.1", "--no-database-list"]
    command += ["--logfile", str(log)]
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command, env=odoo.environment(), stdout=stream, stderr=stream
        )
    try:
        with steps.step("Server"):
            wait_until_answering(process, options.port, log)
        say(
            f"\nFollow-up CRM: http://localhost:{port}  user: admin  password: admin"
            f"  (Ctrl-C ends it; log: {log.relative_to(paths.ROOT)})"
        )
        if options.stop_after_start:
            return 0
        return odoo.wait(process)
    finally:
        odoo.stop(process)


def wait_until_answering(process, port: int, log) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Failure(f"The server ended at once (log: {log}).")
        try:
            url = f"http://127.0.0.1:{port}/web/login"
            with urllib.request.urlopen(url, timeout=60) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise Failure(f"The server does not answer (log: {log}).")


if __name__ == "__main__":
    main(run)
