"""From the list of customers at risk to the contact that asks them why."""

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

WIDTHS = (1400, 390)
LANGUAGES = ("en_US", "zh_CN")
GROUPS = ["followup_crm.group_user"]
# Four orders, ten days apart, the last one twenty days ago: at risk since the 16th day.
MAKE = """
from datetime import timedelta
from odoo import fields
user = env["res.users"].search([("login", "=", {login!r})])
company = env["res.company"].search([], limit=1)
product = env["product.product"].create({{"name": "Journey", "type": "service"}})
file = env["followup.customer"].create({{
    "name": {name!r}, "company_id": company.id, "user_id": user.id,
}})
for days in (50, 40, 30, 20):
    order = env["sale.order"].create({{
        "partner_id": file.partner_id.id,
        "company_id": company.id,
        "order_line": [(0, 0, {{"product_id": product.id, "price_unit": 900,
                               "tax_ids": [(5,)]}})],
    }})
    order.action_confirm()
    order.date_order = fields.Datetime.now() - timedelta(days=days)
env["followup.value.engine"]._compute(company)
env["followup.interaction"].search([("customer_id", "=", file.id)]).unlink()
return file.id
"""
PLANNED = """
return env["followup.interaction"].search(
    [("customer_id", "=", {customer}), ("state", "=", "planned")]
).mapped("user_id.login")
"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_at_risk(server, open_screen, lang, width):
    """V5, V7: Who is behind its rhythm, a contact for it, and its value."""
    user = browser.make_user(server.database, f"risk{width}", lang, GROUPS, [])
    name = f"Oderkahn {lang} {width}"
    customer = server.database.shell(MAKE.format(login=user.login, name=name))
    screen = open_screen(user, width)
    row = ".o_kanban_record:not(.o_kanban_ghost)" if screen.is_phone else ".o_data_row"
    screen.go("action-followup_crm.value_action_risk", row)
    rows = screen.page.locator(row)
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(name)
    assert screen.fits()

    rows.locator("button[name=action_plan_contact]:visible").first.click()
    screen.page.locator(".o_form_renderer").wait_for()
    assert name in screen.field("customer_id").locator("input").input_value()
    assert screen.value("purpose")
    assert screen.fits()
    logins = server.database.shell(PLANNED.format(customer=customer))
    assert logins == [user.login]

    screen.go(f"customers-follow-up/{customer}", ".o_form_renderer")
    screen.open_tab("value")
    page = screen.page.locator(".o_followup_value")
    expect(page.locator("[data-key=churn]")).to_contain_text("10")
    expect(page.locator(".o_followup_value_row")).to_have_count(8)
    assert screen.fits()
