"""A prospect from the fair to its first order, at a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

WIDTHS = (1400, 390)
LANGUAGES = ("en_US", "zh_CN")
GROUPS = ["followup_crm.group_user", "sales_team.group_sale_salesman"]
# A lead as it comes home from the fair: a name, a card, the channel.
MAKE = """
user = env["res.users"].search([("login", "=", {login!r})])
lead = env["crm.lead"].create({{
    "name": {name!r}, "type": "opportunity", "partner_name": {name!r},
    "contact_name": "Kari Hansen", "email_from": "kari@example.com",
    "country_id": env.ref("base.no").id, "user_id": user.id,
    "company_id": env["res.company"].search([], limit=1).id,
    "fcrm_channel_id": env.ref("followup_crm.information_channel_exhibition").id,
}})
return lead.id
"""
# The quotation is Odoo's own screen: its lines are entered as Odoo tests them itself.
QUOTE = """
lead = env["crm.lead"].browse({lead})
product = env["product.product"].create({{"name": "Journey coat", "type": "consu"}})
order = env["sale.order"].with_user(lead.user_id).create({{
    "partner_id": lead.partner_id.id, "opportunity_id": lead.id,
    "company_id": lead.company_id.id,
    "order_line": [(0, 0, {{"product_id": product.id, "price_unit": 90}})],
}})
order.action_quotation_sent()
return order.id
"""
FOUND = """
lead = env["crm.lead"].browse({lead})
customer = env["followup.customer"].search(
    [("partner_id", "=", lead.partner_id.commercial_partner_id.id)])
told = customer.information_ids
channel = env.ref("followup_crm.information_channel_exhibition")
return [lead.won_status, customer.source_channel_id == channel,
        told.lead_id == lead, len(lead.order_ids.filtered(lambda o: o.state == "sale")),
        customer.user_id.login]
"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_fair_to_the_order(server, open_screen, lang, width):
    """N1, N2, N3: Three taps, what is needed next, quotation, won, file, order."""
    user = browser.make_user(server.database, f"fair{width}", lang, GROUPS, [])
    name = f"Hansen {lang} {width}"
    lead = server.database.shell(MAKE.format(login=user.login, name=name))
    screen = open_screen(user, width)

    score_on_the_card(screen, name)
    open_lead(screen, lead)
    score_on_the_form(screen)
    assert screen.fits()

    if screen.is_phone:
        screen.page.locator(".o-form-buttonbox .o_button_more").click()
    screen.page.locator("button[name=action_fcrm_customer_file]").first.click()
    screen.page.locator(".o_form_view .o_field_widget[name=code]").first.wait_for()
    assert screen.fits()

    order = server.database.shell(QUOTE.format(lead=lead))
    screen.go(f"action-sale.action_quotations/{order}", ".o_form_renderer")
    confirm = screen.page.locator("button[name=action_confirm]:visible")
    screen.press("action_confirm")
    expect(confirm).to_have_count(0)

    open_lead(screen, lead)
    screen.press("action_set_won_rainbowman")
    # Signed asks for two things, order and file, and both are there.
    ticks = screen.page.locator(".o_followup_checklist .text-success")
    expect(ticks).to_have_count(2)
    assert screen.fits()
    found = server.database.shell(FOUND.format(lead=lead))
    assert found == ["won", True, True, 1, user.login]


def score_on_the_card(screen, name):
    """One tap on the M of the card: money is large."""
    view = ".o_kanban_renderer"
    screen.go("action-followup_crm.crm_lead_action?view_type=kanban", view)
    card = screen.page.locator(".o_kanban_record", has_text=name)
    button = card.locator("button[name=action_fcrm_tap]")
    expect(button).to_have_count(3)
    button.nth(0).click()
    expect(button.nth(0)).to_have_text("M")
    assert screen.fits()


def open_lead(screen, lead):
    screen.go(f"action-followup_crm.crm_lead_action/{lead}", ".o_form_renderer")


def score_on_the_form(screen):
    """Two taps more, and the advice is there."""
    man = screen.page.locator(".o_followup_man")
    expect(man.locator(".o_selection_badge.active")).to_have_count(1)
    for field in ("fcrm_authority", "fcrm_need"):
        badges = man.locator(f"[name={field}] .o_selection_badge")
        badges.first.click()
    expect(man.locator(".o_selection_badge.active")).to_have_count(3)
    badge = screen.page.locator("[name=fcrm_man_advice_id] .text-bg-success")
    expect(badge).to_be_visible()
    checklist = screen.page.locator(".o_followup_checklist")
    expect(checklist.locator(".text-warning")).to_have_count(0)
    expect(checklist.locator(".text-success")).to_have_count(4)
    screen.save()
