"""A complaint in the browser: the officer's form, the customer's phone, the form."""

import re

import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

OFFICER = "followup_crm.group_complaint_officer"
SUBJECT = "Forty shirts are off colour"
PREPARE = """
customer = env["followup.customer"].create(
    {{"name": "Harrow & Finch {tag}", "email": "hq-{tag}@harrow.example",
      "user_id": env.ref("base.user_admin").id}}
)
contact = env["res.partner"].create(
    {{"name": "Helen Harrow {tag}", "parent_id": customer.partner_id.id,
      "email": "helen-{tag}@harrow.example"}}
)
user = env["res.users"].with_context(no_reset_password=True).create(
    {{"name": contact.name, "login": "helen-{tag}", "partner_id": contact.id,
      "password": {password!r}, "lang": {lang!r},
      "group_ids": [(6, 0, [env.ref("base.group_portal").id])]}}
)
channel = env["followup.complaint.channel"]._of_company(env.company)
channel.write({{"is_form_open": True, "form_path": "journey"}})
return [customer.name, user.login, env.ref("followup_crm.complaint_category_colour")
        .with_context(lang={lang!r}).display_name]
"""
OFFER = """
complaint = env["followup.complaint"].search([("subject", "=", {subject!r})])
complaint.ensure_one()
if complaint.state == "received":
    complaint.action_acknowledge()
complaint.write({{"category_id": env.ref("followup_crm.complaint_category_colour").id,
                  "severity": "minor"}})
env["followup.complaint.proposal"].create(
    {{"complaint_id": complaint.id, "name": "Replace forty shirts by air",
      "description": "They leave on Friday.", "kind": "replacement"}}
)
complaint.action_propose()
return complaint.id
"""
STATE = """
return [env["followup.complaint"].browse({number}).state,
        env["followup.complaint"].browse({number}).proposal_ids.answered_via]
"""


@pytest.fixture(scope="module")
def prepare(server):
    def make(tag, lang="en_US"):
        code = PREPARE.format(tag=tag, lang=lang, password=browser.PASSWORD)
        return server.database.shell(code)

    return make


@pytest.mark.parametrize("width", [1400, 390])
def test_officer(open_screen, server, prepare, width):
    """C1, C2, C6, C10, R5: An officer registers, judges and proposes."""
    customer, _login, category = prepare(f"officer-{width}")
    user = browser.make_user(server.database, "olga", "en_US", [OFFICER], [])
    screen = open_screen(user, width)
    screen.go("action-followup_crm.complaint_action/new", ".o_form_renderer")
    screen.fill("subject", SUBJECT)
    screen.choose("customer_id", customer)
    screen.fill("description", "The buyer sent pictures of five cartons.")
    screen.choose("category_id", category)
    screen.page.locator('[name="severity"] input[data-value="minor"]').check()
    screen.save()
    assert re.fullmatch(r"C\d{4}-\d{5}", screen.value("name"))
    assert screen.fits()
    press(screen, "action_acknowledge")
    # The form is read again: a row that is begun before would be lost.
    done = screen.page.locator('button[name="action_acknowledge"]:visible')
    expect(done).to_have_count(0)
    thread = screen.page.locator(".o-mail-Thread").first
    expect(thread).to_contain_text("Thank you for telling us", timeout=20_000)
    screen.open_tab("proposals")
    add_proposal(screen, "15 % off the shirts concerned")
    press(screen, "action_propose")
    screen.confirm()
    offered = screen.page.locator('[name="proposal_ids"]')
    expect(offered).to_contain_text("Offered", timeout=20_000)
    assert screen.fits()


def press(screen, name):
    """Press a button of the form's head, which a phone folds into a menu."""
    button = screen.page.locator(f'.o_form_view button[name="{name}"]:visible')
    if not button.count():
        screen.page.locator(".o_statusbar_buttons .dropdown-toggle").first.click()
        button = screen.page.locator(f'button[name="{name}"]:visible')
    button.first.click()


