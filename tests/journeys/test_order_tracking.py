"""An order from quotation to arrival: its milestones by hand and by documents."""

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

GROUPS = [
    "followup_crm.group_user_all",
    "sales_team.group_sale_salesman_all_leads",
    "stock.group_stock_user",
    "account.group_account_invoice",
]
MAKE_QUOTATION = """
user = env["res.users"].search([("login", "=", {login!r})])
here = env(user=user.id)
customer = here["followup.customer"].create({{"name": {name!r}}})
product = env["product.product"].search([("default_code", "=", "JOURNEY")]) or env[
    "product.product"
].create({{"name": "Journey parka", "default_code": "JOURNEY", "is_storable": True,
          "invoice_policy": "order"}})
if not env["account.journal"].search([("type", "=", "sale")]):
    env["account.chart.template"].try_loading(
        "generic_coa", company=env.company, install_demo=False)
order = here["sale.order"].create({{
    "partner_id": customer.partner_id.id,
    "order_line": [(0, 0, {{"product_id": product.id, "product_uom_qty": 4,
                           "price_unit": 25, "tax_ids": []}})],
}})
return [order.id, order.name]
"""
DOCUMENTS = """
order = env["sale.order"].browse({order})
picking = order.picking_ids
picking.move_ids.quantity = 4
picking.move_ids.picked = True
picking.button_validate()
invoice = order._create_invoices()
invoice.action_post()
env["account.payment.register"].with_context(
    active_model="account.move", active_ids=invoice.ids
).create({{}}).action_create_payments()
"""
ARRIVAL = """
from datetime import date
tracking = env["followup.order.tracking"].search([("order_id", "=", {order})])
tracking._complete_by_event("arrival", date.today())
"""
DONE = """
tracking = env["followup.order.tracking"].search([("order_id", "=", {order})])
return {{m.completes: str(m.actual_date or "") for m in tracking.milestone_ids}}
"""


@pytest.fixture(scope="module")
def user(server):
    return browser.make_user(server.database, "mei", "en_US", GROUPS, [])


CONFIRM = "env['sale.order'].browse({order}).action_confirm()"
TRACKING = """
return env["followup.order.tracking"].search([("order_id", "=", {order})]).id
"""


@pytest.mark.parametrize("width", (1400, 390))
def test_from_quotation_to_arrival(open_screen, user, server, width):
    """K1, K5: Confirm, follow the order, tick off; documents do the rest."""
    database = server.database
    name = f"Fjord {width} AS"
    order, _number = database.shell(MAKE_QUOTATION.format(login=user.login, name=name))
    screen = open_screen(user, width)
    page = screen.page
    confirm(screen, database, order)
    tracking = database.shell(TRACKING.format(order=order))
    screen.go(f"order-tracking/{tracking}", ".o_form_view")
    assert screen.fits()
    rows = ".o_field_widget[name=milestone_ids]"
    undone = page.locator(f"{rows} button[name=action_undo]")
    # The contract, by the order that is confirmed; then the materials, by hand.
    expect(undone).to_have_count(1)
    page.locator(f"{rows} button[name=action_done]").nth(1).click()
    expect(undone).to_have_count(2)
    database.shell(DOCUMENTS.format(order=order))
    done = database.shell(DONE.format(order=order))
    assert all(done[kind] for kind in ("order", "picking", "deposit", "payment"))
    screen.go(f"order-tracking/{tracking}", ".o_form_view")
    expect(undone).to_have_count(5)
    database.shell(ARRIVAL.format(order=order))
    screen.go(f"order-tracking/{tracking}", ".o_form_view")
    expect(undone).to_have_count(6)
    screen.go("order-tracking", ".o_kanban_view")
    card = page.locator(".o_kanban_record", has_text=name)
    expect(card.first).to_be_attached()


def confirm(screen, database, order):
    """At a desk by the button; on the phone somebody else has confirmed it."""
    if screen.is_phone:
        database.shell(CONFIRM.format(order=order))
        return
    screen.go(f"sales/{order}", ".o_form_view")
    screen.press("action_confirm")
    expect(screen.page.locator("button[name=action_fcrm_track]")).to_be_visible()
