"""A key account manager's week: from the review to the check that is done."""

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

WIDTHS = (1400, 390)
LANGUAGES = ("en_US", "zh_CN")
GROUPS = ["followup_crm.group_user"]
REASON = "Branches were closed"
# The last three full months brought 300, the same ones a year before 600: −50 %.
MAKE = """
from dateutil.relativedelta import relativedelta
from odoo import fields
user = env["res.users"].search([("login", "=", {login!r})])
company = env["res.company"].search([], limit=1)
product = env["product.product"].create({{"name": "Journey", "type": "service"}})
file = env["followup.customer"].create({{
    "name": {name!r}, "company_id": company.id, "user_id": user.id,
    "strengths": "Pays at once",
}})
first = fields.Date.today().replace(day=1)
for months, price in ((1, 100), (2, 100), (3, 100), (13, 200), (14, 200), (15, 200)):
    order = env["sale.order"].create({{
        "partner_id": file.partner_id.id,
        "company_id": company.id,
        "order_line": [(0, 0, {{"product_id": product.id, "price_unit": price,
                               "tax_ids": [(5,)]}})],
    }})
    order.action_confirm()
    order.date_order = first - relativedelta(months=months) + relativedelta(days=9)
env["followup.sales.month"]._refresh(file)
accounts = env["followup.account"]
account = accounts._decide(file, "include", "Journey")
account.manager_id = user
env["followup.account.contact"].create({{
    "account_id": account.id, "role": "decision", "user_id": user.id,
}})
account._make_checks()
return account.id
"""
DONE = """
check = env["followup.account.check"].search([("account_id", "=", {account})])
return [check.mapped("state"), check.turnover_reason, len(check.activity_ids)]
"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_weekly_check(server, open_screen, lang, width):
    """A2, A4, A6: The review shows what is up; the check asks why, and is done."""
    user = browser.make_user(server.database, f"kam{width}", lang, GROUPS, [])
    name = f"Elbkontor {lang} {width}"
    account = server.database.shell(MAKE.format(login=user.login, name=name))
    screen = open_screen(user, width)
    screen.go(f"key-accounts/{account}", ".o_followup_review")
    page = screen.page.locator(".o_followup_review")
    expect(page.locator("[data-part=check]")).to_contain_text("50")
    expect(page.locator(".o_followup_review_tile")).to_have_count(6)
    expect(page.locator("[data-part=judgement]")).to_contain_text("Pays at once")
    expect(page.locator("[data-part=products]")).to_contain_text("Journey")
    expect(page.locator(".o_followup_review_person")).to_have_count(1)
    assert screen.fits()

    page.locator("button[name=review_open_check]").click()
    findings = screen.page.locator(".o_followup_finding[data-kind=turnover]")
    expect(findings).to_contain_text("-50")
    assert screen.fits()
    screen.press("action_done")
    screen.confirm()
    screen.fill("turnover_reason", REASON)
    screen.press("action_done")
    expect(screen.page.locator("button[name=action_done]:visible")).to_have_count(0)
    assert screen.fits()
    done = server.database.shell(DONE.format(account=account))
    assert done == [["done"], REASON, 0]

    screen.go(f"key-accounts/{account}", ".o_followup_review")
    expect(screen.page.locator("[data-part=check] button")).to_have_count(0)
