"""The module's source as the static checks see it: Python by ast, XML by lxml."""

import ast
import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
MODULE = ROOT / "custom_addons" / "followup_crm"
TESTS = MODULE / "tests"
ABSTRACT = "AbstractModel"


def check(found: list[str]) -> None:
    """Fail, and name what was found, a line each."""
    if found:
        pytest.fail("\n" + "\n".join(found), pytrace=False)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def python_files(folder: Path = MODULE) -> list[Path]:
    return sorted(p for p in folder.rglob("*.py") if "__pycache__" not in p.parts)


def xml_files(folder: Path = MODULE) -> list[Path]:
    return sorted(folder.rglob("*.xml"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


@cache
def xml(path: Path) -> etree._Element:
    return etree.parse(str(path)).getroot()


@cache
def manifest() -> dict:
    return ast.literal_eval((MODULE / "__manifest__.py").read_text())


@dataclass
class ModelClass:
    """One class statement that makes or extends a model."""

    path: Path
    node: ast.ClassDef
    kind: str
    name: str | None
    inherits: list[str] = field(default_factory=list)
    delegates: list[str] = field(default_factory=list)
    fields: dict[str, ast.Call] = field(default_factory=dict)

    @property
    def models(self) -> list[str]:
        """Return the models that the fields of this class end up in."""
        return [self.name] if self.name else self.inherits

    @property
    def is_new(self) -> bool:
        return bool(self.name) and self.name not in self.inherits


def _constant(node):
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _as_list(value) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def _model_class(path: Path, node: ast.ClassDef) -> ModelClass | None:
    kinds = {
        base.attr
        for base in node.bases
        if isinstance(base, ast.Attribute)
        and isinstance(base.value, ast.Name)
        and base.value.id == "models"
    }
    if not kinds & {"Model", "TransientModel", ABSTRACT}:
        return None
    result = ModelClass(path, node, kinds.pop(), None)
    for statement in node.body:
        if not isinstance(statement, ast.Assign):
            continue
        name, value = getattr(statement.targets[0], "id", ""), statement.value
        if name == "_name":
            result.name = _constant(value)
        elif name == "_inherit":
            result.inherits = _as_list(_constant(value))
        elif name == "_inherits":
            result.delegates = list(_constant(value) or {})
        elif _is_field(value):
            result.fields[name] = value
    return result


def _is_field(value) -> bool:
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and isinstance(value.func.value, ast.Name)
        and value.func.value.id == "fields"
    )


@cache
def model_classes() -> tuple[ModelClass, ...]:
    found = []
    for path in python_files():
        if TESTS in path.parents:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and (made := _model_class(path, node)):
                found.append(made)
    return tuple(found)


def new_models() -> dict[str, ModelClass]:
    """Return the models that this module makes, without abstract ones."""
    return {
        one.name: one for one in model_classes() if one.is_new and one.kind != ABSTRACT
    }


@cache
def access_rows() -> tuple[dict, ...]:
    rows = []
    for path in sorted(MODULE.rglob("ir.model.access.csv")):
        with path.open(newline="") as stream:
            rows += [row | {"path": path} for row in csv.DictReader(stream)]
    return tuple(rows)


def records(model: str) -> list[tuple[Path, etree._Element]]:
    """Return the records of one model in all XML files."""
    return [
        (path, node)
        for path in xml_files()
        for node in xml(path).iter("record")
        if node.get("model") == model
    ]


def value_of(record, name: str) -> str:
    """Return the text, reference or expression of a record's field."""
    node = record.find(f"field[@name='{name}']")
    if node is None:
        return ""
    return node.get("ref") or node.get("eval") or "".join(node.itertext()).strip()


def architectures() -> list[tuple[Path, etree._Element, etree._Element]]:
    """Return (file, record, root of its architecture) of all views."""
    found = []
    for path, record in records("ir.ui.view"):
        arch = record.find("field[@name='arch']")
        if arch is not None:
            found += [(path, record, child) for child in arch if _is_element(child)]
    return found


def _is_element(node) -> bool:
    return isinstance(node.tag, str)


def place(path: Path, node) -> str:
    line = getattr(node, "lineno", None) or getattr(node, "sourceline", 0)
    return f"{relative(path)}:{line}"
