"""The module installs on an empty database, with and without demo data."""

import pytest
from local import databases, paths

from tests.support import database

STATE = "SELECT state FROM ir_module_module WHERE name = 'followup_crm'"
OUR_DATA = "SELECT count(*) FROM ir_model_data WHERE module = 'followup_crm'"


@pytest.mark.parametrize("demo", [False, True], ids=["plain", "demo"])
def test_fresh_install(make_database, demo):
    """Nothing is complained about, and everything is there at the first start."""
    made = make_database.empty("fresh_demo" if demo else "fresh")
    words = ["--with-demo", "--load-language", databases.LANGUAGES] if demo else []
    log = made.install(*words)
    assert database.complaints(log) == []
    assert made.sql(STATE) == [["installed"]]
    assert int(made.sql(OUR_DATA)[0][0]) > 100


def test_demo_data_are_made(demo_database):
    """With demo data there are customers to look at; without, there are none."""
    files = demo_database.sql("SELECT count(*) FROM followup_customer")
    assert int(files[0][0]) >= 10


def test_second_upgrade_changes_nothing(plain_database):
    """An upgrade right after the installation complains of nothing."""
    log = plain_database.upgrade()
    assert database.complaints(log) == []
    assert plain_database.sql(STATE) == [["installed"]]


def test_every_view_of_ours_can_be_opened(plain_database):
    """Each view is loaded in the way the web client does, for the manager."""
    broken = plain_database.shell(
        """
        broken = []
        data = env["ir.model.data"].search([("module", "=", "followup_crm")])
        groups = data.filtered(lambda one: one.model == "res.groups").mapped("res_id")
        data = data.filtered(lambda one: one.model == "ir.ui.view")
        user = env["res.users"].create(
            {"name": "All", "login": "all", "group_ids": [(6, 0, groups)]}
        )
        for view in env["ir.ui.view"].browse(data.mapped("res_id")):
            if view.type == "qweb" or not view.model or view.inherit_id:
                continue
            try:
                env[view.model].with_user(user).get_view(view.id, view.type)
            except Exception as error:
                broken.append(f"{view.xml_id}: {error}")
        return broken
        """
    )
    assert broken == []


def test_every_action_has_its_models(plain_database):
    """No menu leads to an action whose model or view is missing."""
    broken = plain_database.shell(
        """
        broken = []
        data = env["ir.model.data"].search(
            [("module", "=", "followup_crm"), ("model", "=", "ir.actions.act_window")]
        )
        actions = env["ir.actions.act_window"].browse(data.mapped("res_id"))
        for action in actions:
            if action.res_model not in env:
                broken.append(action.xml_id)
                continue
            modes = [(view_id, mode) for view_id, mode in action.views]
            env[action.res_model].get_views(modes)
        return broken
        """
    )
    assert broken == []


def test_module_state_follows_the_code():
    """scripts/run updates a database when, and only when, the code changed."""
    before = databases.module_state()
    assert before == databases.module_state()
    probe = paths.MODULE_DIR / "probe_of_a_test.txt"
    try:
        probe.write_text("changed")
        assert databases.module_state() != before
    finally:
        probe.unlink()
    assert databases.module_state() == before
