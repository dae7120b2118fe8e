"""A manager's month: plans are made, handed in, approved, and measured."""

import re

import pytest
from playwright.sync_api import expect

from tests.support import browser, paper

pytestmark = pytest.mark.journey

WIDTHS = (1400, 390)
LANGUAGES = ("en_US", "zh_CN")
EXPORT = "base.group_allow_export"
PDF = "followup_crm.plan_sheet_report"
EXCEL = "followup_crm.plan_sheet_xlsx_action"
PLANS = "contact-plans-follow-up"
MAKE = "followup_crm.interaction_plan_generate_action"
ROW = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)"
RENDERER = ".o_list_renderer, .o_kanban_renderer"
# Two customers in tier II and one in tier I, due since two weeks.
CUSTOMERS = """
from datetime import timedelta
from odoo import fields
company = env["res.company"].search([], limit=1)
company.fcrm_plan_approval = True
user = env["res.users"].search([("login", "=", {login!r})])
scheme = env["followup.tier.scheme"].search(
    [("is_policy", "=", True), ("company_id", "=", company.id)]
)
# One day: the month always has a contact ahead.
scheme.tier_ids[0].contact_interval_days = 1
tiers = (scheme.tier_ids[0], scheme.tier_ids[1], scheme.tier_ids[1])
for name, tier in zip({names!r}, tiers):
    customer = env["followup.customer"].create(
        {{"name": name, "user_id": user.id, "company_id": company.id}}
    )
    customer.write(
        {{"tier_id": tier.id, "tier_sequence": tier.sequence,
          "last_contact_date": fields.Date.today() - timedelta(days=20)}}
    )
    env["followup.tier.assignment"].create(
        {{"customer_id": customer.id, "company_id": company.id,
          "scheme_id": scheme.id, "tier_id": tier.id}}
    )
return user.id
"""
# What the days bring: one contact takes place.
CARRY_OUT = """
plan = env["followup.interaction.plan"].search([("user_id", "=", {user})])
line = plan.line_ids.sorted("date")[0]
line.content = "Talked about the next season."
line._done()
return [plan.planned_count, plan.done_count]
"""


@pytest.fixture(scope="module", params=[(w, la) for w in WIDTHS for la in LANGUAGES])
def people(request, server):
    """(width, manager, user with customers, id of that user, names of customers)"""
    width, lang = request.param
    tag = f"{lang[:2]}{width}"
    wanted = [PDF, EXCEL, MAKE]
    groups = ["followup_crm.group_manager", EXPORT]
    manager = browser.make_user(server.database, f"mona{tag}", lang, groups, wanted)
    groups = ["followup_crm.group_user", EXPORT]
    user = browser.make_user(server.database, f"paul{tag}", lang, groups, wanted)
    names = [f"{name} {lang} {width}" for name in ("Ahorn", "Birke", "Erle")]
    code = CUSTOMERS.format(login=user.login, names=names)
    return width, manager, user, server.database.shell(code), names


def test_managers_month(open_screen, server, people):
    """F1, S1, R4: Make the plans, look, approve one, see it measured and printed."""
    width, manager, user, user_id, names = people
    boss = open_screen(manager, width)
    make_plans(boss, manager.labels[MAKE])

    seller = open_screen(user, width)
    open_plan(seller)
    check_lines(seller, names)
    seller.press("action_submit")
    expect(seller.field("state")).to_be_visible()
    expect_button(seller, "action_submit", 0)

    open_plan(boss, user.login.partition("_")[0].title())
    assert boss.fits()
    boss.press("action_approve")
    expect_button(boss, "action_approve", 0)
    expect_button(boss, "action_reopen", 1)

    planned, done = server.database.shell(CARRY_OUT.format(user=user_id))
    assert done == 1
    boss.page.reload()
    boss.page.locator(".o_form_renderer").wait_for()
    # What the browser has kept is shown first, what is true now a moment later.
    for number in (planned, done):
        alone = re.compile(rf"(?<!\d){number}(?!\d)")
        expect(boss.field("summary")).to_contain_text(alone)
    assert boss.fits()
    paper.check_pdf(boss.download_by_menu(manager.labels[PDF]), names)
    paper.check_workbook(boss.download_by_menu(manager.labels[EXCEL]), names)
    see_analysis(boss)


def make_plans(screen, label):
    """From the list to the plans of all users."""
    screen.go(PLANS, RENDERER)
    assert screen.fits()
    place = screen.page.locator(".o_control_panel")
    if screen.is_phone:
        place.locator("button:has(.oi-ellipsis-v)").first.click()
        place = screen.page.locator(".o-dropdown--menu")
    place.get_by_text(label, exact=True).first.click()
    screen.field("month").wait_for()
    assert screen.fits()
    screen.page.locator(".modal-content button[name=action_generate]").click()
    expect(screen.page.locator(".modal-content")).to_have_count(0)
    screen.page.locator(ROW).first.wait_for()
    assert screen.fits()


def open_plan(screen, name=""):
    """The plan of a user from the list of plans; a user sees his own only."""
    screen.go(PLANS, RENDERER)
    if name:
        screen.search(name)
    target = screen.page.locator(ROW, has_text=name).first
    (target if screen.is_phone else target.locator(".o_data_cell").first).click()
    screen.page.locator(".o_form_renderer").wait_for()


def check_lines(screen, names):
    """The customers stand in the plan."""
    lines = screen.field("line_ids")
    for name in names:
        expect(lines.get_by_text(name, exact=True).first).to_be_visible()
    assert screen.fits()


def expect_button(screen, name, count):
    expect(screen.page.locator(f'button[name="{name}"]:visible')).to_have_count(count)


def see_analysis(screen):
    """Plans against reality, for the manager."""
    screen.go("action-followup_crm.interaction_plan_analysis_action", ".o_graph_view")
    screen.page.locator(".o_graph_renderer canvas").wait_for()
    assert screen.fits()
