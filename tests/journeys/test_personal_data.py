"""Personal data in the browser: hidden, revealed for a reason, and only to some."""

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

OWN = "followup_crm.group_user"
PERSONAL = "followup_crm.group_personal_data"
SECRET = "Sails a blue dinghy called Möwe"
MAKE_PERSON = """
user = env["res.users"].search([("login", "=", {login!r})])
other = env["res.users"].search([("login", "=", {other!r})])
customer = env["followup.customer"].with_user(user).create(
    {{"name": "Möwenhafen Handel GmbH", "team_user_ids": [(4, other.id)]}}
)
contact = env["res.partner"].create(
    {{"name": "Jutta Möwe", "parent_id": customer.partner_id.id}}
)
person = env["followup.person"].create(
    {{
        "customer_id": customer.id,
        "contact_id": contact.id,
        "purpose": "hospitality",
        "gift_taste": {secret!r},
    }}
)
return [customer.id, person.id]
"""


@pytest.fixture(scope="module")
def scenario(server):
    """Two users of one team, one of whom may reveal; a customer with a person."""
    database = server.database
    petra = browser.make_user(database, "petra", "en_US", [OWN, PERSONAL], [])
    otto = browser.make_user(database, "otto", "en_US", [OWN], [])
    code = MAKE_PERSON.format(login=petra.login, other=otto.login, secret=SECRET)
    return petra, otto, *database.shell(code)


@pytest.mark.parametrize("width", [1400, 390])
def test_reveal(open_screen, scenario, width):
    """P5, R3, R5: Nothing is shown before a reason is given."""
    petra, _otto, _customer, person = scenario
    screen = open_screen(petra, width)
    screen.go(f"action-followup_crm.person_action/{person}", ".o_form_renderer")
    assert SECRET not in screen.page.content()
    assert screen.fits()
    screen.press("action_reveal")
    screen.field("reason").locator("input").first.check()
    screen.page.locator(".modal-content button[name=action_open]").click()
    screen.field("expires_at").wait_for()
    assert screen.value("gift_taste") == SECRET
    assert screen.fits()


def test_colleague_without_the_group(open_screen, scenario):
    """P5, R3: A colleague of the team sees the file, and of persons nothing."""
    _petra, otto, customer, person = scenario
    screen = open_screen(otto, 1400)
    screen.go(f"customers-follow-up/{customer}", ".o_form_renderer")
    screen.open_tab("people")
    expect(screen.page.locator(".o_notebook")).to_contain_text("Jutta Möwe")
    expect(screen.page.locator('[name="person_ids"]')).to_have_count(0)
    assert SECRET not in screen.page.content()
    screen.page.goto(f"{screen.url}/odoo/action-followup_crm.person_action/{person}")
    screen.page.locator(".o_error_dialog, .modal-content").first.wait_for()
    assert SECRET not in screen.page.content()
