"""A browser for the journeys, and a picture of the screen where one fails."""

import re
from contextlib import ExitStack

import pytest
from local import browser, databases, webclient

from tests.support import browser as people
from tests.support import database


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    page = getattr(item, "journey_page", None)
    if report.when == "call" and report.failed and page:
        people.SHOTS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w-]+", "_", item.name).strip("_")
        path = people.SHOTS / f"{name}.png"
        page.screenshot(path=path, animations="disabled")
        report.sections.append(("screen", f"{path}\n{page.url}"))
    return report


@pytest.fixture(scope="session")
def chromium():
    with browser.chromium() as running:
        yield running


@pytest.fixture(scope="session")
def server(make_database):
    """A running server; a database with the module, in English and Chinese."""
    made = make_database.copy("journeys")
    made.install("--load-language", databases.LANGUAGES)
    with database.Server(made) as running:
        yield running


@pytest.fixture
def open_screen(request, chromium, server):
    """Return a function that opens a window for a user, who is logged in.

    A journey on which the web client raised an error in JavaScript fails.
    """
    screens = []
    with ExitStack() as windows:

        def open_one(user, width):
            page = windows.enter_context(browser.window(chromium, width))
            request.node.journey_page = page
            screens.append(webclient.Screen(page, server.url, width))
            screens[-1].log_in(user.login, people.PASSWORD)
            return screens[-1]

        yield open_one
        assert [error for screen in screens for error in screen.errors] == []


@pytest.fixture
def open_window(request, chromium):
    """Return a function that opens a plain window, as a customer has it.

    A journey on which a page raised an error in JavaScript fails.
    """
    errors = []
    with ExitStack() as windows:

        def open_one(width):
            page = windows.enter_context(browser.window(chromium, width))
            request.node.journey_page = page
            page.set_default_timeout(webclient.PATIENCE_MS)
            page.on("pageerror", lambda error: errors.append(str(error)))
            return page

        yield open_one
        assert errors == []
