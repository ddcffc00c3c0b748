"""A browser without a network, for tests of pages."""

import hashlib
import shutil
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_CHROMIUM = shutil.which("chromium")
_OPTIONS = """
    --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync
"""
_AXE = Path(sys.prefix, "consumers", "axe-core-4.14.1.tgz")
_AXE_SHA256 = "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745"

needs_chromium = pytest.mark.skipif(
    _CHROMIUM is None, reason="needs Chromium: apt-get install chromium"
)
needs_axe = pytest.mark.skipif(
    not _AXE.exists(), reason="needs axe-core, which `make test` fetches by npm"
)

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


class OpenPage(NamedTuple):
    """A page that is open.

    Attributes:
        page: The page.
        problems: The messages of the console, and the requests to a network.
    """

    page: Page
    problems: list[str]


@contextmanager
def launch_chromium() -> Iterator[Browser]:
    """Launch a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_OPTIONS.split())
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def open_page(browser: Browser, url: str, **options: Any) -> Iterator[OpenPage]:
    """Open a page; `options` are those of a browser context."""
    context = browser.new_context(**({"viewport": DESKTOP, "offline": True} | options))
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url == page.url.split("#")[0] or page.url == "about:blank"
        else problems.append(request.url),
    )  # fmt: skip
    try:
        page.goto(url)
        yield OpenPage(page, problems)
    finally:
        context.close()


def axe_script() -> str:
    """Read the script that checks a page for accessibility."""
    assert hashlib.sha256(_AXE.read_bytes()).hexdigest() == _AXE_SHA256
    with tarfile.open(_AXE) as package:
        file = package.extractfile("package/axe.min.js")
        assert file
        return file.read().decode()


def violations(page: Page, *rules: str) -> list[str]:
    """List the accessibility problems that axe finds by rules, by default all, of any impact."""
    page.evaluate(axe_script())
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    found = page.evaluate("axe.run", options | ({"runOnly": rules} if rules else {}))
    return [
        f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]
    ]
