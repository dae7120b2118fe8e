"""Take the pictures: each scene is a short walk through the web client.

Run in the environment of the tests: address of the server, folder for the
pictures, and the names of the pictures that are wanted (all, if none is named).
"""

import subprocess
import sys
import tempfile
from pathlib import Path

# The scenes register themselves.
from . import (  # noqa: F401
    browser,
    paths,
    scenes_customer,
    scenes_manager,
    scenes_service,
    scenes_tier,
    scenes_tracking,
    scenes_work,
)
from .camera import DESK, HERO, LOGIN, MANAGER, OFFICER, PHONE, SCENES, Camera, Scene

LANGUAGES = {"en": "en_US", "zh_CN": "zh_CN"}
WINDOWS = (
    (LOGIN, DESK),
    (MANAGER, DESK),
    (OFFICER, DESK),
    (LOGIN, PHONE),
    (OFFICER, PHONE),
)


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
    # What the web client still loads would bring the old session's cookie back.
    camera.page.goto("about:blank")
    camera.page.context.clear_cookies()


def report_errors(camera) -> None:
    for error in camera.errors:
        print(f"JavaScript: {error}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
