"""A browser for the journeys, and a picture of the screen where one fails."""

import re

import pytest
from local import browser

from tests.support import browser as people


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


@pytest.fixture
def open_screen(request, chromium, server):
    """Return a function that opens a window for a user, who is logged in.

    A journey on which the web client raised an error in JavaScript fails.
    """
    opened = []
    managers = []

    def open_one(user, width):
        manager = people.window(chromium, width)
        page = manager.__enter__()
        managers.append(manager)
        request.node.journey_page = page
        screen = people.Screen(page, server.url, user, width)
        opened.append(screen)
        screen.log_in()
        return screen

    yield open_one
    errors = [error for screen in opened for error in screen.errors]
    for manager in managers:
        manager.__exit__(None, None, None)
    assert errors == []
