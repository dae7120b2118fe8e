"""Scratch databases: copies of the templates, with Odoo to work on them."""

import json
import os
import subprocess
import tempfile
import textwrap
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import databases, odoo, odoo_tests, paths, postgres

SHELL_FRAME = """
import json as _json
def _work():
{body}
_result = _work()
with open({path!r}, "w") as _stream:
    _json.dump(_result, _stream, default=str)
env.cr.commit()
"""
PATIENCE_SECONDS = 120


class OdooError(AssertionError):
    """Odoo ended badly; the message is its log, without what it did well."""

    def __init__(self, log: str):
        lines = [line for line in log.splitlines() if " INFO " not in line]
        super().__init__("\n".join(lines[-60:]))


class Database:
    """One database of the private cluster."""

    def __init__(self, name: str):
        self.name = name

    def install(self, *words: str) -> str:
        """Install the module and return Odoo's log."""
        return self.odoo("-i", paths.MODULE, *words)

    def upgrade(self) -> str:
        return self.odoo("-u", paths.MODULE)

    def uninstall(self) -> str:
        self.shell(
            f"""
            module = env["ir.module.module"].search([("name", "=", "{paths.MODULE}")])
            module.button_immediate_uninstall()
            """
        )

    def odoo(self, *words: str) -> str:
        """Run Odoo until it has started, and return its log."""
        return self._run(
            odoo.command("-d", self.name, "--stop-after-init", "--no-http", *words)
        )

    def shell(self, code: str):
        """Run Python code in Odoo's shell; what it returns must be plain data.

        The code is the body of a function with ``env``; it is committed.
        """
        body = textwrap.indent(textwrap.dedent(code), "    ")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "result.json"
            text = SHELL_FRAME.format(body=body, path=str(path))
            command = odoo.command("shell", "-d", self.name, "--no-http")
            command.append("--log-level=warn")
            log = self._run(command, text)
            if not path.exists():
                raise OdooError(log)
            return json.loads(path.read_text())

    def sql(self, query: str) -> list[list[str]]:
        """Run a query and return its rows as texts."""
        lines = postgres.psql(query, self.name).splitlines()
        return [line.split("\t") for line in lines]

    def _run(self, command, text: str = "") -> str:
        result = subprocess.run(
            command,
            input=text,
            env=odoo.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        if result.returncode:
            raise OdooError(result.stdout)
        return result.stdout


class Factory:
    """Makes databases, and drops them in the end."""

    def __init__(self, prefix: str = "test"):
        self.prefix = prefix
        self.made: list[Database] = []

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        for database in self.made:
            databases.drop(database.name)

    def copy(self, name: str, demo: bool = False) -> Database:
        """Return a copy of the template with the dependencies installed."""
        database = self.empty(name)
        databases.copy(databases.template(demo), database.name)
        return database

    def copy_of(self, other: Database, name: str) -> Database:
        database = self.empty(name)
        databases.copy(other.name, database.name)
        return database

    def empty(self, name: str) -> Database:
        """Return a database that Odoo will make when it first runs on it."""
        database = Database(f"{self.prefix}_{name}_{os.getpid()}")
        databases.drop(database.name)
        self.made.append(database)
        return database


class Server:
    """A running Odoo server with a real port."""

    def __init__(self, database: Database):
        self.database = database
        self.port = odoo_tests.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = paths.LOG / f"{database.name}.log"

    def __enter__(self):
        name = self.database.name
        command = odoo.command("-d", name, "--db-filter", f"^{name}$")
        command += ["--http-port", str(self.port), "--logfile", str(self.log)]
        command += ["--max-cron-threads", "0"]
        self.log.unlink(missing_ok=True)
        self.process = subprocess.Popen(command, env=odoo.environment())
        self._wait()
        return self

    def __exit__(self, *_error):
        odoo.stop(self.process)
        self.log.unlink(missing_ok=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/web/login", timeout=60):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.3)
        odoo.stop(self.process)
        raise OdooError(self.log.read_text() if self.log.exists() else "no log")
