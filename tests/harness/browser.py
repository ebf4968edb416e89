"""Playwright fixtures: a Danish visitor whose browser may ask our own server only."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.harness.chromium import get_chromium

BROWSER_FIXTURES = {"browser", "page", "site_url"}
OWN_HOSTS = {"localhost", "127.0.0.1", None}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of this process."""
    chromium = get_chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium.path, args=list(chromium.arguments)
        )
        yield started
        started.close()


@pytest.fixture
def site_url(live_server: object) -> str:
    """The running site's address, without a slash at the end."""
    return str(live_server)


@pytest.fixture
def strangers() -> list[str]:
    """Addresses of other hosts that the page asked for; must be empty when the test ends."""
    return []


@pytest.fixture
def page(browser: Browser, site_url: str, strangers: list[str]) -> Iterator[Page]:
    """A page of a visitor in Denmark; fails the test on a request to another host."""
    context = browser.new_context(
        locale="da-DK", timezone_id="Europe/Copenhagen", base_url=site_url
    )

    def watch(request: Request) -> None:
        if is_stranger(request.url):
            strangers.append(request.url)

    context.on("request", watch)
    context.route(is_stranger, lambda route: route.abort())
    yield context.new_page()
    context.close()
    assert strangers == []


def is_stranger(url: str) -> bool:
    return urlsplit(url).hostname not in OWN_HOSTS
