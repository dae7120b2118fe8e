"""A person at a screen: a page of the web client, worked with by names, not by texts."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local import browser, paths
from playwright.sync_api import Page, expect

SHOTS = paths.LOCAL / "screenshots"
PATIENCE_MS = 20_000
APP = "followup_crm.followup_menu"
HEIGHT = 900
PHONE_HEIGHT = 844
PASSWORD = "a-long-enough-passphrase"


@dataclass
class User:
    """Someone who may log in; the names of what can be chosen in his or her words."""

    login: str
    lang: str
    labels: dict[str, str]


MAKE_USER = """
user = env["res.users"].search([("login", "=", {login!r})]) or env["res.users"].create(
    {{
        "name": {name!r},
        "login": {login!r},
        "password": {password!r},
        "lang": {lang!r},
        "odoobot_state": "disabled",
        "group_ids": [(6, 0, [env.ref(name).id for name in {groups!r}])],
    }}
)
here = env(context={{"lang": user.lang}})
return {{name: here.ref(name).display_name for name in {wanted!r}}}
"""


def make_user(database, name: str, lang: str, groups: list[str], wanted: list[str]):
    """Return a user with exactly these groups, and the names of the wanted records."""
    login = f"{name}_{lang}".lower()
    code = MAKE_USER.format(
        name=name.title(),
        login=login,
        password=PASSWORD,
        lang=lang,
        groups=groups,
        wanted=wanted,
    )
    return User(login, lang, database.shell(code))


@contextmanager
def window(chromium, width: int):
    """A fresh browser window of that width; a narrow one is a phone's."""
    height = PHONE_HEIGHT if width < browser.PHONE_WIDTH else HEIGHT
    with browser.window(chromium, width, height) as page:
        page.set_default_timeout(PATIENCE_MS)
        yield page


class Screen:
    """The web client as one user sees it, at one width."""

    def __init__(self, page: Page, url: str, user: User, width: int):
        self.page = page
        self.url = url
        self.user = user
        self.width = width
        self.is_phone = width < browser.PHONE_WIDTH
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    # === WHERE ONE IS === #

    def log_in(self) -> None:
        self.page.goto(f"{self.url}/web/login")
        self.page.fill("input[name=login]", self.user.login)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("form.oe_login_form button[type=submit]").click()
        self.page.locator(".o_main_navbar").wait_for()

    def open_app(self) -> None:
        """Open the app from the menu of all apps, as a person does."""
        if self.is_phone:
            self.page.locator(".o_menu_toggle").click()
            self.page.locator(".o_sidebar_topbar a").click()
        else:
            self.page.locator(".o_navbar_apps_menu button").click()
        self.page.locator(f'.o_app[data-menu-xmlid="{APP}"]').click()
        view = ".o_kanban_renderer" if self.is_phone else ".o_list_renderer"
        self.page.locator(view).wait_for()

    def fits(self) -> bool:
        """Return whether the page needs no scrolling to the side."""
        return self.page.evaluate(
            "document.scrollingElement.scrollWidth <= window.innerWidth"
        )

    # === FORMS === #

    def new(self) -> None:
        button = ".o-kanban-button-new" if self.is_phone else ".o_list_button_add"
        self.page.locator(f".o_control_panel {button}").first.click()
        self.page.locator(".o_form_renderer").wait_for()

    def field(self, name: str):
        """Return a field's widget: in the dialog, if one is open."""
        dialog = self.page.locator(".modal-content:visible")
        place = dialog if dialog.count() else self.page.locator(".o_form_view")
        return place.locator(f'.o_field_widget[name="{name}"]').first

    def fill(self, name: str, value: str) -> None:
        entry = self.field(name).locator("input, textarea").first
        entry.fill(value)
        entry.press("Tab")

    def choose(self, name: str, text: str) -> None:
        """Choose a record whose name begins with the text."""
        entry = self.field(name).locator("input").first
        entry.click()
        entry.press_sequentially(text, delay=30)
        options = self.page.locator(".o-autocomplete--dropdown-item:visible")
        options.filter(has_text=re.compile(re.escape(text))).first.click()

    def value(self, name: str) -> str:
        """Return what a field shows, whether it can be changed or not."""
        widget = self.field(name)
        entry = widget.locator("input, textarea")
        shown = entry.first.input_value() if entry.count() else widget.inner_text()
        return shown.strip()

    def press(self, name: str) -> None:
        """Press the button of that method in the head of the form."""
        self.page.locator(f'.o_form_view button[name="{name}"]:visible').first.click()

    def save(self) -> None:
        self.page.locator(".o_form_status_indicator .o_form_button_save").click()
        self.page.locator(".o_form_saved").wait_for()

    def save_dialog(self) -> None:
        dialog = self.page.locator(".modal-content:visible")
        dialog.locator("footer .o_form_button_save:visible").first.click()
        expect(dialog).to_have_count(0)

    def open_tab(self, name: str) -> None:
        self.page.locator(f'.o_notebook a[name="{name}"]').click()

    # === FINDING === #

    def search(self, text: str) -> None:
        """Search with the first thing that the search bar offers."""
        bar = self.page.locator(".o_searchview_input")
        if self.is_phone and not bar.count():
            self.page.locator(".o_control_panel_navigation .oi-search").click()
        bar.fill(text)
        expect(self.page.locator(".o_searchview_autocomplete")).to_be_visible()
        bar.press("Enter")
        expect(self.page.locator(".o_searchview_facet").last).to_contain_text(text)

    def open_row(self, text: str) -> None:
        """Open the only record that is shown; it must contain the text."""
        rows = self.page.locator(
            ".o_kanban_record:not(.o_kanban_ghost)" if self.is_phone else ".o_data_row"
        )
        expect(rows).to_have_count(1)
        expect(rows.first).to_contain_text(text)
        target = rows.first if self.is_phone else rows.first.locator(".o_data_cell")
        target.first.click()
        self.page.locator(".o_form_renderer").wait_for()

    # === PAPER === #

    def download_by_menu(self, xmlid: str) -> Path:
        """Choose an entry of the form's gear menu and return the file that arrives."""
        label = self.user.labels[xmlid]
        self.page.locator(".o_cp_action_menus button").first.click()
        entry = self._menu_entry(label)
        if not entry.count():
            prints = self.page.locator(".o-dropdown--menu button:has(.fa-print)")
            prints.click()
        with self.page.expect_download() as waiting:
            self._menu_entry(label).click()
        return waiting.value.path()

    def _menu_entry(self, label: str):
        self.page.locator(".o-dropdown--menu .o_menu_item").first.wait_for()
        exactly = re.compile(rf"^\s*{re.escape(label)}\s*$")
        return self.page.locator(".o-dropdown--menu .o_menu_item", has_text=exactly)

    def language(self) -> str:
        """Return the language in which the web client speaks, as en-US."""
        return self.page.evaluate("luxon.Settings.defaultLocale")
