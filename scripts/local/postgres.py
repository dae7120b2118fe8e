"""A private PostgreSQL in ``.local/``, reached by a socket, started when used.

Several scripts may use it at the same time: each holds a shared lock while it
does, and the last one to leave stops the server.
"""

import fcntl
import os
import shutil
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path

from . import paths, system
from .console import Failure, run_logged

ROLE = "odoo"
PORT = "5432"
LONGEST_SOCKET_PATH = 100
# Given at each start, so that a change needs no new cluster. Nothing is forced to
# disk: the cluster is for tests and for trying out, and many databases are made and
# dropped in it. It survives everything but a crash of the machine itself.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "2GB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# The lock files' descriptors are kept open as long as this process uses them.
_start_lock_file = paths.LOCAL / "postgres.start.lock"
_users_lock_file = paths.LOCAL / "postgres.users.lock"


def home() -> Path:
    """Return the cluster's folder: below ``.local``, if its account gets there."""
    account = system.service_account()
    if system.account_reaches(account, paths.LOCAL):
        return paths.LOCAL / "postgres"
    return Path(f"/var/tmp/followup_crm-{paths.ROOT_KEY}")


def socket_folder() -> Path:
    """Return the socket's folder; a socket's path must be short."""
    folder = home() / "socket"
    if len(str(folder)) <= LONGEST_SOCKET_PATH - len(f"/.s.PGSQL.{PORT}"):
        return folder
    return Path(f"/tmp/followup_crm-{paths.ROOT_KEY}-{os.geteuid()}")


def environment() -> dict[str, str]:
    """Return the variables that lead PostgreSQL's and Odoo's programs here."""
    return {"PGHOST": str(socket_folder()), "PGPORT": PORT, "PGUSER": ROLE}


def clean_environment() -> dict[str, str]:
    """Return our environment without what would lead to another server."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PG")}


@contextmanager
def server():
    """Use the private server; the last user stops it."""
    paths.LOCAL.mkdir(exist_ok=True)
    with _users_lock_file.open("a") as users:
        with _exclusive_start():
            ensure_started()
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with _exclusive_start():
                fcntl.flock(users, fcntl.LOCK_UN)
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    stop()


@contextmanager
def _exclusive_start():
    with _start_lock_file.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def programs() -> Path:
    folder = system.postgres_bin()
    if not folder:
        raise Failure("PostgreSQL is missing: sudo apt-get install postgresql")
    return folder


def ensure_cluster() -> Path:
    """Make the cluster once, and return its data folder."""
    data = home() / "data"
    if (data / "PG_VERSION").exists():
        check_version(data)
        return data
    account = system.service_account()
    work = home() / "data.new"
    make_folder(home(), account)
    shutil.rmtree(work, ignore_errors=True)
    command = [programs() / "initdb", "-D", work, "-U", ROLE, "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8"]
    run_as_account(command, "Making the database cluster")
    work.rename(data)
    return data


def check_version(data: Path) -> None:
    made_by = (data / "PG_VERSION").read_text().strip()
    present = programs().parent.name
    if present.isdigit() and present != made_by:
        raise Failure(
            f"{data.parent} was made by PostgreSQL {made_by}, this machine has "
            f"{present}: delete that folder to start over (its data are lost)."
        )


def make_folder(folder: Path, account) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if system.is_root():
        os.chown(folder, account.pw_uid, account.pw_gid)


def run_as_account(command, title: str) -> str:
    account = system.service_account()
    options = system.as_account(account) | {"cwd": "/", "env": clean_environment()}
    return run_logged(command, "postgres", title, **options)


def is_running(data: Path) -> bool:
    command = [programs() / "pg_ctl", "-D", data, "status"]
    options = system.as_account(system.service_account())
    return not subprocess.run(
        command, cwd="/", capture_output=True, **options
    ).returncode


def ensure_started() -> None:
    data = ensure_cluster()
    if is_running(data):
        return
    make_folder(socket_folder(), system.service_account())
    settings = SETTINGS | {"unix_socket_directories": f"'{socket_folder()}'"}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    options += f" -p {PORT}"
    command = [programs() / "pg_ctl", "-D", data, "-w", "-t", "120"]
    command += ["-o", options, "-l", data.parent / "postgres.log", "start"]
    run_as_account(command, "Starting PostgreSQL")


def stop() -> None:
    """Stop the server if it runs; connections that are left are cut."""
    data = home() / "data"
    if is_running(data):
        command = [programs() / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop"]
        run_as_account(command, "Stopping PostgreSQL")


def psql(query: str, database: str = "postgres") -> str:
    """Run SQL statements and return the rows, one a line, cells with tabs."""
    command = [programs() / "psql", "-d", database, "-X", "-A", "-t", "-q"]
    command += ["-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", query]
    result = subprocess.run(
        [str(word) for word in command],
        env=clean_environment() | environment(),
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise Failure(f"PostgreSQL says: {result.stderr.strip()}")
    return result.stdout.rstrip("\n")
