"""Databases of the private cluster: made by Odoo, copied from templates."""

import ast
import fcntl
import os
import shutil
from pathlib import Path

from . import odoo, odoo_source, paths, postgres
from .console import Failure, run_logged

LANGUAGES = "en_US,zh_CN"
BUILDING = "_building"
_template_lock = paths.LOCAL / "template.lock"


def exists(name: str) -> bool:
    query = f"SELECT 1 FROM pg_database WHERE datname = '{name}'"
    return postgres.psql(query) == "1"


def names(prefix: str) -> list[str]:
    query = f"SELECT datname FROM pg_database WHERE starts_with(datname, '{prefix}')"
    return postgres.psql(query).split()


def filestore(name: str) -> Path:
    return paths.DATA_DIR / "filestore" / name


def drop(name: str) -> None:
    postgres.psql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(filestore(name), ignore_errors=True)


def copy(template: str, name: str, large: bool = False) -> None:
    """Make a database like a template, its attached files shared by hard links."""
    drop(name)
    how = "STRATEGY file_copy" if large else ""
    postgres.psql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {how}')
    if filestore(template).is_dir():
        shutil.copytree(filestore(template), filestore(name), copy_function=os.link)


def rename(old: str, new: str) -> None:
    drop(new)
    if filestore(old).is_dir():
        filestore(old).rename(filestore(new))
    postgres.psql(f'ALTER DATABASE "{old}" RENAME TO "{new}"')


def note(name: str) -> str:
    """Return what was noted at a database: a hash of what it was made from."""
    return postgres.psql(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') "
        f"FROM pg_database WHERE datname = '{name}'"
    )


def set_note(name: str, text: str) -> None:
    postgres.psql(f"COMMENT ON DATABASE \"{name}\" IS '{text}'")


def run_odoo(name: str, *words, log: str, title: str) -> str:
    """Run Odoo on a database until it has started, and return its log."""
    command = odoo.command("-d", name, "--stop-after-init", "--no-http", *words)
    output = run_logged(command, log, title, env=odoo.environment())
    broken = [line for line in output.splitlines() if " CRITICAL " in line]
    if broken:
        raise Failure(f"{title} failed (log: {paths.LOG / log}.log): {broken[0]}")
    return output


def build(name: str, *words, title: str, note_text: str = "") -> None:
    """Make a database under another name first, so that it is whole or absent."""
    work = name + BUILDING
    drop(work)
    run_odoo(work, *words, log=name, title=title)
    if note_text:
        set_note(work, note_text)
    rename(work, name)


def dependencies() -> list[str]:
    """Return the modules that ours builds on, as its manifest names them."""
    manifest = paths.MODULE_DIR / "__manifest__.py"
    if not manifest.exists():
        raise Failure(f"{paths.MODULE_DIR} holds no module.")
    return ast.literal_eval(manifest.read_text())["depends"]


def module_state() -> str:
    """Return a hash of the module's code and of the Odoo below it."""
    source = odoo_source.find()
    if not paths.MODULE_DIR.is_dir():
        return ""
    return paths.digest(source.version, paths.tree_digest(paths.MODULE_DIR))


def template(demo: bool = False) -> str:
    """Return the template with the dependencies installed, making it if need be."""
    source = odoo_source.find()
    modules = ",".join(dependencies())
    key = paths.digest(source.version, modules, LANGUAGES if demo else "")
    kind = "demo" if demo else "plain"
    name = f"template_{kind}_{key}"
    with _template_lock.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not exists(name):
            for old in names(f"template_{kind}_"):
                drop(old)
            words = ["-i", modules]
            if demo:
                words += ["--with-demo", "--load-language", LANGUAGES]
            build(name, *words, title="Making the template database")
    return name
