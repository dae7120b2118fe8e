"""Pictures of the customer file, of personal data and of the import."""

import tempfile
from pathlib import Path

from .camera import HERO, PHONE, scene
from .webclient import RECORD

GERMANY = {"en": "Germany", "zh": "德国"}
UNFINISHED = "Lone Mesa Workwear"


@scene("list")
def customer_list(camera):
    camera.go("customers-follow-up", ".o_list_renderer")
    camera.show_all()
    camera.page.locator(".o_data_row").nth(8).wait_for()


@scene("kanban")
def kanban(camera):
    camera.go("customers-follow-up", ".o_list_renderer")
    camera.show_all()
    camera.page.locator(".o_switch_view.o_kanban").click()
    camera.page.locator(RECORD).nth(5).wait_for()


@scene("form-new", height=560)
def form_new(camera):
    """A new customer, as far as one has typed."""
    camera.go("customers-follow-up/new", ".o_form_renderer")
    camera.fill("name", "Weserkai Mode GmbH")
    camera.choose("country_id", GERMANY[camera.language()[:2]])
    camera.fill("phone", "+49 421 5550 177")
    camera.fill("email", "einkauf@weserkai.example")
    camera.fill("person_in_charge_name", "Anna Berg")


@scene("form-overview", height=960)
def form_overview(camera):
    """A file in which something is missing."""
    camera.open_file(name=UNFINISHED)


@scene("form-basic", height=1150)
def form_basic(camera):
    camera.open_file("basic")


@scene("form-people", height=1400)
def form_people(camera):
    camera.open_file("people")


@scene("form-market", height=1350)
def form_market(camera):
    camera.open_file("market")


@scene("form-judgement", height=1050)
def form_judgement(camera):
    camera.open_file("judgement")


@scene("log-information")
def log_information(camera):
    camera.open_file()
    camera.press("action_log_information")
    camera.field("content").wait_for()


@scene("standing")
def standing(camera):
    camera.open_file()
    camera.press("action_request_standing")
    camera.page.locator(".modal-content").wait_for()


@scene("person-form")
def person_form(camera):
    open_person(camera)


@scene("person-reason")
def person_reason(camera):
    open_person(camera)
    camera.press("action_reveal")
    camera.field("reason").wait_for()


@scene("person-revealed")
def person_revealed(camera):
    person_reason(camera)
    camera.field("reason").locator("input").first.check()
    camera.page.locator(".modal-content button[name=action_open]").click()
    camera.field("expires_at").wait_for()


def open_person(camera) -> None:
    customer = camera.customer(HERO)
    person = camera.find("followup.person", [["customer_id", "=", customer]])
    camera.go(f"action-followup_crm.person_action/{person}", ".o_form_renderer")


@scene("import")
def import_screen(camera):
    """The template with its example, loaded into Odoo's import."""
    answer = camera.page.request.get(
        f"{camera.url}/followup/import/customer_template.xlsx"
    )
    upload = "input[name=ufile]"
    camera.go("customers-follow-up", ".o_list_renderer")
    camera.page.locator(".o_cp_action_menus button").first.click()
    camera.page.locator(".o_import_menu").click()
    camera.page.locator(".o_import_file").wait_for()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.xlsx"
        path.write_bytes(answer.body())
        camera.page.locator(upload).first.set_input_files(path)
        camera.page.locator(".o_import_data_content tbody tr").first.wait_for()


@scene("phone-kanban", PHONE)
def phone_kanban(camera):
    camera.go("customers-follow-up", RECORD)


@scene("phone-form", PHONE)
def phone_form(camera):
    camera.open_file()


@scene("phone-log-information", PHONE)
def phone_log_information(camera):
    log_information(camera)
