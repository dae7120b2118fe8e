"""What an older Odoo allowed and Odoo 19 refuses, ignores or silently changes.

No linter finds these.
"""

import ast
import re

import pytest

from tests.support import source

GONE_METHODS = {
    "name_get": "_compute_display_name",
    "_name_search": "_search_display_name",
    "check_access_rights": "check_access",
    "check_access_rule": "check_access",
    "read_group": "_read_group or formatted_read_group",
    "toggle_active": "action_archive",
    "_check_recursion": "_has_cycle",
    "fields_view_get": "get_view",
}
GONE_ENV = {"_cr": "env.cr", "_uid": "env.uid", "_context": "env.context"}
GONE_KEYWORDS = {
    "group_operator": "aggregator",
    "auto_join": "bypass_search_access",
    "track_visibility": "tracking",
    "states": "a view's readonly=…",
    "oldname": "a migration",
}
GONE_FIELDS = {
    "groups_id": ("group_ids", None),
    "users": ("user_ids", {"res.groups"}),
    "category_id": ("privilege_id", {"res.groups"}),
    "numbercall": ("nothing", {"ir.cron"}),
    "doall": ("nothing", {"ir.cron"}),
}
GONE_NAMES = {"SavepointCase", "SingleTransactionCase", "expression"}


def nodes(kind):
    for path in source.python_files():
        for node in ast.walk(source.tree(path)):
            if isinstance(node, kind):
                yield path, node


def check(found: list[str]) -> None:
    source.check(found)


def test_methods_that_are_gone():
    """Methods of older versions are neither called nor defined."""
    found = []
    for path, node in nodes((ast.Attribute, ast.FunctionDef)):
        name = node.attr if isinstance(node, ast.Attribute) else node.name
        # A test attacks by whatever can still be called.
        if name == "read_group" and source.TESTS in path.parents:
            continue
        if name in GONE_METHODS:
            place = source.place(path, node)
            found.append(f"{place}: {name}, use {GONE_METHODS[name]}")
    source.check(found)


def test_environment_shortcuts_that_are_gone():
    """The environment is reached by self.env only."""
    found = []
    for path, node in nodes(ast.Attribute):
        if node.attr in GONE_ENV and getattr(node.value, "id", "") == "self":
            place = source.place(path, node)
            found.append(f"{place}: self.{node.attr}, use {GONE_ENV[node.attr]}")
    source.check(found)


def test_field_keywords_that_are_gone():
    """Fields take no keyword that Odoo 19 ignores with a mere warning."""
    found = []
    for model in source.model_classes():
        for name, call in model.fields.items():
            for keyword in call.keywords:
                if keyword.arg in GONE_KEYWORDS:
                    place = source.place(model.path, call)
                    better = GONE_KEYWORDS[keyword.arg]
                    found.append(f"{place}: {name}: {keyword.arg}, use {better}")
    source.check(found)


def test_sql_constraints():
    """Constraints are class attributes: _sql_constraints would be ignored."""
    found = [
        source.place(path, node)
        for path, node in nodes(ast.Assign)
        for target in node.targets
        if getattr(target, "id", "") == "_sql_constraints"
    ]
    source.check(found)


def test_imports_that_are_gone():
    """odoo.osv and old test cases are not imported."""
    found = []
    for path, node in nodes(ast.ImportFrom):
        names = {alias.name for alias in node.names}
        if names & GONE_NAMES or (node.module or "").startswith("odoo.osv"):
            found.append(f"{source.place(path, node)}: {', '.join(names)}")
    source.check(found)


def test_routes_of_type_json():
    """JSON routes are of type jsonrpc."""
    found = [
        source.place(path, node)
        for path, node in nodes(ast.Call)
        for keyword in node.keywords
        if keyword.arg == "type"
        and getattr(keyword.value, "value", "") == "json"
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "route"
    ]
    source.check(found)


def test_table_query_is_no_text():
    """A textual _table_query would be taken for a format string."""
    found = []
    for path, node in nodes((ast.Assign, ast.FunctionDef)):
        if isinstance(node, ast.Assign):
            named = getattr(node.targets[0], "id", "") == "_table_query"
            values = [node.value]
        else:
            named = node.name == "_table_query"
            values = [n.value for n in ast.walk(node) if isinstance(n, ast.Return)]
        textual = (ast.Constant, ast.JoinedStr, ast.BinOp)
        if named and any(isinstance(value, textual) for value in values):
            found.append(source.place(path, node))
    source.check(found)


def test_no_bare_commit():
    """Crons commit by _commit_progress, nobody calls cr.commit()."""
    found = [
        source.place(path, node)
        for path, node in nodes(ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        and getattr(node.func.value, "attr", getattr(node.func.value, "id", ""))
        in ("cr", "_cr")
    ]
    source.check(found)


@pytest.mark.parametrize("attribute", ["attrs", "states"])
def test_attributes_of_views(attribute):
    """Views say invisible="…" themselves; attrs and states are gone."""
    found = []
    for path, _record, arch in source.architectures():
        for node in arch.iter():
            if isinstance(node.tag, str) and node.get(attribute) is not None:
                found.append(f"{source.place(path, node)}: <{node.tag} {attribute}>")
    source.check(found)


def test_tree_views():
    """Lists are <list>, and actions open list,form."""
    found = [
        source.place(path, node)
        for path in source.xml_files()
        for node in source.xml(path).iter("tree")
    ]
    for path, record in source.records("ir.actions.act_window"):
        if "tree" in source.value_of(record, "view_mode").split(","):
            found.append(source.place(path, record))
    source.check(found)


def test_groups_in_search_views():
    """A <group> in a search view takes neither string nor expand."""
    found = []
    for path, _record, arch in source.architectures():
        if arch.tag != "search":
            continue
        for node in arch.iter("group"):
            if node.get("expand") is not None or node.get("string") is not None:
                found.append(source.place(path, node))
    source.check(found)


def test_kanban_templates():
    """A kanban card's template is called card."""
    found = [
        source.place(path, node)
        for path in source.xml_files()
        for node in source.xml(path).iter("t")
        if node.get("t-name") == "kanban-box"
    ]
    source.check(found)


def test_old_chatter():
    """The chatter is <chatter/>."""
    found = [
        source.place(path, node)
        for path, _record, arch in source.architectures()
        for node in arch.iter("div")
        if "oe_chatter" in (node.get("class") or "")
    ]
    source.check(found)


def test_fields_that_are_gone():
    """Records set no field that was renamed or dropped."""
    found = []
    for path in source.xml_files():
        for record in source.xml(path).iter("record"):
            for node in record.findall("field"):
                better, models = GONE_FIELDS.get(node.get("name"), (None, ()))
                if better and (models is None or record.get("model") in models):
                    text = f"{record.get('model')}.{node.get('name')}, use {better}"
                    found.append(f"{source.place(path, node)}: {text}")
    source.check(found)


def test_domains_on_gone_fields():
    """Sale orders have no state done, partners no mobile or title."""
    found = []
    pattern = re.compile(r"""["']state["']\s*,\s*["']=["']\s*,\s*["']done["']""")
    for path in source.python_files():
        if "sale" not in path.stem:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if pattern.search(line):
                found.append(f"{source.relative(path)}:{number}")
    source.check(found)


def test_public_widget_is_gone():
    """Front end code uses Interaction, not publicWidget."""
    found = [
        source.relative(path)
        for path in sorted(source.MODULE.rglob("*.js"))
        if "publicWidget" in path.read_text() or "odoo.define(" in path.read_text()
    ]
    source.check(found)
