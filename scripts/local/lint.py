"""The linters. Each finding counts as a failure, a clean linter as passed."""

import re

from . import children, node, odoo, odoo_source, paths
from .results import Part

FINDING = re.compile(r"^\S+?:(\d+:)?(\d+:)? \S")
# Not for us: OCA's own author and README template; and a model that is spread
# over several short files is meant to be so.
PYLINT_NOT_OURS = (
    "manifest-required-author",
    "missing-readme",
    "consider-merging-classes-inherited",
)
XML_HEADER = '<?xml version="1.0" encoding="UTF-8" ?>'


def run_all(part: Part) -> None:
    for linter in (ruff, ruff_format, pylint, oca, prettier):
        linter(part)


def report(part: Part, name: str, result, findings: list[str]) -> None:
    """Count a linter's findings; a linter that breaks is a finding, too."""
    if result.returncode and not findings:
        findings = [result.stdout.strip() or f"exit status {result.returncode}"]
    if not findings:
        part.passed += 1
    for finding in findings:
        part.fail(f"{name}: {finding}")


def ruff(part: Part) -> None:
    command = [paths.VENV / "bin/ruff", "check", "--output-format=concise"]
    result = children.run([*command, "--no-cache", "."], cwd=paths.ROOT)
    lines = [line for line in result.stdout.splitlines() if FINDING.match(line)]
    report(part, "ruff", result, lines)


def ruff_format(part: Part) -> None:
    command = [paths.VENV / "bin/ruff", "format", "--check", "--no-cache", "."]
    result = children.run(command, cwd=paths.ROOT)
    lines = [line for line in result.stdout.splitlines() if line.startswith("Would")]
    findings = [line for line in lines if "Would reformat" in line]
    report(part, "ruff format", result, findings)


def pylint(part: Part) -> None:
    """Run pylint-odoo, and apart from it Odoo's own check of SQL.

    Both have a message of the same name, so that one run cannot load both.
    """
    disabled = f"--disable={','.join(PYLINT_NOT_OURS)}"
    own = _pylint("--rcfile", paths.ROOT / ".pylintrc", disabled)
    report(part, "pylint-odoo", *own)
    sql = ("--rcfile=", "--disable=all", "--enable=sql-injection", "--score=no")
    plugin = "--load-plugins=_odoo_checker_sql_injection"
    template = "--msg-template={path}:{line}: [{msg_id}({symbol})] {msg}"
    report(part, "pylint, Odoo's SQL check", *_pylint(*sql, plugin, template))


def _pylint(*words):
    source = odoo_source.find()
    folders = (source.package / "addons", *source.addons)
    plugins = [str(folder / "test_lint/tests") for folder in folders]
    environment = odoo.environment()
    environment["PYTHONPATH"] = ":".join([environment["PYTHONPATH"], *plugins])
    command = [paths.VENV_PYTHON, "-m", "pylint", *words]
    command.append(paths.MODULE_DIR.relative_to(paths.ROOT))
    result = children.run(command, cwd=paths.ROOT, env=environment)
    lines = [line for line in result.stdout.splitlines() if FINDING.match(line)]
    return result, lines


def oca(part: Part) -> None:
    result = _oca()
    lines = [line for line in result.stdout.splitlines() if FINDING.match(line)]
    report(part, "oca-checks", result, lines)


def _oca(*words):
    command = [paths.VENV / "bin/oca-checks-odoo-module", *words]
    command += ["--config", paths.ROOT / ".oca_hooks.cfg"]
    command.append((paths.MODULE_DIR / "__manifest__.py").relative_to(paths.ROOT))
    return children.run(command, cwd=paths.ROOT)


def prettier(part: Part) -> None:
    result = _prettier("--check")
    lines = [line for line in result.stdout.splitlines() if line.startswith("[")]
    findings = [line for line in lines if not line.startswith("[warn] Code style")]
    report(part, "prettier", result, findings if result.returncode else [])


def _prettier(*words):
    command = ["node", node.PRETTIER, "--config", node.prettier_config(), *words]
    return children.run([*command, "custom_addons/**/*.xml"], cwd=paths.ROOT)


def fix() -> None:
    """Let the tools rewrite what they can: order of imports, layout, headers."""
    ruff_program = paths.VENV / "bin/ruff"
    for words in (["check", "--fix"], ["format"]):
        children.run([ruff_program, *words, "--no-cache", "-q", "."], cwd=paths.ROOT)
    _oca("--fix")
    _prettier("--write", "--log-level=warn")
    for path in paths.ADDONS.rglob("*.xml"):
        text = path.read_text()
        header, _, body = text.partition("\n")
        if header.startswith("<?xml") and header != XML_HEADER:
            path.write_text(f"{XML_HEADER}\n{body}")
