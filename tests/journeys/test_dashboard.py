"""The dashboard of three roles: every tile and line opens the list behind it."""

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

GROUPS = [
    "followup_crm.group_manager",
    "followup_crm.group_complaint_officer",
]
# A customer not contacted in time, a late contact, an unacknowledged complaint.
MAKE = """
from datetime import timedelta
from odoo import fields
user = env["res.users"].search([("login", "=", {login!r})])
company = env["res.company"].search([], limit=1)
file = env["followup.customer"].create({{
    "name": {name!r}, "company_id": company.id, "user_id": user.id,
}})
env["followup.interaction"].create({{
    "customer_id": file.id, "user_id": user.id, "purpose": "Ask",
    "date": fields.Date.today() - timedelta(days=3),
}})
env["followup.complaint"].create({{"subject": {name!r}, "customer_id": file.id}})
env.flush_all()
env.cr.execute("UPDATE followup_customer SET contact_due_date = CURRENT_DATE - 9,"
               " contact_overdue_date = CURRENT_DATE - 5 WHERE id = %s", (file.id,))
"""
ROWS = ".o_kanban_record:not(.o_kanban_ghost), .o_data_row"


@pytest.mark.parametrize(("width", "lang"), [(1400, "en_US"), (390, "zh_CN")])
def test_three_roles(server, open_screen, width, lang):
    """S2: company, complaint desk, own work; numbers are as long as their lists."""
    user = browser.make_user(server.database, f"board{width}", lang, GROUPS, [])
    name = f"Wherry {width}"
    server.database.shell(MAKE.format(login=user.login, name=name))
    screen = open_screen(user, width)
    page = screen.page
    for role, tile in (
        ("manager", "customers_due"),
        ("officer", "complaints_new"),
        ("user", "overdue"),
    ):
        screen.go("dashboard-follow-up", ".o_followup_dashboard_page")
        page.locator(f"[data-role={role}]:visible").click()
        expect(page.locator(f"[data-role={role}]:visible")).to_have_class(
            "btn btn-secondary active"
        )
        chosen = page.locator(f"[data-tile={tile}]")
        chosen.wait_for()
        assert screen.fits()
        number = int(chosen.locator(".fs-2").inner_text())
        chosen.click()
        page.locator(".o_list_view, .o_kanban_view").wait_for()
        expect(page.locator(ROWS)).to_have_count(number)
        assert screen.fits()
        expect(page.locator(ROWS).filter(has_text=name)).to_have_count(1)


def test_first_steps(server, open_screen):
    """S2: a new user is led to the first contact."""
    groups = ["followup_crm.group_user"]
    user = browser.make_user(server.database, "boardnew", "en_US", groups, [])
    screen = open_screen(user, 390)
    screen.go("dashboard-follow-up", ".o_followup_dashboard_steps")
    steps = screen.page.locator(".o_followup_dashboard_steps li")
    expect(steps).to_have_count(4)
    assert screen.fits()
    steps.nth(2).locator("button").click()
    screen.page.locator(".modal .o_form_view").wait_for()
