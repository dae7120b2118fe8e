"""Get Odoo 19: one the user names, else Debian's package, else a git clone."""

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import apt, paths
from .console import CommandFailed, Failure, check_disk_space, run_logged

GIT_URL = "https://github.com/odoo/odoo.git"
GIT_BRANCH = "19.0"
PACKAGES_UNSTABLE = (
    "odoo-19",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "fonts-ocr-b",
)
PACKAGES_OWN_RELEASE = ("fonts-font-awesome", "fonts-inconsolata")
STAMP = paths.STAMPS / "odoo"


@dataclass(frozen=True)
class OdooSource:
    """An Odoo 19 on this machine."""

    python_path: Path
    command: Path
    addons: tuple[Path, ...]

    @property
    def package(self) -> Path:
        return self.python_path / "odoo"

    @property
    def version(self) -> str:
        """Return what tells this Odoo from another one, for templates' names."""
        release = self.package / "release.py"
        pulled = self.python_path / ".git" / "logs" / "HEAD"
        moment = (pulled if pulled.exists() else release).stat().st_mtime_ns
        return paths.digest(release, moment, str(self.package))


def find() -> OdooSource | None:
    """Return the Odoo that is used, or None if there is none yet."""
    named = os.environ.get("ODOO_PATH")
    if named:
        source = inspect(Path(named).expanduser().resolve())
        if not source:
            raise Failure(f"ODOO_PATH={named} holds no Odoo 19.")
        return source
    if not STAMP.exists():
        return None
    return inspect(paths.ODOO_PACKAGE) or inspect(paths.ODOO_GIT)


def inspect(folder: Path) -> OdooSource | None:
    """Return the Odoo 19 in a folder: a checkout, an extracted package, a library."""
    layouts = (
        (folder, folder / "odoo-bin", (folder / "addons",)),
        (folder / "usr/lib/python3/dist-packages", folder / "usr/bin/odoo", ()),
        (folder, Path("/usr/bin/odoo"), ()),
    )
    for python_path, command, addons in layouts:
        release = python_path / "odoo" / "release.py"
        if release.exists() and command.exists():
            if "version_info = (19, 0," in release.read_text():
                return OdooSource(python_path, command, addons)
    return None


def get() -> OdooSource:
    """Return Odoo 19, fetching it if need be."""
    source = find()
    if source:
        return source
    check_disk_space()
    reasons = []
    for way, fetch in (("Debian", fetch_package), ("git", fetch_git)):
        try:
            fetch()
        except Failure as failure:
            reasons.append(f"{way}: {failure}")
            continue
        STAMP.parent.mkdir(parents=True, exist_ok=True)
        STAMP.touch()
        return find()
    if all("no network" in reason for reason in reasons):
        raise Failure(
            "Odoo 19 could not be downloaded, there is no network: check the "
            "connection and repeat, or set ODOO_PATH to an Odoo 19 of yours."
        )
    raise Failure(
        "No Odoo 19 could be had. "
        + " ".join(reasons)
        + " Or set ODOO_PATH to an Odoo 19 of yours."
    )


def fetch_package() -> None:
    """Extract Debian's package into ``.local/odoo``; nothing is installed."""
    if not shutil.which("dpkg-deb") or not shutil.which("apt-get"):
        raise Failure("this machine has no apt-get.")
    work = paths.TMP / "odoo"
    shutil.rmtree(work, ignore_errors=True)
    tree = work / "tree"
    tree.mkdir(parents=True)
    release = platform.freedesktop_os_release()
    own = release.get("VERSION_CODENAME") if release.get("ID") == "debian" else None
    if not own:
        raise Failure("this is no Debian.")
    private = apt.PrivateApt(work / "apt", suites=("sid", own))
    private.update()
    private.download(
        [f"{name}/sid" for name in PACKAGES_UNSTABLE]
        + [f"{name}/{own}" for name in PACKAGES_OWN_RELEASE]
    )
    for package in private.downloaded():
        run_logged(["dpkg-deb", "-x", package, tree], "odoo", "Extracting Odoo")
    if not inspect(tree):
        raise Failure(f"the package holds no Odoo 19 (log: {paths.LOG}/odoo.log).")
    _check_links(tree)
    shutil.rmtree(paths.ODOO_PACKAGE, ignore_errors=True)
    tree.rename(paths.ODOO_PACKAGE)
    shutil.rmtree(work, ignore_errors=True)


def _check_links(tree: Path) -> None:
    """Refuse a tree whose links into other packages lead nowhere."""
    command = ["find", tree, "-xtype", "l"]
    dangling = subprocess.run(command, capture_output=True, text=True).stdout.split()
    if dangling:
        raise Failure(f"the package lacks files, e.g. {dangling[0]}.")


def fetch_git() -> None:
    """Clone the public repository into ``.local/odoo-git``."""
    if not shutil.which("git"):
        raise Failure("this machine has no git.")
    work = paths.TMP / "odoo-git"
    shutil.rmtree(work, ignore_errors=True)
    work.parent.mkdir(parents=True, exist_ok=True)
    command = ["git", "clone", "--depth", "1", "--branch", GIT_BRANCH, GIT_URL, work]
    environment = os.environ | {"GIT_TERMINAL_PROMPT": "0"}
    try:
        run_logged(command, "odoo", "Cloning Odoo", env=environment)
    except CommandFailed:
        shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(paths.ODOO_GIT, ignore_errors=True)
    work.rename(paths.ODOO_GIT)
