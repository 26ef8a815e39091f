"""The built site in a real browser: what the tests that need one share."""

import functools
import http.server
import os
import shutil
import threading
from contextlib import contextmanager

import pytest
from waiting import PATIENCE, until

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@contextmanager
def serve(folder, handler=Quiet):
    """Serve a folder on a free port of this machine; give its address."""
    handler = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def address(built):
    with serve(built) as address:
        yield address


@contextmanager
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here: nothing was tried in a browser")
    assert CHROMIUM, "CI needs a Chromium: apt-get install chromium"
    with chromium() as browser:
        yield browser


class Visit:
    """A page in the browser, and what it said and asked for."""

    def __init__(self, browser, address, name, *, scheme="light", width=1280, first="", **options):
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        self.context.set_default_timeout(PATIENCE * 1000)
        self.tab = self.context.new_page()
        self.said, self.asked = [], []
        self.tab.on("console", lambda message: self.said.append(message.text))
        self.tab.on("pageerror", lambda error: self.said.append(str(error)))
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.add_init_script(first)  # ahead of the page's own
        self.tab.goto(address + name, wait_until="load")

    def until(self, expression):
        """Wait for the page. Playwright's own `wait_for_function` needs eval, which is refused."""
        until(lambda: self.tab.evaluate(expression), lambda: expression)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()
