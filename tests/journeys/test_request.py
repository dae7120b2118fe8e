"""An inquiry by mail in the browser: answered with a phrase, made a quotation."""

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

RECORD = ".o_kanban_record, .o_data_row"
GROUPS = ["followup_crm.group_user_all", "sales_team.group_sale_salesman_all_leads"]
MAIL = """From: Nia Harrow <{address}>
To: inquiries@request-journey.example
Subject: Price of polo shirts {tag}
Message-Id: <journey-{tag}@harrow.example>
Date: Mon, 02 Mar 2026 10:00:00 +0100
Content-Type: text/plain; charset=utf-8

Please quote 2,000 polo shirts.
"""
PREPARE = """
domain = env["mail.alias.domain"].search([("name", "=", "request-journey.example")])
domain = domain or domain.create({{"name": "request-journey.example"}})
env.company.alias_domain_id = domain
channel = env["followup.request.channel"]._of_company(env.company)
channel.write({{"alias_name": "inquiries"}})
customer = env["followup.customer"].create(
    {{"name": "Harrow {tag}", "email": {address!r}, "lang": {lang!r},
      "user_id": env["res.users"].search([("login", "=", {login!r})]).id}}
)
env["mail.thread"].with_user(env.ref("base.user_root")).message_process(
    None, {mail!r}.encode()
)
request = env["followup.request"].search([("customer_id", "=", customer.id)])
phrase = env.ref("followup_crm.phrase_inquiry_" + {lang!r}[:2])
return [request.id, phrase.name]
"""
STATE = """
request = env["followup.request"].browse({number})
mail = request.message_ids.filtered(lambda m: m.message_type == "comment")[:1]
return [request.state, request.result, request.quotation_id.origin,
        mail.partner_ids.name or "", str(mail.body or "")]
"""


@pytest.mark.parametrize(("width", "lang"), [(1400, "en_US"), (390, "zh_CN")])
def test_inquiry(open_screen, server, width, lang):
    """Q1, Q2: A mail comes in, is answered with a phrase and becomes a quotation."""
    user = browser.make_user(server.database, "nora", lang, GROUPS, [])
    tag = f"{width}"
    address = f"nia-{tag}@harrow.example"
    mail = MAIL.format(address=address, tag=tag)
    number, phrase = server.database.shell(
        PREPARE.format(tag=tag, address=address, lang=lang, login=user.login, mail=mail)
    )
    screen = open_screen(user, width)
    screen.go(f"action-followup_crm.request_action/{number}", ".o_form_renderer")
    assert f"Price of polo shirts {tag}" in screen.value("subject")
    assert screen.fits()
    press(screen, "action_answer")
    dialog = screen.page.locator(".modal-content")
    expect(dialog.locator('[name="fcrm_phrase_id"]')).to_be_visible(timeout=20_000)
    choose_phrase(screen, phrase)
    written = dialog.locator('[name="body"]')
    expect(written).to_contain_text(user.login.partition("_")[0].title())
    dialog.locator(".o_mail_send:visible").click()
    expect(dialog).to_have_count(0, timeout=20_000)
    press(screen, "action_make_quotation")
    order = screen.page.locator('[name="order_line"]')
    expect(order.first).to_be_visible(timeout=20_000)
    state, result, origin, to, body = server.database.shell(STATE.format(number=number))
    assert (state, result, to) == ("answered", "quotation", f"Harrow {tag}")
    assert origin.startswith("R")
    assert "{contact}" not in body


def choose_phrase(screen, name):
    """Type a part of a phrase's title; a phone opens a list to choose from."""
    field = screen.page.locator('.modal-content [name="fcrm_phrase_id"] input')
    field.click()
    if screen.is_phone:
        dialogs = screen.page.locator(".modal-content:visible")
        expect(dialogs).to_have_count(2)
        dialogs.last.locator(RECORD, has_text=name).first.click()
        expect(dialogs).to_have_count(1)
        return
    field.fill(name[:12])
    option = screen.page.locator(".o-autocomplete--dropdown-item", has_text=name[:12])
    option.first.click()


def press(screen, name):
    """Press a button of the form's head, which a phone folds into a menu."""
    button = screen.page.locator(f'.o_form_view button[name="{name}"]:visible')
    if not button.count():
        screen.page.locator(".o_statusbar_buttons .dropdown-toggle").first.click()
        button = screen.page.locator(f'button[name="{name}"]:visible')
    button.first.click()
