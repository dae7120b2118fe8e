"""Finding out who has a customer, and taking one from the pool; a user who leaves."""

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

WIDTHS = (1400, 390)
GROUPS = ["followup_crm.group_user"]
FIND = "action-followup_crm.clash_search_action"
POOL = "action-followup_crm.pool_action"
DIALOG = ".modal .o_form_view"
# A customer of a colleague, and one for each journey that has waited in the pool.
PREPARE = """
company = env.ref("base.main_company")
company.fcrm_pool_active = True
files = env["followup.customer"]
if not files.search([("name", "=", "Weserkai Mode GmbH")]):
    owner = env.ref("base.user_admin")
    files.create({"name": "Weserkai Mode GmbH", "user_id": owner.id})
files.create({"name": "Waiting " + %r}).write(
    {"user_id": False, "owner_since": "2020-01-01"}
)
return company.fcrm_pool_active
"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ("en_US", "zh_CN"))
def test_search_and_claim(server, open_screen, width, lang):
    """F6, F9: The search tells the owner; the pool no name until it is claimed."""
    name = f"{width} {lang}"
    server.database.shell(PREPARE % name)
    user = browser.make_user(server.database, "claimer", lang, GROUPS, [])
    screen = open_screen(user, width)
    screen.go(FIND, DIALOG)
    page = screen.page
    page.fill(f"{DIALOG} [name=name] input", "weserkay mode")
    page.click("[name=action_search]")
    expect(page.locator(f"{DIALOG} [name=line_ids]")).to_be_visible()
    assert "Weserkai" not in page.content()
    assert screen.fits()

    screen.go(POOL, ".o_list_view, .o_kanban_view")
    assert "Waiting" not in page.content()
    assert screen.fits()
    page.locator("[name=action_claim]:visible").first.click()
    page.locator(".modal .btn-primary").click()
    expect(page.locator(".o_followup_customer_form")).to_be_visible()
    expect(page.locator("[name=name] textarea").first).to_have_value(f"Waiting {name}")
    assert screen.fits()


def test_archiving_a_user_asks_for_the_successor(server, open_screen):
    """F10: The dialog comes by itself; what the leaver had goes to who is chosen."""
    database = server.database
    browser.make_user(database, "leaver", "en_US", GROUPS, [])
    browser.make_user(database, "heir", "en_US", GROUPS, [])
    leaver = database.shell("""
        user = env["res.users"].search([("login", "=", "leaver_en_us")])
        env["followup.customer"].create({"name": "Left behind", "user_id": user.id})
        return user.id
        """)
    groups = ["base.group_erp_manager", "base.group_system"]
    screen = open_screen(browser.make_user(database, "it", "en_US", groups, []), 1400)
    screen.go(f"action-base.action_res_users/{leaver}", ".o_form_view")
    page = screen.page
    page.locator(".o_cp_action_menus button").first.click()
    page.locator(".o-dropdown--menu").get_by_text("Archive", exact=True).click()
    page.locator(".modal .btn-primary").click()
    page.wait_for_selector(f"{DIALOG} [name=successor_id]")
    page.fill(f"{DIALOG} [name=successor_id] input", "Heir")
    page.locator(".o-autocomplete--dropdown-item").first.click()
    page.click("[name=action_hand_over]")
    expect(page.locator(".modal")).to_have_count(0)
    assert (
        database.shell("""
        customer = env["followup.customer"].search([("name", "=", "Left behind")])
        return customer.user_id.login
        """)
        == "heir_en_us"
    )
