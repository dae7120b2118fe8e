"""Download Debian packages without touching the machine's package state."""

import os
import re
import shlex
from pathlib import Path

from .console import Failure, run_logged

APT_FOLDER = Path("/etc/apt")
KEPT_FIELDS = ("URIs", "Signed-By", "Trusted", "Architectures")


class PrivateApt:
    """An apt configuration of our own, from the machine's Debian sources."""

    def __init__(self, folder: Path, suites: tuple[str, ...]):
        self.folder = folder
        self.packages = folder / "packages"
        for name in ("parts", "lists/partial", "cache/archives/partial", "packages"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        text = sources_text(machine_source(), suites)
        (folder / "parts" / "private.sources").write_text(text)

    def options(self) -> list[str]:
        settings = {
            "Dir::Etc::SourceList": "/dev/null",
            "Dir::Etc::SourceParts": self.folder / "parts",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::State::Lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            "APT::Sandbox::User": "",
            "APT::Default-Release": "",
            "APT::Update::Post-Invoke-Success": "true",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "Debug::NoLocking": "1",
        }
        return [f"-o{name}={value}" for name, value in settings.items()]

    def update(self) -> None:
        self._run(["update", "--error-on=any"])

    def download(self, packages: list[str]) -> None:
        self._run(["download", *packages])

    def downloaded(self) -> list[Path]:
        return sorted(self.packages.glob("*.deb"))

    def _run(self, words: list[str]) -> None:
        command = ["apt-get", *self.options(), *words]
        environment = os.environ | {"LC_ALL": "C"}
        run_logged(
            command, "odoo", "Downloading Odoo", cwd=self.packages, env=environment
        )


def sources_text(source: dict, suites: tuple[str, ...]) -> str:
    """Return a deb822 file for the given suites at the machine's own mirror."""
    fields = {"Types": "deb", "Suites": " ".join(suites), "Components": "main"}
    fields |= {name: source[name] for name in KEPT_FIELDS if source.get(name)}
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def machine_source(folder: Path = APT_FOLDER) -> dict:
    """Return the machine's own Debian entry, as deb822 fields."""
    parts = folder / "sources.list.d"
    entries = []
    for path in sorted(parts.glob("*.sources")):
        entries += parse_deb822(path.read_text())
    for path in (folder / "sources.list", *sorted(parts.glob("*.list"))):
        if path.exists():
            entries += parse_one_line(path.read_text())
    for entry in entries:
        if is_debian_archive(entry):
            return entry
    raise Failure(f"no Debian source was found in {folder}.")


def is_debian_archive(entry: dict) -> bool:
    """Tell the main archive from security updates and other people's archives."""
    if entry.get("Enabled", "yes").strip().lower() in ("no", "false"):
        return False
    binary = "deb" in entry.get("Types", "").split()
    archive = re.search(r"/debian/?(\s|$)|/archive/debian/", entry.get("URIs", ""))
    security = "-security" in entry.get("Suites", "")
    return bool(
        binary and archive and not security and "main" in entry.get("Components", "")
    )


def parse_deb822(text: str) -> list[dict]:
    """Return the stanzas of a ``.sources`` file; continued lines are kept."""
    stanzas = []
    for block in re.split(r"\n\s*\n", text):
        fields, name = {}, None
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if line[:1] in (" ", "\t") and name:
                fields[name] += f"\n{line}"
            elif ":" in line:
                name, value = (part.strip() for part in line.split(":", 1))
                fields[name] = value
        if fields:
            stanzas.append(fields)
    return stanzas


def parse_one_line(text: str) -> list[dict]:
    """Return the entries of a classic ``sources.list``, as deb822 fields."""
    names = {"signed-by": "Signed-By", "arch": "Architectures", "trusted": "Trusted"}
    entries = []
    for line in text.splitlines():
        pattern = r"\s*deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]+)"
        match = re.match(pattern, line)
        if not match:
            continue
        options, uri, suite, components = match.groups()
        entry = {
            "Types": "deb",
            "URIs": uri,
            "Suites": suite,
            "Components": components.strip(),
        }
        for option in shlex.split(options or ""):
            name, _, value = option.partition("=")
            if name.lower() in names:
                entry[names[name.lower()]] = value.replace(",", " ")
        entries.append(entry)
    return entries
