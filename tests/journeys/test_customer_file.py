"""A customer's way into the file, and out on paper, at a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.support import browser, paper

pytestmark = pytest.mark.journey

WIDTHS = (1400, 390)
LANGUAGES = ("en_US", "zh_CN")
# "User: own customers" who may export, as every new user of Odoo may.
GROUPS = ["followup_crm.group_user", "base.group_allow_export"]
PDF = "followup_crm.customer_sheet_report"
EXCEL = "followup_crm.customer_sheet_xlsx_action"
NEW = {"en_US": "New", "zh_CN": "新建"}
COUNTRY = {"en_US": "Germany", "zh_CN": "德国"}
LEARNT = "Opens a second warehouse in Bremerhaven in May"


@pytest.fixture(scope="module")
def users(server):
    return {
        lang: browser.make_user(server.database, "anna", lang, GROUPS, [PDF, EXCEL])
        for lang in LANGUAGES
    }


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_first_customer(open_screen, users, lang, width):
    """P1, P7, P10, P11, R4, R5: From an empty form to the sheet in one's hands."""
    user = users[lang]
    screen = open_screen(user, width)
    name = f"Weserkai {lang} {width} GmbH"
    screen.open_app()
    check_language(screen, lang)
    assert screen.fits()

    screen.new()
    enter_customer(screen, name, lang)
    code = screen.value("code")
    assert re.fullmatch(r"EU-\d{5,}", code)
    assert screen.value("person_in_charge_id").endswith("Anna Berg")
    assert screen.fits()

    log_information(screen)
    check_completeness_rises(screen)
    assert screen.fits()

    screen.open_app()
    screen.search(code)
    assert screen.fits()
    screen.open_row(name)
    wanted = (name, LEARNT, COUNTRY[lang])
    paper.check_pdf(screen.download_by_menu(user.labels[PDF]), wanted)
    paper.check_workbook(screen.download_by_menu(user.labels[EXCEL]), wanted)


def check_language(screen, lang):
    """The web client speaks the user's language."""
    assert screen.language().replace("-", "_").startswith(lang[:2])
    button = ".o-kanban-button-new" if screen.is_phone else ".o_list_button_add"
    new = screen.page.locator(f".o_control_panel {button}").first
    expect(new).to_have_text(NEW[lang])


def enter_customer(screen, name, lang):
    """The compact form: a name, a country, and whom to talk to."""
    screen.fill("name", name)
    screen.choose("country_id", COUNTRY[lang])
    screen.fill("phone", "+49 421 5550 177")
    screen.fill("email", "einkauf@weserkai.example")
    screen.fill("person_in_charge_name", "Anna Berg")
    screen.fill("person_in_charge_function", "Einkauf")
    screen.fill("person_in_charge_email", "berg@weserkai.example")
    assert screen.fits()
    screen.save()


def log_information(screen):
    """What was learnt goes into the file by the dialog, and is counted there."""
    screen.press("action_log_information")
    screen.fill("content", LEARNT)
    assert screen.fits()
    screen.save_dialog()
    screen.expect_stat("information_count", "1")


def check_completeness_rises(screen):
    """More data in the file, and it says that it is more complete."""
    before = read_percent(screen)
    screen.open_tab("basic")
    screen.fill("street", "Uferstraße 12")
    screen.fill("city", "Bremen")
    screen.fill("zip", "28217")
    screen.fill("website", "https://weserkai.example")
    screen.save()
    assert read_percent(screen) > before


def read_percent(screen):
    return int(re.search(r"\d+", screen.value("completeness"))[0])
