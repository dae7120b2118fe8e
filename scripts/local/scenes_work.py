"""Pictures of the daily work: contacts, plans, ownership, complaints."""

from .camera import HERO, MANAGER, OFFICER, PHONE, scene
from .webclient import RECORD


@scene("today")
def today(camera):
    camera.go("today-follow-up", ".o_followup_today_row")


@scene("log-contact")
def log_contact(camera):
    today(camera)
    camera.page.locator("button[name=done]").first.click()
    camera.field("content").wait_for()


@scene("phone-today", PHONE)
def phone_today(camera):
    today(camera)


@scene("contact-form", height=1000)
def contact_form(camera):
    """A planned visit with its preparation."""
    domain = [["state", "in", ["planned", "confirmed"]], ["user_id.login", "=", "lena"]]
    wanted = [*domain, ["check_ids", "!=", False]]
    found = camera.find("followup.interaction", wanted)
    camera.go(f"action-followup_crm.interaction_action/{found}", ".o_form_renderer")


@scene("plan", height=1000)
def plan(camera):
    """The month of the user."""
    domain = [["user_id.login", "=", "lena"], ["state", "=", "approved"]]
    found = camera.find("followup.interaction.plan", domain)
    camera.go(
        f"action-followup_crm.interaction_plan_action/{found}", ".o_form_renderer"
    )
    camera.page.locator(".o_data_row").first.wait_for()


@scene("pool")
def pool(camera):
    camera.go("action-followup_crm.pool_action", ".o_list_renderer")
    camera.page.locator(".o_data_row").first.wait_for()


@scene("pool-forecast", height=560, login=MANAGER)
def pool_forecast(camera):
    camera.go("action-followup_crm.pool_forecast_action", ".o_list_renderer")
    camera.page.locator(".o_data_row").first.wait_for()


@scene("clash-search", height=640)
def clash_search(camera):
    """Looking for a customer before it is created a second time."""
    camera.go("action-followup_crm.clash_search_action", ".o_form_renderer")
    camera.fill("name", f"{HERO} G.m.b.H.")
    camera.page.locator(".modal-content button[name=action_search]").click()
    camera.page.locator(
        ".modal-content .o_data_row, .modal-content .o_kanban_record"
    ).first.wait_for()


@scene("complaints", height=560, login=OFFICER)
def complaints(camera):
    camera.go("action-followup_crm.complaint_action", ".o_list_renderer")
    camera.page.locator(".o_data_row").first.wait_for()


@scene("complaint-form", height=1250, login=OFFICER)
def complaint_form(camera):
    """What is open of a complaint, and what is advised."""
    domain = [["state", "=", "investigating"], ["customer_id", "!=", False]]
    found = camera.find("followup.complaint", domain)
    camera.go(f"action-followup_crm.complaint_action/{found}", ".o_form_renderer")


@scene("complaint-figures", height=640, login=OFFICER)
def complaint_figures(camera):
    camera.go("action-followup_crm.complaint_report_action", ".o_pivot")
    camera.page.locator(".o_pivot tbody tr").nth(2).wait_for()


@scene("phone-complaints", PHONE, login=OFFICER)
def phone_complaints(camera):
    camera.go("action-followup_crm.complaint_action", RECORD)


@scene("complaint-public", height=1100, login=MANAGER)
def complaint_public(camera):
    """The form for everybody, as a visitor sees it."""
    channel = camera.call(
        "followup.complaint.channel", "search_read", [], ["form_path"], limit=1
    )[0]
    camera.page.goto(f"{camera.url}/complaint/{channel['form_path']}")
    camera.page.locator("form[name=complaint]").wait_for()


@scene("results", login=MANAGER)
def results(camera):
    """Persons and teams beside last year."""
    camera.go("followup-results", ".o_pivot table")


@scene("forecast", height=640, login=MANAGER)
def forecast(camera):
    camera.go("action-followup_crm.funnel_action_forecast", ".o_pivot table")
