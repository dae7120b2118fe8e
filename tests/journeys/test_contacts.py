"""A salesperson's day: from the work list to the next contact, desk and phone."""

import time

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

WIDTHS = (1400, 390)
LANGUAGES = ("en_US", "zh_CN")
GROUPS = ["followup_crm.group_user", "base.group_allow_export"]
# What one may take for logging a contact, typing included.
QUICK_SECONDS = 15
PLAN = """
user = env["res.users"].search([("login", "=", {login!r})])
customer = env["followup.customer"].create({{
    "name": {name!r}, "user_id": user.id, "phone": "+49 421 5550 177",
}})
contacts = env["followup.interaction"]
today = contacts._get_local_date(env.cr.now(), user)
contacts.create([
    {{"customer_id": customer.id, "user_id": user.id, "purpose": purpose,
      "date": contacts._fields["date"].add(today, days=days)}}
    for days, purpose in ((-3, "Clear the trims"), (0, "Ask about the samples"))
])
return customer.id
"""
NEXT = """
return env["followup.interaction"].search([
    ("customer_id.name", "=", {name!r}), ("previous_id", "!=", False),
]).mapped("purpose")
"""


@pytest.fixture(scope="module")
def users(server):
    return {
        lang: browser.make_user(server.database, "contact", lang, GROUPS, [])
        for lang in LANGUAGES
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_day(server, open_screen, users, lang, width):
    """F2, F11, R4, R5: The list of the day is done in place, quickly."""
    user = users[lang]
    name = f"Weserkai {lang} {width}"
    server.database.shell(PLAN.format(login=user.login, name=name))
    screen = open_screen(user, width)
    page = screen.page
    screen.open_today()
    late = page.locator('[data-section="overdue"] .o_followup_today_row')
    row = late.filter(has_text=name)
    expect(row).to_contain_text("Clear the trims")
    assert screen.fits()

    started = time.monotonic()
    row.locator("button[name=done]").click()
    screen.fill("content", "Trims are on the way")
    screen.fill("next_step", "Confirm the colour")
    assert screen.fits()
    page.locator('.modal-content button[name="action_log"]').click()
    expect(row).to_have_count(0)
    assert time.monotonic() - started < QUICK_SECONDS

    due = page.locator('[data-section="due"] .o_followup_today_row')
    expect(due.filter(has_text=name)).to_contain_text("Ask about the samples")
    assert server.database.shell(NEXT.format(name=name)) == ["Confirm the colour"]
    due.filter(has_text=name).locator(".o_followup_today_main").click()
    page.locator(".o_form_renderer").wait_for()
    assert screen.value("purpose") == "Ask about the samples"
    assert screen.fits()
