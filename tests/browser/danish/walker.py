"""Somebody who goes from screen to screen and notes what is not Danish."""

import os
import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Dialog, Error, Locator, Page

from tests.harness.english import english
from tests.harness.said import said_at, said_by

LOGOUT = "/admin/logout/"
PICTURES = os.environ.get("BROWSER_PICTURES", "")


class Walker:
    """A browser's page, and the English it met: `met[text]` is where it was seen first."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.met: dict[str, str] = {}
        self.seen: set[str] = set()
        self.faults: list[str] = []
        page.on("dialog", self._answer)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def go(self, path: str, status: int = 200) -> None:
        """Go to an address, which must answer with `status`, and read it."""
        answer = self.page.goto(path)
        assert answer is not None
        if answer.status != status:
            self.faults.append(f"{path} answered {answer.status}")
        self.read(path)

    def glance(self, path: str, status: int = 200) -> None:
        """Read what the server sends for an address, without showing it: quicker by far."""
        texts, answered = said_at(self.page, path)
        if answered != status:
            self.faults.append(f"{path} answered {answered}")
        self._note(texts, path)
        if PICTURES:
            self._show(path)

    def read(self, place: str) -> None:
        """Note the English that the page holds now, under the name `place`."""
        self._note(said_by(self.page), place)
        if PICTURES:
            self._take_picture(place)

    def menu(self) -> list[str]:
        """Return the addresses behind the admin's menu."""
        found = self.page.locator("#wagtail-sidebar a[href], .sidebar a[href]")
        paths = found.evaluate_all("links => links.map(link => link.getAttribute('href'))")
        return sorted({path for path in paths if path.startswith("/admin/")} - {LOGOUT})

    def found(self) -> list[str]:
        """Return a line for each English text and for each page that did not come."""
        return [*self.faults, *(f"{place}: {text}" for text, place in self.met.items())]

    def press(self, selector: str, place: str, times: int) -> None:
        """Press what `selector` finds, up to `times` of them, and read what comes."""
        for number, button in enumerate(self.page.locator(selector).all()[:times], 1):
            if button.is_visible():
                self.press_one(button)
                self.read(f"{place} {number}")

    def press_one(self, button: Locator) -> None:
        button.scroll_into_view_if_needed()
        button.click()
        self.page.wait_for_timeout(150)

    def _show(self, path: str) -> None:
        with suppress(Error):  # a file is downloaded, not shown
            answer = self.page.goto(path)
            if answer and "html" in answer.headers.get("content-type", ""):
                self._take_picture(path)

    def _take_picture(self, place: str) -> None:
        name = re.sub(r"\W+", "_", place).strip("_")[:80] or "home"
        self.page.wait_for_timeout(400)
        self.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

    def _note(self, texts: set[str], place: str) -> None:
        for text in texts - self.seen:
            self.seen.add(text)
            if english().found_in(text):
                self.met[text] = place

    def _answer(self, dialog: Dialog) -> None:
        if english().found_in(dialog.message):
            self.met[dialog.message] = "a question of the browser"
        dialog.accept()
