"""The import of a spreadsheet in the browser: all rows or none."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.support import browser

pytestmark = pytest.mark.journey

ROWS = [("Lindenhof Textil GmbH", "Leipzig"), ("Ostwall Mode AG", "Dresden")]
COUNT = "SELECT count(*) FROM res_partner WHERE name IN ('{}', '{}')"


@pytest.fixture(scope="module")
def user(server):
    return browser.make_user(
        server.database, "imke", "en_US", ["followup_crm.group_user"], []
    )


def upload(screen, name, rows):
    """Hand a workbook with these rows to the import."""
    book = openpyxl.Workbook()
    for row in [("Name", "City"), *rows]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": name, "mimeType": kind, "buffer": stream.getvalue()}
    screen.page.locator("input[name=ufile]").first.set_input_files(file)
    sidebar = screen.page.locator(".o_import_data_sidepanel")
    expect(sidebar).to_contain_text(name)


def press(screen, label):
    panel = screen.page.locator(".o_control_panel")
    panel.get_by_role("button", name=label, exact=True).click()


def count(server):
    return server.database.sql(COUNT.format(*(name for name, _city in ROWS)))[0][0]


def test_all_rows_or_none(open_screen, user, server):
    """P12: One row twice, and nothing is imported; then all of them are."""
    screen = open_screen(user, 1400)
    screen.open_app()
    screen.page.locator(".o_cp_action_menus button").first.click()
    screen.page.locator(".o_import_menu").click()
    screen.page.locator(".o_import_file").wait_for()

    upload(screen, "twice.xlsx", [*ROWS, ROWS[0]])
    press(screen, "Import")
    report = screen.page.locator(".o_import_data_content")
    expect(report).to_contain_text("in the sheet twice")
    assert count(server) == "0"

    upload(screen, "once.xlsx", ROWS)
    press(screen, "Import")
    screen.page.locator(".o_list_renderer").wait_for()
    assert count(server) == "2"
    for name, _city in ROWS:
        expect(screen.page.locator(".o_list_renderer")).to_contain_text(name)
