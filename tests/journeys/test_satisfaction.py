"""A survey round in the browser: it is sent, answered on a phone, and reported."""

import pytest
from playwright.sync_api import expect

from tests.support import browser, paper

pytestmark = pytest.mark.journey

MANAGER = "followup_crm.group_manager"
PATH = "surveys-follow-up"
PDF = "followup_crm.satisfaction_table_report"
EXCEL = "followup_crm.satisfaction_table_xlsx_action"
CUSTOMER = """
customer = env["followup.customer"].create(
    {{"name": "Harrow & Finch {tag}", "email": "buy-{tag}@harrow.example"}}
)
customer.partner_id.lang = {lang!r}
customer.first_order_date = "2024-01-01"
country = env["res.country"].create({{"name": "Land {tag}", "code": {code!r}}})
customer.partner_id.country_id = country
return [customer.id, country.name]
"""
SENT = """
customer = env["followup.customer"].browse({customer})
env["followup.satisfaction.invitation"]._cron_send()
found = env["followup.satisfaction.invitation"].search(
    [("customer_id", "=", customer.id)], limit=1)
return [found.state, found.input_id.get_start_url()]
"""
ROUND = """
one = env["followup.satisfaction.round"].create(
    {{"name": "Round {tag}",
      "country_ids": env["res.country"].search([("name", "=", {land!r})])}}
)
one.action_send()
"""
RESPONSE = """
found = env["followup.satisfaction.response"].search([("customer_id", "=", {customer})])
return [found.index, found.nps_group, found.comment, len(found.action_ids)]
"""


@pytest.fixture
def make_customer(server):
    def make(tag, code, lang="en_US"):
        return server.database.shell(CUSTOMER.format(tag=tag, code=code, lang=lang))

    return make


@pytest.mark.parametrize("lang, code", [("en_US", "Q1"), ("zh_CN", "Q2")])
def test_send_a_round(open_screen, server, make_customer, lang, code):
    """G2: Name it, look who is asked, send: the customer has its link."""
    customer, land = make_customer(f"send {lang}", code)
    user = browser.make_user(server.database, "grace", lang, [MANAGER], [])
    screen = open_screen(user, 1400)
    screen.go(f"{PATH}/new", ".o_form_renderer")
    screen.fill("name", "First half of the year")
    screen.choose("country_ids", land)
    screen.save()
    screen.press("action_choose")
    expect(screen.page.locator(".o_data_row")).to_contain_text("Harrow & Finch")
    assert screen.fits()
    screen.page.go_back()
    screen.page.locator(".o_form_renderer").wait_for()
    screen.press("action_send")
    screen.confirm()
    closing = screen.page.locator('button[name="action_close"]:visible')
    expect(closing).to_be_visible()
    assert screen.fits()
    state, url = server.database.shell(SENT.format(customer=customer))
    assert state == "sent" and "answer_token" in url


def test_answer_on_a_phone(open_window, server, make_customer):
    """G1, G2, G6, R4: In Chinese, by thumb, on 390 pixels; it becomes an action."""
    customer, land = make_customer("phone", "Q3", "zh_CN")
    server.database.shell(ROUND.format(tag="phone", land=land))
    _state, url = server.database.shell(SENT.format(customer=customer))
    page = open_window(390)
    page.goto(f"{server.url}{url}")
    begin = page.locator('button[type="submit"][value="start"]')
    expect(page.locator("body")).to_contain_text("客户满意度调查")
    begin.click()
    mark_all(page, "您的满意程度如何？", "4")
    mark_all(page, "这对您有多重要？", "8")
    mark_all(page, "您对好的供应商有何期望？", "9")
    page.locator("textarea").first.fill("交货晚了两周。")
    mark_all(page, "您会推荐我们吗？", "3", last=True)
    expect(page.locator("body")).to_contain_text("谢谢。您的回答会转给")
    index, group, comment, actions = server.database.shell(
        RESPONSE.format(customer=customer)
    )
    assert (index, group, actions) == (40, "detractor", 1)
    assert comment == "交货晚了两周。"


def mark_all(page, heading, mark, last=False):
    """Give every question of the page the same mark, and go on."""
    if not last:
        expect(page.locator(".o_survey_form_content")).to_contain_text(heading)
    width = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    scales = page.locator(f'.o_survey_form_content input[type="radio"][value="{mark}"]')
    for place in range(scales.count()):
        scales.nth(place).evaluate("input => input.closest('label').click()")
    page.locator('button[type="submit"]:visible').last.click()
    if last:
        page.locator(".modal-footer .btn-primary").click()
    else:
        expect(page.locator(".o_survey_form_content")).not_to_contain_text(heading)


@pytest.mark.parametrize("lang, code", [("en_US", "Q4"), ("zh_CN", "Q5")])
def test_report(open_screen, server, make_customer, lang, code):
    """G3, S1: From the round to its statistics, on paper and as a workbook."""
    customer, land = make_customer(f"report {lang}", code)
    name = f"Round report {lang}"
    server.database.shell(ROUND.format(tag=f"report {lang}", land=land))
    server.database.shell(SENT.format(customer=customer))
    user = browser.make_user(
        server.database,
        "gloria",
        lang,
        [MANAGER, "base.group_allow_export"],
        [PDF, EXCEL],
    )
    screen = open_screen(user, 1400)
    screen.go(PATH, ".o_list_renderer")
    screen.search(name)
    screen.open_row(name)
    assert screen.fits()
    paper.check_pdf(screen.download_by_menu(user.labels[PDF]), [name, land])
    paper.check_workbook(screen.download_by_menu(user.labels[EXCEL]), [name, land])
