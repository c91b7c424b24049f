"""``make screenshots``: pictures of the main pages of the demo, at 390 and 1280 px, in test-results/screenshots.

``--readme`` also makes the few that the README shows (docs/images).
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.browser.chromium import FLAGS  # noqa: E402
from tests.browser.conftest import DESK, PHONE  # noqa: E402
from tests.conftest import CHROMIUM  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "test-results" / "screenshots"
IMAGES = ROOT / "docs" / "images"
PORT = 8765
BASE = f"http://localhost:{PORT}"

# name → (who, first page of theirs or a path)
PAGES = {
    "start": ("", "/"),
    "event": ("", "/e/{fair}/"),
    "sign-in": ("", "/accounts/login/code/"),
    "home": ("owner", "/me/"),
    "apply": ("owner", "/e/{fair}/apply/"),
    "own-exhibitor": ("owner", "/exhibitors/1/"),
    "overview": ("organiser", "/e/{fair}/manage/"),
    "applications": ("organiser", "/e/{fair}/manage/exhibitors/"),
    "figures": ("organiser", "/e/b2b-2019/manage/figures/"),
    "plan": ("organiser", "/plans/1/"),
    "follow-up": ("reader", "/plans/1/follow-up/2019/"),
    "night": ("", "/e/{night}/"),
    "night-programme": ("organiser", "/e/{night}/manage/programme/"),
    "stations": ("organiser", "/e/{night}/manage/stations/"),
    "schools": ("organiser", "/e/{night}/manage/schools/"),
    "allocation": ("organiser", "/e/{night}/manage/allocation/"),
    "booking": ("teacher", "/me/"),
    "night-figures": ("organiser", "/e/industrinatten-2019/manage/figures/"),
    "ticket": ("visitor", ""),
    "desk": ("door", ""),
    "board": ("organiser", "/e/b2b-2019/door/board/"),
    "practice": ("organiser", "/e/{fair}/door/practice/"),
}
README = {
    "start": DESK,
    "applications": DESK,
    "allocation": DESK,
    "follow-up": DESK,
    "night": PHONE,
    "ticket": PHONE,
    "board": DESK,
}


def coming() -> dict[str, str]:
    """The addresses of the coming fair and evening, as the start page links to them."""
    with urllib.request.urlopen(f"{BASE}/") as page:
        slugs = [part.split("/")[0] for part in page.read().decode().split("/e/")[1:]]
    begins = {"fair": "b2b-20", "night": "industrinatten-20"}
    return {kind: next(s for s in slugs if s.startswith(start) and "2019" not in s) for kind, start in begins.items()}


def take(browser: Browser, slugs: dict[str, str], size: tuple[int, int], readme: bool) -> None:
    for name, (who, path) in PAGES.items():
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1)
        page = context.new_page()
        if who:
            page.goto(f"{BASE}/demo/{who}/")
        if path:
            page.goto(BASE + path.format(**slugs))
        page.wait_for_load_state("networkidle")
        page.screenshot(path=OUT / f"{name}-{size[0]}.png", full_page=True)
        if readme and README.get(name) == size:
            page.screenshot(path=IMAGES / f"{name}.png")
        context.close()


def take_door(browser: Browser, readme: bool) -> None:
    """The app on a phone: paired by the desk's own button, then the ticket of the demo's visitor."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, device_scale_factor=1)
    page = context.new_page()
    page.goto(f"{BASE}/demo/visitor/")
    code = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.goto(f"{BASE}/demo/door/")
    page.locator("details:has(form[action*=here]) summary").click()
    page.locator("form[action*=here] button[type=submit]").click()
    for name, act in {
        "door-paired": lambda: page.locator("html[data-page=paired]").wait_for(),
        "door-scan": lambda: page.locator("[data-part=begin]").click(),
        "door": lambda: type_code(page, code),
    }.items():
        act()
        page.wait_for_timeout(700)
        page.screenshot(path=OUT / f"{name}-{PHONE[0]}.png")
    if readme:
        page.screenshot(path=IMAGES / "door.png")
    context.close()


def type_code(page: Page, code: str) -> None:
    page.get_by_role("button", name="Skriv kod").click()
    page.locator("[data-part=typed] input").first.fill(code)
    page.keyboard.press("Enter")
    page.locator("[data-part=verdict]:not([hidden])").wait_for()


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "TORGET_DEMO": "1",
            "TORGET_VAR_DIR": var,
            "TORGET_MODE": "local",
        }
        demo = subprocess.Popen([sys.executable, "manage.py", "demo", "--port", str(PORT)], cwd=ROOT, env=env)
        try:
            for _ in range(200):
                try:
                    urllib.request.urlopen(f"{BASE}/healthz").close()
                    break
                except OSError:
                    time.sleep(0.3)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                for size in (PHONE, DESK):
                    take(browser, coming(), size, "--readme" in sys.argv)
                take_door(browser, "--readme" in sys.argv)
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(30)
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}")  # noqa: T201


if __name__ == "__main__":
    main()
