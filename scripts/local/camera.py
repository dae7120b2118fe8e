"""The scenes of the pictures, and the camera that plays them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from .webclient import Screen

# The key account manager of the demonstration data: sees all customers, and may
# reveal personal data. The password of each of them is the login.
LOGIN = "lena"
# Sets up the classification and tries other limits.
MANAGER = "grace"
# Answers complaints.
OFFICER = "zhou"
DESK, PHONE = 1400, 390
HERO = "Nordwind Outdoor"
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
