"""Takes the pictures of `docs/tour.md` from the example: `python docs/pictures.py`.

It needs the development group and a Chromium on the path.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from dragoman.config import Config
from dragoman.pipeline import build
from dragoman.web.app import create_app
from dragoman.web.desk import Desk
from dragoman.web.settings import settings

HERE = Path(__file__).parent
REPORTS = HERE.parent / "examples" / "reports"
PORT = 8399
SIZE = {"width": 1080, "height": 620}


def words(page: Page) -> None:
    """Follow the first citation of the latest talks."""
    page.locator("main .cite").first.click()
    page.wait_for_url(re.compile("words="))


def matrix(page: Page) -> None:
    """Show the table and not the head of the page."""
    page.locator(".matrix").scroll_into_view_if_needed()


# Name of the picture, address, what is done before it is taken, light or dark.
TAKEN: tuple[tuple[str, str, Callable[[Page], None] | None, str], ...] = (
    ("stands", "/", None, "light"),
    ("words", "/", words, "light"),
    ("positions", "/positions", matrix, "light"),
    ("comparisons", "/comparisons?verdict=compatible", None, "light"),
    ("copies", "/copies", None, "dark"),
    ("review", "/review", None, "light"),
)


def main() -> None:
    """Build the example, serve it, take the pictures."""
    chromium = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        record = Path(scratch, "example.db")
        build([str(REPORTS)], record, Config())
        app = create_app(lambda: Desk(record), settings(edit=True, who="Lea"))
        server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="warning"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, address, before, scheme in TAKEN:
            page = browser.new_page(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(f"http://127.0.0.1:{PORT}{address}")
            if before is not None:
                before(page)
            page.screenshot(path=HERE / "tour" / f"{name}.png")
            page.close()
        browser.close()
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
