"""Run Odoo's own command line with the private environment."""

import configparser
import os
import signal
import subprocess

from . import odoo_source, paths, postgres
from .console import Failure


def environment() -> dict[str, str]:
    """Return the variables of an Odoo process; writes ``.local/odoo.conf``."""
    source = odoo_source.find()
    if not source:
        raise Failure("Odoo 19 is not prepared: run scripts/run once.")
    write_conf(source)
    result = postgres.clean_environment() | postgres.environment()
    result["PYTHONPATH"] = str(source.python_path)
    result["ODOO_RC"] = str(paths.ODOO_CONF)
    result["PATH"] = f"{paths.VENV / 'bin'}:{result.get('PATH', '')}"
    result.setdefault("LANG", "C.UTF-8")
    return result


def write_conf(source) -> None:
    """Write the repository's odoo.conf plus this machine's paths."""
    conf = configparser.ConfigParser(interpolation=None)
    conf.read(paths.ROOT / "odoo.conf")
    own = [paths.ROOT / name for name in conf["options"]["addons_path"].split(",")]
    addons = [*source.addons, *(path for path in own if has_module(path))]
    conf["options"]["addons_path"] = ",".join(map(str, addons))
    conf["options"]["data_dir"] = str(paths.DATA_DIR)
    paths.DATA_DIR.mkdir(parents=True, exist_ok=True)
    work = paths.ODOO_CONF.with_suffix(f".{os.getpid()}")
    with work.open("w") as stream:
        conf.write(stream)
    work.rename(paths.ODOO_CONF)


def has_module(folder) -> bool:
    """Odoo refuses an addons folder that holds no module."""
    return any(folder.glob("*/__manifest__.py"))


def command(*words) -> list[str]:
    source = odoo_source.find()
    if not source:
        raise Failure("Odoo 19 is not prepared: run scripts/run once.")
    return [str(paths.VENV_PYTHON), str(source.command), *map(str, words)]


def call(words) -> int:
    """Run Odoo in the foreground and return its exit status.

    A signal sent to us goes on to Odoo; Ctrl-C reaches Odoo by the terminal.
    """
    process = subprocess.Popen(command(*words), env=environment())
    return wait(process)


def wait(process) -> int:
    """Wait for a child to end, passing on the signals that ask us to."""

    def pass_on(_number, _frame):
        if process.poll() is None:
            process.terminate()

    asking = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, pass_on) for number in asking}
    try:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stop(process, patience: int = 20) -> None:
    """End a child: politely first."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
