"""The machine: system packages and who we are on it."""

import os
import pwd
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from . import paths
from .console import Failure, check_disk_space, run_logged

RUN_PACKAGES = {
    "postgresql": lambda: postgres_bin() is not None,
    "wkhtmltopdf": lambda: shutil.which("wkhtmltopdf"),
    "fonts-noto-cjk": lambda: has_cjk_font(),
}
TEST_PACKAGES = RUN_PACKAGES | {
    "chromium": lambda: shutil.which("chromium"),
    "nodejs": lambda: shutil.which("node"),
    "npm": lambda: shutil.which("npm"),
    "poppler-utils": lambda: shutil.which("pdftotext"),
}
CREATE_CLUSTER_CONF = Path("/etc/postgresql-common/createcluster.conf")


def is_root() -> bool:
    return os.geteuid() == 0


def postgres_bin() -> Path | None:
    """Return the folder of the newest PostgreSQL server's programs."""
    found = [
        path.parent
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if path.parent.parent.name.isdigit()
    ]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def has_cjk_font() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return any(
        next(folder.rglob(pattern), None)
        for folder in folders
        for pattern in ("*CJK*", "*wqy*", "*SourceHan*")
        if folder.is_dir()
    )


def missing_packages(packages) -> list[str]:
    return [name for name, present in packages.items() if not present()]


def install_packages(names: list[str]) -> None:
    """Install Debian packages; without the right to, say the exact command."""
    command = f"apt-get install -y --no-install-recommends {' '.join(names)}"
    if not shutil.which("apt-get"):
        raise Failure(
            f"Please install these programs, then repeat: {', '.join(names)}."
        )
    if not is_root() and not can_sudo():
        raise Failure(f"Please run this once, then repeat: sudo {command}")
    check_disk_space()
    with no_system_cluster("postgresql" in names):
        for words in (["apt-get", "update"], command.split()):
            run_logged(
                as_admin(words),
                "system-packages",
                f"Installing {', '.join(names)}",
            )
    still_missing = [name for name in names if not TEST_PACKAGES[name]()]
    if still_missing:
        raise Failure(
            f"Installed, and still not found: {', '.join(still_missing)} "
            f"(log: {paths.LOG / 'system-packages.log'})."
        )


def can_sudo() -> bool:
    if not shutil.which("sudo"):
        return False
    return not subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode


def as_admin(words: list[str]) -> list[str]:
    prefix = [] if is_root() else ["sudo", "-n"]
    return [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *words]


@contextmanager
def no_system_cluster(wanted: bool):
    """While PostgreSQL is installed, keep Debian from making a system cluster.

    A cluster that is there already is not touched; the setting is taken back.
    """
    if not wanted:
        yield
        return
    conf, kept = CREATE_CLUSTER_CONF, CREATE_CLUSTER_CONF.with_suffix(".kept")
    default = "/usr/share/postgresql-common/createcluster.conf"
    _shell(
        f"mkdir -p {conf.parent} && touch {conf} && cp -p {conf} {kept} && "
        f"echo 'create_main_cluster = false' >> {conf}"
    )
    try:
        yield
    finally:
        _shell(
            f"if [ -s {kept} ]; then mv {kept} {conf}; "
            f"else rm -f {kept}; cp {default} {conf} || rm -f {conf}; fi; "
            f"rm -f {conf}.ucf-dist"
        )


def _shell(text: str) -> None:
    run_logged(as_admin(["sh", "-c", text]), "system-packages", "Preparing PostgreSQL")


def service_account() -> pwd.struct_passwd:
    """Return who runs PostgreSQL: us, or an unprivileged account if we are root."""
    if not is_root():
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Failure("PostgreSQL refuses to run as root and no other account was found.")


def as_account(account: pwd.struct_passwd) -> dict:
    """Return the subprocess options that run a program as an account."""
    if not is_root():
        return {}
    return {
        "user": account.pw_uid,
        "group": account.pw_gid,
        "extra_groups": [],
    }


def account_reaches(account: pwd.struct_passwd, folder: Path) -> bool:
    """Return whether an account can enter a folder."""
    probe = subprocess.run(
        ["test", "-x", str(folder)], cwd="/", capture_output=True, **as_account(account)
    )
    return not probe.returncode
