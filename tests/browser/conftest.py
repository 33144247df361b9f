"""A real Chromium and real servers on 127.0.0.1, each stopped by the test that started it."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.site.builds import Built

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; `hub test` decides when it may be missing and says so loudly."""
    if not CHROMIUM:
        if os.environ.get("HUB_NO_BROWSER") and not os.environ.get("CI"):
            pytest.skip("no browser on this machine")
        pytest.fail("Chromium is missing: run `python3 scripts/hub.py test`, which installs it or says how")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def served(public: Built) -> Iterator[str]:
    """The public site over http: its address, ending in a slash."""
    yield from _serve(public.folder)


@pytest.fixture(scope="session")
def served_staff(staff: Built) -> Iterator[str]:
    """The staff site over http."""
    yield from _serve(staff.folder)


def _serve(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()
