"""A headless Chromium, for the tests and for the pictures of the guide."""

import shutil
from contextlib import contextmanager

from .console import Failure

# Below this width Odoo shows its phone layout.
PHONE_WIDTH = 768
HEIGHT = 900
PHONE_HEIGHT = 844
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"]


@contextmanager
def chromium():
    """A running browser; needs the Python packages of the tests."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        raise Failure("Chromium is missing: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(browser, width: int, **options):
    """A fresh window with no memory of others; a narrow one is a phone's."""
    phone = width < PHONE_WIDTH
    context = browser.new_context(
        viewport={"width": width, "height": PHONE_HEIGHT if phone else HEIGHT},
        is_mobile=phone,
        has_touch=phone,
        accept_downloads=True,
        **options,
    )
    try:
        yield context.new_page()
    finally:
        context.close()
