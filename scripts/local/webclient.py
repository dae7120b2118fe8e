"""A person at a screen: a page of the web client, worked with by names, not by texts.

Needs the Python packages of the tests.
"""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from .browser import PHONE_WIDTH

PATIENCE_MS = 20_000
APP = "followup_crm.followup_menu"
RECORD = ".o_kanban_record:not(.o_kanban_ghost)"


class Screen:
    """The web client as one user sees it, at one width."""

    def __init__(self, page: Page, url: str, width: int):
        self.page = page
        self.url = url
        self.is_phone = width < PHONE_WIDTH
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    # === WHERE ONE IS === #

    def log_in(self, login: str, password: str) -> None:
        self.page.goto(f"{self.url}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.locator("form.oe_login_form button[type=submit]").click()
        self.page.locator(".o_main_navbar").wait_for()

    def go(self, path: str, wait_for: str) -> None:
        """Open an address of the web client."""
        self.page.goto(f"{self.url}/odoo/{path}")
        self.page.locator(wait_for).first.wait_for()

    def open_app(self) -> None:
        """Open the app from the menu of all apps, as a person does; the customers."""
        self.open_today()
        view = ".o_kanban_renderer" if self.is_phone else ".o_list_renderer"
        self.go("customers-follow-up", view)

    def open_today(self) -> None:
        """Open the app where it opens: on the work list of the day."""
        if self.is_phone:
            self.page.locator(".o_menu_toggle").click()
            self.page.locator(".o_sidebar_topbar a").click()
        else:
            self.page.locator(".o_navbar_apps_menu button").click()
        self.page.locator(f'.o_app[data-menu-xmlid="{APP}"]').click()
        self.page.locator(".o_followup_today").wait_for()

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
        """Return a field's widget: in the dialog, as long as one is open."""
        widget = f'.o_field_widget[name="{name}"]'
        dialog = ".modal-content"
        form = f"body:not(:has({dialog})) .o_form_view"
        return self.page.locator(f"{dialog} {widget}, {form} {widget}").first

    def fill(self, name: str, value: str) -> None:
        entry = self.field(name).locator("input, textarea").first
        entry.fill(value)
        entry.press("Tab")

    def choose(self, name: str, text: str) -> None:
        """Choose a record by its name: from a list below, on a phone from a page."""
        entry = self.field(name).locator("input").first
        entry.click()
        if self.is_phone:
            return self._choose_from_page(text)
        entry.press_sequentially(text, delay=30)
        options = self.page.locator(".o-autocomplete--dropdown-item:visible")
        options.filter(has_text=text).first.click()

    def _choose_from_page(self, text: str) -> None:
        dialog = self.page.locator(".modal-content:visible").last
        self._search_in(dialog, text)
        dialog.locator(RECORD, has_text=text).first.click()
        expect(dialog).to_have_count(0)

    def value(self, name: str) -> str:
        """Return what a field shows, whether it can be changed or not."""
        widget = self.field(name)
        entry = widget.locator("input, textarea")
        shown = entry.first.input_value() if entry.count() else widget.inner_text()
        return shown.strip()

    def expect_stat(self, name: str, value: str) -> None:
        """Wait for a figure on a button above the form; a phone keeps them folded."""
        if self.is_phone:
            self.page.locator(".o-form-buttonbox .o_button_more").click()
        figure = self.page.locator(f'.oe_stat_button [name="{name}"]:visible')
        expect(figure.locator(".o_stat_value")).to_have_text(value)
        if self.is_phone:
            self.page.keyboard.press("Escape")
            expect(figure).to_have_count(0)

    def press(self, name: str) -> None:
        """Press the button of that method; a phone keeps some in a menu of the head."""
        button = self.page.locator(f'.o_form_view button[name="{name}"]:visible').first
        menu = self.page.locator(".o_statusbar_buttons .dropdown-toggle:visible")
        if self.is_phone and not button.count() and menu.count():
            menu.click()
            # The menu is a sheet that slides in from below.
            entry = self.page.locator(f'.o-dropdown--menu button[name="{name}"]')
            entry.evaluate("entry => entry.click()")
        else:
            button.click()

    def save(self) -> None:
        self.page.locator(".o_form_status_indicator .o_form_button_save").click()
        self.page.locator(".o_form_saved").wait_for()

    def save_dialog(self) -> None:
        dialog = self.page.locator(".modal-content:visible")
        dialog.locator("footer .o_form_button_save:visible").first.click()
        expect(dialog).to_have_count(0)

    def confirm(self) -> None:
        """Press the first button of the dialog, and wait until it is gone."""
        dialog = self.page.locator(".modal-content")
        dialog.locator("footer .btn-primary:visible").first.click()
        expect(dialog).to_have_count(0)

    def open_tab(self, name: str) -> None:
        self.page.locator(f'.o_notebook a[name="{name}"]').click()

    # === FINDING === #

    def search(self, text: str) -> None:
        """Search with the first thing that the search bar offers."""
        self._search_in(self.page, text)

    def _search_in(self, place, text: str) -> None:
        bar = place.locator(".o_searchview_input:visible")
        if self.is_phone and not bar.count():
            place.locator(".o_control_panel_navigation button:has(.fa-search)").click()
        bar.fill(text)
        self.page.locator(".o_searchview_autocomplete").wait_for()
        bar.press("Enter")
        expect(place.locator(".o_searchview_facet").last).to_contain_text(text)

    def open_row(self, text: str) -> None:
        """Open the only record that is shown; it must contain the text."""
        rows = self.page.locator(RECORD if self.is_phone else ".o_data_row")
        expect(rows).to_have_count(1)
        expect(rows.first).to_contain_text(text)
        target = rows.first if self.is_phone else rows.first.locator(".o_data_cell")
        target.first.click()
        self.page.locator(".o_form_renderer").wait_for()

    # === PAPER === #

    def download_by_menu(self, label: str) -> Path:
        """Choose an entry of the form's gear menu and return the file that arrives."""
        self.page.locator(".o_cp_action_menus button").first.click()
        entry = self._menu_entry(label)
        if not entry.count():
            # On a phone the menu is a sheet that slides in, maybe below the screen.
            prints = self.page.locator(".o-dropdown--menu button:has(.fa-print)")
            prints.evaluate("entry => entry.click()")
        with self.page.expect_download() as waiting:
            self._menu_entry(label).evaluate("entry => entry.click()")
        return waiting.value.path()

    def _menu_entry(self, label: str):
        self.page.locator(".o-dropdown--menu .o_menu_item").first.wait_for()
        exactly = re.compile(rf"^\s*{re.escape(label)}\s*$")
        return self.page.locator(".o-dropdown--menu .o_menu_item", has_text=exactly)

    def language(self) -> str:
        """Return the language in which the web client speaks, as en-US."""
        return self.page.evaluate("luxon.Settings.defaultLocale")
