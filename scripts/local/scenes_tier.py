"""Pictures of dealings and classification."""

from datetime import date, timedelta

from playwright.sync_api import expect

from .camera import MANAGER, scene


@scene("form-dealings", height=1250)
def form_dealings(camera):
    camera.open_file("dealings")
    camera.page.locator(".o_followup_dealings table").first.wait_for()


@scene("form-classes", height=1050)
def form_classes(camera):
    camera.open_file("classes")
    camera.field("assignment_ids").locator(".o_data_row").first.wait_for()


@scene("tier-distance", height=560)
def tier_distance(camera):
    """Why a customer is in its class, and how far it is to the next one."""
    domain = [["scheme_id", "=", camera.scheme()], ["rank", ">", 0]]
    lower = [*domain, ["tier_id.code", "=", "II"]]
    found = camera.find("followup.tier.assignment", lower)
    camera.go(f"action-followup_crm.tier_assignment_action/{found}", ".o_form_renderer")
    camera.field("distance_note").wait_for()


@scene("pareto", height=1000)
def pareto(camera):
    camera.go("pareto-follow-up", ".o_followup_pareto_chart canvas")


@scene("movement", height=660)
def movement(camera):
    """A year of the policy scheme."""
    camera.go("action-followup_crm.tier_movement_action", ".o_form_renderer")
    year_ago = date.today() - timedelta(days=365)
    camera.field("date_from").locator("button").click()
    camera.fill("date_from", year_ago.isoformat())
    camera.page.keyboard.press("Escape")
    camera.field("matrix").locator("button[data-cell]").first.wait_for()


@scene("scheme", height=900, login=MANAGER)
def scheme_form(camera):
    open_scheme(camera)


@scene("what-if", height=1400, login=MANAGER)
def what_if(camera):
    open_scheme(camera)
    camera.press("action_open_trial")
    camera.field("effect").locator("table").wait_for()
    limit = camera.field("tier_ids").locator(".o_data_row td[name=limit]").first
    limit.click()
    limit.locator("input").fill("50")
    with camera.page.expect_response("**/action_compute"):
        camera.press("action_compute")
    expect(limit).to_contain_text("50")


def open_scheme(camera) -> None:
    camera.go(
        f"action-followup_crm.tier_scheme_action/{camera.scheme()}", ".o_form_renderer"
    )
    camera.field("tier_ids").locator(".o_data_row").first.wait_for()
