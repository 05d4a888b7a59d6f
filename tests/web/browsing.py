"""The pages in a browser: a server beside the test, and what a page did that it should not."""

import contextlib
import shutil
import threading
import time
from urllib.parse import urlsplit

import pytest
import uvicorn

from dragoman.web.app import create_app
from dragoman.web.desk import Desk
from dragoman.web.server import _listening
from dragoman.web.settings import settings

CHROMIUM = shutil.which("chromium")


@contextlib.contextmanager
def served(record, **options):
    """The address of a server over a record."""
    told = settings(port=0, **options)
    with _listening(told) as listener:
        config = uvicorn.Config(create_app(lambda: Desk(record), told), log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def browser():
    """Chromium, as the system has it."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium on the path")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield started
        finally:
            started.close()


class Visit:
    """A tab that notes messages, dialogs, failures, and requests that leave the server.

    Args:
        browser: the browser.
        base: the server's address.
        options: of the tab: viewport, color_scheme.
    """

    def __init__(self, browser, base, **options):
        self.base, self.faults = base, []
        self.page = browser.new_context(**options).new_page()
        self.page.on("console", lambda message: self._fault(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self._fault(f"error: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)
        self.page.on("popup", lambda _: self._fault("popup"))

    def _fault(self, what):
        self.faults.append((self.page.url, what))

    def _dialog(self, dialog):
        self._fault(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request):
        if urlsplit(request.url).netloc != urlsplit(self.base).netloc:
            self._fault(f"request: {request.url}")

    def _failed(self, request):
        # What is still on its way when the next page is opened is let go.
        if request.failure != "net::ERR_ABORTED":
            self._fault(f"failed: {request.url}")

    def go(self, address):
        """Open a page; the answer's status."""
        return self.page.goto(self.base + address).status

    def wide(self):
        """How far the page reaches beyond the screen, in pixels."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
