"""Take the pictures: each scene is a short walk through the web client.

Run in the environment of the tests: address of the server, folder for the
pictures, and the names of the pictures that are wanted (all, if none is named).
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import expect

from . import browser, paths
from .webclient import RECORD, Screen

# The key account manager of the demonstration data: sees all customers, and may
# reveal personal data. The password of each of them is the login.
LOGIN = "lena"
# Sets up the classification and tries other limits.
MANAGER = "grace"
LANGUAGES = {"en": "en_US", "zh_CN": "zh_CN"}
GERMANY = {"en": "Germany", "zh": "德国"}
DESK, PHONE = 1400, 390
WINDOWS = ((LOGIN, DESK), (MANAGER, DESK), (LOGIN, PHONE))
HERO = "Nordwind Outdoor"
UNFINISHED = "Lone Mesa Workwear"
SCENES: dict[str, "Scene"] = {}


def scene(name: str, width: int = DESK, height: int = 0, login: str = LOGIN):
    """Register a function that brings the screen to what the picture shows."""

    def register(function):
        SCENES[name] = Scene(name, width, height, login, function)
        return function

    return register


@dataclass
class Scene:
    name: str
    width: int
    height: int
    login: str
    play: Callable


class Camera(Screen):
    """A screen with what only pictures need."""

    def call(self, model: str, method: str, *args, **kwargs):
        """Call a method as the user who is logged in."""
        body = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.page.request.post(
            f"{self.url}/web/dataset/call_kw", data={"params": body}
        ).json()
        if "error" in answer:
            raise RuntimeError(answer["error"]["data"]["message"])
        return answer["result"]

    def find(self, model: str, domain: list) -> int:
        return self.call(model, "search", domain, limit=1)[0]

    def customer(self, name: str) -> int:
        return self.find("followup.customer", [["name", "ilike", name]])

    def scheme(self) -> int:
        """The policy scheme of the demonstration company."""
        return self.find("followup.tier.scheme", [["is_policy", "=", True]])

    def open_file(self, tab: str = "", name: str = HERO) -> None:
        self.go(f"customers-follow-up/{self.customer(name)}", ".o_form_renderer")
        if tab:
            self.open_tab(tab)

    def show_all(self) -> None:
        """Take the filters away."""
        for _facet in range(self.page.locator(".o_facet_remove").count()):
            self.page.locator(".o_facet_remove").first.click()
        expect(self.page.locator(".o_facet_remove")).to_have_count(0)

    def discard(self) -> None:
        """Leave nothing behind that Odoo would save."""
        button = self.page.locator(".o_form_status_indicator .o_form_button_cancel")
        if button.is_visible():
            button.click()

    def settle(self) -> None:
        """Wait until pictures and fonts are there and nothing moves."""
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.page.wait_for_function(
            "[...document.images].every((image) => image.complete"
            " || image.getBoundingClientRect().top > window.innerHeight)"
        )
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.activeElement && document.activeElement.blur()")
        self.page.wait_for_timeout(600)

    def shoot(self, path: Path) -> None:
        self.settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, animations="disabled", caret="hide")


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


def take_sheet(camera, lang: str, path: Path) -> None:
    """The first page of the printed sheet, as a picture."""
    report = (
        f"{camera.url}/report/pdf/followup_crm.customer_sheet/{camera.customer(HERO)}"
    )
    report += f'?context={{"lang":"{lang}"}}'
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "sheet.pdf"
        pdf.write_bytes(camera.page.request.get(report).body())
        command = ["pdftoppm", "-png", "-r", "100", "-f", "1", "-l", "1"]
        command += ["-singlefile", str(pdf), str(path.with_suffix(""))]
        subprocess.run(command, check=True)


def wanted_here(wanted: list[str], login: str, width: int) -> list[Scene]:
    return [
        scene
        for scene in SCENES.values()
        if (scene.login, scene.width) == (login, width)
        and (not wanted or scene.name in wanted)
    ]


def take(camera, scene: Scene, folder: Path) -> None:
    standard = camera.page.viewport_size
    camera.page.set_viewport_size(
        {"width": scene.width, "height": scene.height or standard["height"]}
    )
    try:
        scene.play(camera)
    except Exception:
        failed = paths.LOG / f"picture-{scene.name}.png"
        camera.page.screenshot(path=failed)
        print(f"{scene.name}: {failed}", file=sys.stderr)
        raise
    camera.shoot(folder / f"{scene.name}.png")
    camera.discard()
    camera.page.set_viewport_size(standard)


def main(url: str, folder: str, *wanted: str) -> None:
    with browser.chromium() as chromium:
        for directory, lang in LANGUAGES.items():
            target = Path(folder) / directory
            for login, width in WINDOWS:
                with browser.window(chromium, width) as page:
                    camera = Camera(page, url, width)
                    camera.log_in(login, login)
                    set_language(camera, login, lang)
                    camera.log_in(login, login)
                    for one in wanted_here(wanted, login, width):
                        take(camera, one, target)
                    if (login, width) == WINDOWS[0] and (
                        not wanted or "sheet" in wanted
                    ):
                        take_sheet(camera, lang, target / "sheet.png")
                    report_errors(camera)


def set_language(camera, login: str, lang: str) -> None:
    """Let the user, and nobody else, have this language."""
    user = camera.find("res.users", [["login", "=", login]])
    camera.call("res.users", "write", [user], {"lang": lang})
    camera.page.context.clear_cookies()


def report_errors(camera) -> None:
    for error in camera.errors:
        print(f"JavaScript: {error}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
