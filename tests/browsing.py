"""Debian's chromium, with nothing of the network in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def started_browser() -> Iterator[Browser]:
    """The browser, ended afterwards."""
    assert shutil.which(CHROMIUM), "run `make system`: it installs Debian's chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def scrolls_aside(tab: Page, selector: str) -> bool:
    """Whether a part moves sideways within two seconds.

    The page forbids scripts, so that waiting for a function of ours cannot be left to the browser.
    """
    for _ in range(40):
        if tab.locator(selector).first.evaluate("part => part.scrollLeft") > 0:
            return True
        tab.wait_for_timeout(50)
    return False
