"""Attack 5: every public method, called by the key of somebody who may not."""

import pytest

from tests.support import api, database, guide_names

USER = "followup_crm.group_user"
# Open an empty dialog, whatever the records are: nothing of them is told.
DIALOGS = {
    "followup.shipment.action_new",
    "followup.product.tracking.action_new",
}
REFUSED = (403, 404)
# What Odoo and we refuse to everybody, or without the right to export.
REFUSED_TO_ALL = {"copy": 422, "export_data": 422}
LIST_METHODS = """
import inspect

SKIPPED = {"create", "write", "unlink", "copy", "copy_data", "default_get", "init"}
found = []
for name in sorted(env):
    model = env[name]
    if not name.startswith("followup.") or model._abstract or model._transient:
        continue
    record = model.sudo().with_context(active_test=False).search([], limit=50)
    seen = model.with_user(MALLORY).with_context(active_test=False)
    try:
        visible = seen.search([("id", "in", record.ids)])
    except Exception:
        visible = model
    foreign = (record - model.browse(visible.ids))[:1]
    methods = set()
    for part in type(model).mro():
        if ".followup_crm." not in part.__module__ + ".":
            continue
        for method, function in vars(part).items():
            if method.startswith("_") or method in SKIPPED:
                continue
            if not inspect.isfunction(function):
                continue
            final = getattr(type(model), method)
            if getattr(final, "_api_private", False) or getattr(final, "_api_model", 0):
                continue
            needed = [
                one for one in list(inspect.signature(final).parameters.values())[1:]
                if one.default is one.empty
            ]
            if not needed:
                methods.add(method)
    if foreign:
        found.append([name, foreign.id, sorted(methods)])
return found
"""


@pytest.fixture(scope="module")
def running(demo_database):
    with database.Server(demo_database) as server:
        yield server


@pytest.fixture(scope="module")
def mallory(running):
    """A plain user who owns nothing and leads nobody."""
    return api.client(running, "mallory", USER)


@pytest.fixture(scope="module")
def foreign(demo_database, mallory):
    """Rows of (model, id that Mallory does not see, public methods)."""
    code = LIST_METHODS.replace("MALLORY", str(mallory.user_id))
    return demo_database.shell(code)


def test_there_is_something_to_attack(foreign):
    """The registers are among what is attacked."""
    models = {model for model, _id, _methods in foreign}
    registers = set(guide_names.OWNED)
    assert sorted(registers - models) == []
    assert sum(len(methods) for _model, _id, methods in foreign) > 100


def test_methods_with_foreign_ids(mallory, foreign):
    """Attack 5, R6: refused, whatever the method would say to somebody who may."""
    passed = []
    for model, record, methods in foreign:
        for method in methods:
            if f"{model}.{method}" in DIALOGS:
                continue
            answer = mallory.call(model, method, ids=[record])
            if answer.status not in REFUSED:
                passed.append(f"{model}.{method}: {answer.status} {answer.text[:120]}")
    assert passed == []


def test_reading_and_writing_foreign_ids(mallory, foreign):
    """Attacks 1 and 6, R6: neither read, nor written, nor deleted, nor copied."""
    passed = []
    for model, record, _methods in foreign:
        for method, arguments in (
            ("read", {"fields": ["display_name"]}),
            ("write", {"vals": {"create_uid": 1}}),
            ("unlink", {}),
            ("copy", {}),
            ("export_data", {"fields_to_export": ["id"]}),
        ):
            answer = mallory.call(model, method, ids=[record], **arguments)
            if answer.status not in (*REFUSED, REFUSED_TO_ALL.get(method)):
                passed.append(f"{model}.{method}: {answer.status} {answer.text[:120]}")
    assert passed == []
