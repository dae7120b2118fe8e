"""An officer takes a complaint down in under a minute, and settles a minor one."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

WIDTHS = (1400, 390)
LANGUAGES = ("en_US", "zh_CN")
GROUPS = ["followup_crm.group_complaint_officer"]
ATTITUDE = "followup_crm.complaint_category_attitude"
PATH = "complaints-follow-up"


@pytest.fixture(scope="module")
def users(server):
    return {
        lang: browser.make_user(server.database, "olga", lang, GROUPS, [ATTITUDE])
        for lang in LANGUAGES
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_take_down(open_screen, users, lang, width):
    """C1, C10, R4, R5: A stranger calls: subject and name, and it has a number."""
    screen = open_screen(users[lang], width)
    started = time.monotonic()
    screen.go(f"{PATH}/new", ".o_form_renderer")
    assert screen.fits()
    screen.fill("subject", "Two holes in the sleeve")
    screen.fill("complainant_name", "Ann Archer")
    screen.save()
    assert time.monotonic() - started < 60
    assert re.fullmatch(r"C\d{4}-\d{5}", screen.value("name"))
    assert screen.fits()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_fast_track(open_screen, users, lang):
    """C3, C16: Acknowledge; then settle a minor one at once."""
    user = users[lang]
    screen = open_screen(user, 1400)
    screen.go(f"{PATH}/new", ".o_form_renderer")
    screen.fill("subject", "Nobody called back")
    screen.fill("complainant_name", "Ann Archer")
    screen.choose("category_id", user.labels[ATTITUDE])
    severity = screen.field("severity").locator('input[data-value="minor"]')
    expect(severity).to_be_checked()
    screen.save()
    screen.press("action_acknowledge")
    expect(screen.page.locator('button[name="action_investigate"]')).to_be_visible()
    screen.press("action_settle")
    dialog = screen.page.locator(".modal-content:visible")
    dialog.locator('footer button[name="action_settle"]').click()
    expect(dialog).to_have_count(0)
    expect(screen.page.locator('button[name="action_satisfied"]')).to_be_visible()
    assert screen.fits()
