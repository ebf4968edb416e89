"""A newsletter in a mail program: on the smallest phone, in the dark, and with pictures off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
# Every text with the contrast it has: its colour against the nearest ground below it.
WEAK_TEXTS = """() => {
  const numbers = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map(c => c / 255)
    .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const ground = node => {
    for (let at = node; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || getComputedStyle(node).display === "none") continue;
    const pair = [light(numbers(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
    if (ratio < 4.5) weak.push([node.textContent.trim().slice(0, 40), ratio]);
  }
  return weak;
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("body *")]
  .filter(node => [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim().length > 1))
  .map(node => parseFloat(getComputedStyle(node).fontSize)))"""


@pytest.fixture
def html(root: Path) -> str:
    return (root / "tests/data/mail/issue.html").read_text(encoding="utf-8")


@pytest.fixture(params=["light", "dark"])
def mail(browser: Browser, html: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The issue in light and in dark, with no picture let in and no script of its own."""
    context = browser.new_context(color_scheme=request.param)
    context.route("**/*", lambda route: route.abort())
    page = context.new_page()
    page.set_content(html)
    yield page
    context.close()


@pytest.mark.parametrize("width", [320, 390, 720])
def test_nobody_scrolls_sideways(mail: Page, width: int) -> None:
    mail.set_viewport_size({"width": width, "height": 800})

    content, window = mail.evaluate(WIDTHS)

    assert content <= window


def test_every_word_can_be_read(mail: Page) -> None:
    assert mail.evaluate(WEAK_TEXTS) == []


def test_nothing_is_smaller_than_sixteen(mail: Page) -> None:
    assert mail.evaluate(SMALLEST) == 16


def test_a_picture_that_is_not_shown_is_told(mail: Page) -> None:
    pictures = mail.get_by_role("img")

    assert [pictures.nth(number).get_attribute("alt") for number in range(pictures.count())] == [
        "En gryde suppe på et langt bord"
    ]


def test_dates_are_lists_below_the_headings_of_their_days(mail: Page) -> None:
    days = mail.get_by_role("heading", level=3).all_inner_texts()

    assert days == ["Mandag den 23. november", "Tirsdag den 24. november"]
    assert mail.get_by_role("list").count() == 5
    assert mail.get_by_role("table").count() == 0
