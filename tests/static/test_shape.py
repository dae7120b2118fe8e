"""The shape of the source: short files and methods, names by convention."""

import ast
import re

import pytest

from tests.support import source

LONGEST_FILE = 400
LONGEST_METHOD = 40
OWN_FOLDERS = ("custom_addons", "scripts", "tests")
VIEW_KINDS = {
    "list": "list",
    "form": "form",
    "search": "search",
    "kanban": "kanban",
    "calendar": "calendar",
    "graph": "graph",
    "pivot": "pivot",
    "activity": "activity",
    "hierarchy": "hierarchy",
}


def own_python_files():
    for name in OWN_FOLDERS:
        if (source.ROOT / name).is_dir():
            yield from source.python_files(source.ROOT / name)


def code_lines(node) -> int:
    """Return a function's lines; its docstring and long literal texts do not count."""
    lines = node.end_lineno - node.lineno + 1
    texts = [
        inner.end_lineno - inner.lineno
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
    ]
    return lines - sum(texts)


def test_short_files():
    """A file stays below 400 lines."""
    found = []
    for path in own_python_files():
        lines = len(path.read_text().splitlines())
        if lines >= LONGEST_FILE:
            found.append(f"{source.relative(path)}: {lines} lines")
    source.check(found)


def test_short_methods():
    """A function stays below 40 lines, its texts (docstring, SQL) apart."""
    found = []
    for path in own_python_files():
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.FunctionDef) and code_lines(node) >= LONGEST_METHOD:
                lines = code_lines(node)
                found.append(f"{source.place(path, node)}: {node.name}: {lines} lines")
    source.check(found)


def test_models_say_what_they_are():
    """A new model has a description, a docstring, and an order that ends in id."""
    found = []
    for one in source.model_classes():
        if not one.is_new:
            continue
        place = source.place(one.path, one.node)
        given = {
            target.id: statement.value
            for statement in one.node.body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name)
        }
        if "_description" not in given:
            found.append(f"{place}: {one.name} has no _description")
        if not ast.get_docstring(one.node):
            found.append(f"{place}: {one.name} has no docstring")
        order = getattr(given.get("_order"), "value", "id")
        if not re.search(r"\bid( desc| asc)?$", str(order)):
            found.append(f"{place}: _order of {one.name} does not end in id")
    source.check(found)


def test_id_comes_first():
    """The id is a record's first attribute."""
    found = []
    for path in source.xml_files():
        for node in source.xml(path).iter("record", "menuitem", "template"):
            if node.get("id") and node.keys()[0] != "id":
                found.append(source.place(path, node))
    source.check(found)


def test_no_module_prefix():
    """Ids of our own records carry no module name."""
    found = [
        source.place(path, node)
        for path in source.xml_files()
        for node in source.xml(path).iter("record", "menuitem", "template")
        if (node.get("id") or "").startswith("followup_crm.")
    ]
    source.check(found)


@pytest.mark.parametrize("kind", sorted(VIEW_KINDS))
def test_names_of_views(kind):
    """A view of our model is called <model>_view_<kind>, with a word more at most."""
    found = []
    for path, record, arch in source.architectures():
        if arch.tag != kind or record.find("field[@name='inherit_id']") is not None:
            continue
        stem = source.value_of(record, "model").replace(".", "_")
        short = stem.removeprefix("followup_")
        pattern = rf"({stem}|{short})_view_{VIEW_KINDS[kind]}(_\w+)?"
        if not re.fullmatch(pattern, record.get("id")):
            found.append(f"{source.place(path, record)}: {record.get('id')}")
    source.check(found)


@pytest.mark.parametrize(
    "model, word",
    [
        ("ir.actions.act_window", "_action"),
        ("ir.actions.server", "_action"),
        ("ir.rule", "_rule_"),
        ("res.groups", "group_"),
        ("ir.cron", "cron"),
    ],
)
def test_names_of_records(model, word):
    """An id tells what kind of record it names."""
    found = [
        f"{source.place(path, record)}: {record.get('id')}"
        for path, record in source.records(model)
        if word not in record.get("id") and "." not in record.get("id")
    ]
    source.check(found)


def test_menus_are_called_menu():
    """A menu's id tells that it is one."""
    found = []
    for path in source.xml_files():
        for node in source.xml(path).iter("menuitem"):
            if "menu" not in node.get("id"):
                found.append(f"{source.place(path, node)}: {node.get('id')}")
    source.check(found)


def test_menus_load_last():
    """Menus are made in the files that load last, in no other."""
    data = source.manifest()["data"]
    with_menus = [
        name
        for name in data
        if name.endswith(".xml")
        and next(source.xml(source.MODULE / name).iter("menuitem"), None) is not None
    ]
    assert with_menus, "no file makes menus"
    assert data[-len(with_menus) :] == with_menus


def test_manifest_names_every_data_file():
    """A data file that the manifest forgets is never loaded, one it invents fails."""
    listed = {*source.manifest()["data"], *source.manifest().get("demo", [])}
    folders = ("security", "data", "demo", "views", "wizards", "report")
    present = {
        str(path.relative_to(source.MODULE))
        for folder in folders
        for path in (source.MODULE / folder).rglob("*")
        if path.suffix in (".xml", ".csv")
    }
    assert present - listed == set()
    assert {name for name in listed if not (source.MODULE / name).exists()} == set()
