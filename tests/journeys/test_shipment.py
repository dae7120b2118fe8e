"""A merchandiser's shipment in the browser, from the first click to the signature."""

import pytest
from local import browser as windows
from local.webclient import RECORD
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

WIDTHS = (1400, 390)
LANGUAGES = ("en_US", "zh_CN")
GROUPS = ["followup_crm.group_user"]
MAKE_CUSTOMER = """
user = env["res.users"].search([("login", "=", {login!r})])
customer = env["followup.customer"].with_user(user).create({{"name": {name!r}}})
buyer = env["res.partner"].create(
    {{"name": "Buyer", "parent_id": customer.partner_id.id}}
)
login = {portal!r}
portal = env["res.users"].create(
    {{
        "name": "Buyer",
        "login": login,
        "password": {password!r},
        "lang": {lang!r},
        "partner_id": buyer.id,
        "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
    }}
)
return customer.id
"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_shipment(open_screen, chromium, server, lang, width):
    """K2, K6, R5: Started, numbered, on its way, delivered; the customer follows."""
    user = browser.make_user(server.database, "wanda", lang, GROUPS, [])
    name = f"Elbkontor {lang} {width}"
    portal = f"buyer_{lang}_{width}".lower()
    code = MAKE_CUSTOMER.format(
        login=user.login,
        name=name,
        portal=portal,
        lang=lang,
        password=browser.PASSWORD,
    )
    server.database.shell(code)
    screen = open_screen(user, width)
    start(screen, name)
    number = screen.value("name")
    fill_transport(screen)
    assert screen.fits()
    for step, state in (
        ("action_book", "booked"),
        ("action_depart", "under_way"),
        ("action_arrive", "arrived"),
    ):
        take(screen, step, state)
        assert screen.fits()
    deliver(screen)
    assert screen.fits()
    check_portal(chromium, server, portal, width, number)


def start(screen, name):
    """Three answers, and the form is there with its documents."""
    screen.go("shipments", ".o_control_panel")
    assert screen.fits()
    screen.page.locator("button[name=action_new]:visible").first.click()
    screen.field("customer_id").wait_for()
    choose_customer(screen, name)
    assert screen.fits()
    screen.page.locator(".modal-content button[name=action_start]").click()
    screen.page.locator('.o_form_view [name="document_ids"]').first.wait_for()


def choose_customer(screen, name):
    """In the dialog; a phone opens a second one to choose from."""
    if not screen.is_phone:
        screen.choose("customer_id", name)
        return
    dialogs = screen.page.locator(".modal-content:visible")
    screen.field("customer_id").locator("input").first.click()
    expect(dialogs).to_have_count(2)
    dialogs.last.locator(RECORD, has_text=name).first.click()
    expect(dialogs).to_have_count(1)


def fill_transport(screen):
    """A container with a wrong check digit is refused; the right one is kept."""
    screen.open_tab("transport")
    screen.fill("container_numbers", "CSQU3054389")
    screen.page.locator(".o_form_status_indicator .o_form_button_save").click()
    dialog = screen.page.locator(".modal-content:visible")
    expect(dialog).to_contain_text("CSQU305438")
    dialog.locator("footer button").first.click()
    expect(dialog).to_have_count(0)
    screen.fill("container_numbers", "csqu 305438-3")
    screen.save()
    assert screen.value("container_numbers") == "CSQU3054383"


def take(screen, step, state):
    """Press the button of a step; the status follows."""
    button = screen.page.locator(f'.o_form_view button[name="{step}"]:visible')
    if not button.count():
        # A phone folds the buttons of the head into a menu.
        screen.page.locator(".o_form_statusbar .dropdown-toggle").first.click()
        button = screen.page.locator(f'button[name="{step}"]:visible')
    button.first.click()
    current = screen.page.locator(f'[data-value="{state}"].o_arrow_button_current')
    if screen.is_phone:
        expect(screen.page.locator(f'button[name="{step}"]:visible')).to_have_count(0)
    else:
        expect(current).to_have_count(1)


def deliver(screen):
    """Who signed is asked, and kept."""
    screen.page.locator('button[name="action_deliver"]:visible').first.click()
    screen.field("delivered_to").wait_for()
    screen.fill("delivered_to", "H. Brandt")
    screen.page.locator(".modal-content button[name=action_apply]").click()
    expect(screen.page.locator(".modal-content:visible")).to_have_count(0)
    screen.open_tab("delivery")
    expect(screen.field("delivered_to")).to_have_text("H. Brandt")


def check_portal(chromium, server, login, width, number):
    """The customer sees its shipment, delivered, on the portal."""
    with windows.window(chromium, width) as page:
        page.goto(f"{server.url}/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", browser.PASSWORD)
        page.locator("form.oe_login_form button[type=submit]").click()
        page.wait_for_url("**/my**")
        page.goto(f"{server.url}/my/shipments")
        page.get_by_text(number).first.click()
        expect(page.locator(".text-success")).to_have_count(4)
        scroll = "document.scrollingElement.scrollWidth <= window.innerWidth"
        assert page.evaluate(scroll)
