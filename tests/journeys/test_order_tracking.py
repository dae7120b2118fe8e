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
DONE = """
tracking = env["followup.order.tracking"].search([("order_id", "=", {order})])
return {{m.completes: str(m.actual_date or "") for m in tracking.milestone_ids}}
"""


@pytest.fixture(scope="module")
def user(server):
    return browser.make_user(server.database, "mei", "en_US", GROUPS, [])


@pytest.mark.parametrize("width", (1400, 390))
def test_from_quotation_to_arrival(open_screen, user, server, width):
    """K1, K5: Confirm, follow the button, tick off; documents do the rest."""
    database = server.database
    order, _name = database.shell(
        MAKE_QUOTATION.format(login=user.login, name=f"Fjord {width} AS")
    )
    screen = open_screen(user, width)
    page = screen.page
    screen.go(f"/odoo/sales/{order}", ".o_form_view")
    page.locator("button[name=action_confirm]:visible").first.click()
    page.locator(".o_statusbar_status").wait_for()
    page.wait_for_timeout(500)
    tracking = database.shell(
        f"return env['followup.order.tracking'].search([('order_id', '=', {order})]).id"
    )
    screen.go(f"/odoo/order-tracking/{tracking}", ".o_form_view")
    assert screen.fits()
    rows = ".o_field_widget[name=milestone_ids]"
    undone = page.locator(f"{rows} button[name=action_undo]")
    expect(undone).to_have_count(1)
    # The materials are in.
    page.locator(f"{rows} button[name=action_done]").nth(1).click()
    expect(undone).to_have_count(2)
    database.shell(DOCUMENTS.format(order=order))
    done = database.shell(DONE.format(order=order))
    assert all(done[kind] for kind in ("order", "picking", "deposit", "payment"))
    screen.go(f"/odoo/order-tracking/{tracking}", ".o_form_view")
    expect(undone).to_have_count(5)
    assert screen.fits()
    screen.go("/odoo/order-tracking", ".o_kanban_view")
    expect(page.locator(".o_kanban_record", has_text=f"Fjord {width}")).to_have_count(1)
