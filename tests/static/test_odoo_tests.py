"""The module's own tests: a test that Odoo does not find never fails."""

import ast

from tests.support import source


def test_files():
    return [
        path
        for path in source.python_files(source.TESTS)
        if path.name != "__init__.py" and not path.stem.endswith("common")
    ]


test_files.__test__ = False


def imports_of(path) -> set[str]:
    """Return what a package imports, as dotted names relative to it."""
    found = set()
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            prefix = f"{node.module}." if node.module else ""
            found |= {prefix + alias.name for alias in node.names}
    return found


def test_every_file_is_collected():
    """Odoo collects only what tests/__init__.py itself imports, named test_*."""
    imported = imports_of(source.TESTS / "__init__.py")
    found = []
    for path in test_files():
        dotted = ".".join(path.relative_to(source.TESTS).with_suffix("").parts)
        if not path.name.startswith("test_"):
            found.append(f"{source.relative(path)}: is not named test_*")
        elif dotted not in imported:
            found.append(f"{source.relative(path)}: is not imported")
    source.check(found)
    assert test_files(), "the module has no tests"


def tags_of(node: ast.ClassDef) -> set[str]:
    found = set()
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and (
            getattr(decorator.func, "id", getattr(decorator.func, "attr", ""))
            == "tagged"
        ):
            found |= {getattr(word, "value", "") for word in decorator.args}
    return found


def test_every_class_carries_its_room():
    """A test class is tagged with its room, so that scripts/test <room> runs it."""
    found = []
    for path in test_files():
        room = path.relative_to(source.TESTS).parts[0]
        for node in source.tree(path).body:
            if not isinstance(node, ast.ClassDef) or not has_tests(node):
                continue
            missing = {"post_install", "-at_install", room} - tags_of(node)
            if missing:
                found.append(f"{source.place(path, node)}: lacks {sorted(missing)}")
    source.check(found)


def has_tests(node: ast.ClassDef) -> bool:
    return any(
        isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
        for one in node.body
    )


def test_no_name_twice():
    """A method that is defined twice in a class hides the first one."""
    found = []
    for path in test_files():
        for node in ast.walk(source.tree(path)):
            if not isinstance(node, ast.ClassDef):
                continue
            names = [one.name for one in node.body if isinstance(one, ast.FunctionDef)]
            twice = {name for name in names if names.count(name) > 1}
            found += [f"{source.place(path, node)}: {name}" for name in twice]
    source.check(found)


def test_no_demo_data():
    """Tests make what they need: they rely on no demonstration data."""
    found = []
    demo_ids = {
        node.get("id")
        for name in source.manifest().get("demo", [])
        if name.endswith(".xml")
        for node in source.xml(source.MODULE / name).iter("record")
    }
    for path in test_files():
        for node in ast.walk(source.tree(path)):
            value = getattr(node, "value", None)
            if isinstance(node, ast.Constant) and isinstance(value, str):
                own = value.removeprefix("followup_crm.")
                if (
                    own != value
                    and own in demo_ids
                    or value.startswith("base.user_demo")
                ):
                    found.append(f"{source.place(path, node)}: {value}")
    source.check(found)