def add_proposal(screen, text):
    """Write a proposal: into a row, on a phone into a dialog."""
    add = '[name="proposal_ids"] .o_field_x2many_list_row_add a'
    if screen.is_phone:
        add = '[name="proposal_ids"] .o-kanban-button-new, ' + add
    screen.page.locator(add).first.click()
    entry = screen.page.locator(
        '.modal-content [name="name"] input, [name="proposal_ids"] [name="name"] input'
    )
    entry.first.fill(text)
    if screen.page.locator(".modal-content:visible").count():
        screen.save_dialog()
    screen.save()


@pytest.mark.parametrize("lang", ["en_US", "zh_CN"])
def test_portal_customer(open_window, server, prepare, lang):
    """C6, C10, R5: A customer complains and accepts a proposal on a phone."""
    _customer, login, _category = prepare(f"portal-{lang.lower()}", lang)
    page = open_window(390)
    log_in(page, server.url, login)
    page.goto(f"{server.url}/my/home")
    # The cards move while their numbers come in.
    expect(page.locator(".o_portal_doc_spinner")).to_have_count(0)
    page.locator('a[href="/my/complaints"]').first.click()
    page.locator("a[name=new]").click()
    subject = f"{SUBJECT} {lang}"
    page.fill("[name=subject]", subject)
    page.fill("[name=description]", "Two cartons of ten, see the picture.")
    page.set_input_files("[name=attachments]", picture())
    assert fits(page)
    page.locator("form[name=complaint] button[type=submit]").click()
    page.locator("[name=done]").wait_for()
    expect(page.locator("h1")).to_have_text(subject)
    expect(page.locator(".o_fcrm_message")).to_contain_text(["Two cartons"])
    assert fits(page)

    number = server.database.shell(OFFER.format(subject=subject))
    page.goto(f"{server.url}/my/complaints/{number}")
    expect(page.locator("#proposals")).to_contain_text("Replace forty shirts by air")
    assert fits(page)
    page.locator("#proposals .btn-success").click()
    page.locator("[name=done]").wait_for()
    expect(page.locator("#proposals .badge")).to_be_visible()
    answer = server.database.shell(STATE.format(number=number))
    assert answer == ["agreed", "portal"]
    page.fill("textarea[name=message]", "Thank you!")
    page.locator("form[name=message] button[type=submit]").click()
    page.locator("[name=done]").wait_for()
    expect(page.locator(".o_fcrm_message").last).to_contain_text("Thank you!")
    page.goto(f"{server.url}/my/complaints")
    expect(page.locator(".list-group-item")).to_have_count(1)
    assert fits(page)


@pytest.mark.parametrize("width", [1400, 390])
def test_public_form(open_window, server, prepare, width):
    """C10, R5: A stranger fills in the form and learns the number."""
    prepare(f"form-{width}")
    page = open_window(width)
    page.goto(f"{server.url}/complaint/journey")
    page.fill("[name=description]", "A jacket came with a torn sleeve.")
    page.fill("[name=complainant_name]", "Sam Stranger")
    page.fill("[name=email_from]", "sam@stranger.example")
    page.set_input_files("[name=attachments]", picture())
    expect(page.locator("[name=fcrm_leave_empty]")).not_to_be_in_viewport()
    assert fits(page)
    page.locator("form[name=complaint] button[type=submit]").click()
    number = page.locator("strong[name=number]")
    expect(number).to_have_text(re.compile(r"C\d{4}-\d{5}"))
    assert fits(page)
    page.reload()
    expect(number).to_have_text(re.compile(r"C\d{4}-\d{5}"))


def picture():
    """A picture as a phone sends it."""
    content = b"\x89PNG\r\n\x1a\n" + bytes(100)
    return {"name": "sleeve.png", "mimeType": "image/png", "buffer": content}


def log_in(page, url, login):
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", browser.PASSWORD)
    page.locator("form.oe_login_form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/my"))


def fits(page):
    """Whether the page needs no scrolling to the side."""
    return page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
