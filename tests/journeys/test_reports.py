"""The reports page in the browser: choose a report, both files arrive."""

import pytest

from tests.support import browser, paper

pytestmark = pytest.mark.journey

PATH = "followup-reports"
CUSTOMER = """
customer = env["followup.customer"].create({{"name": {name!r}}})
product = env["product.product"].create({{"name": "Goods", "type": "service"}})
order = env["sale.order"].create({{
    "partner_id": customer.partner_id.id,
    "order_line": [(0, 0, {{"product_id": product.id, "price_unit": 1234.5,
                           "tax_ids": False}})],
}})
order.action_confirm()
report = env["followup.report"].search([("code", "=", "customer_statistics")])
return report.with_context(lang={lang!r}).name
"""


@pytest.mark.parametrize("lang", ["en_US", "zh_CN"])
@pytest.mark.parametrize("width", [1400, 390])
def test_print(open_screen, server, lang, width):
    """S1: From the list of reports to the figures of the year, as both files."""
    name = f"Falkirk {lang} {width}"
    title = server.database.shell(CUSTOMER.format(name=name, lang=lang))
    user = browser.make_user(
        server.database,
        f"reporter{width}",
        lang,
        ["followup_crm.group_manager", "base.group_allow_export"],
        [],
    )
    screen = open_screen(user, width)
    screen.go(PATH, ".o_kanban_renderer")
    assert screen.fits()
    screen.search(title)
    card = screen.page.locator(".o_kanban_record", has_text=title).first
    card.click()
    screen.page.locator(".modal button[name=action_pdf]").wait_for()
    paper.check_pdf(press(screen, "action_pdf"), [name])
    screen.go(PATH, ".o_kanban_renderer")
    screen.search(title)
    card.click()
    paper.check_workbook(press(screen, "action_xlsx"), [title, name, 1234.5])


def press(screen, name):
    """Press a button of the dialog and return the file that arrives."""
    with screen.page.expect_download() as waiting:
        screen.page.locator(f".modal button[name={name}]").click()
    return waiting.value.path()
