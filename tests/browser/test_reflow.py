"""Small screens, big text, paper: everything is still there and nobody scrolls sideways."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

WIDTH = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
# The four settings of WCAG 2.2, 1.4.12. A sheet made by script is not the page's own, so the
# content security policy lets it in.
MORE_SPACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""


def too_wide(page, addresses, prepare=None):
    """Return the pages wider than the window, with both widths in px."""
    found = {}
    for address in addresses:
        page.goto(address)
        if prepare:
            page.evaluate(prepare)
        content, window = page.evaluate(WIDTH)
        if content > window:
            found[address] = (content, window)
    return found


def set_window(page, width):
    page.set_viewport_size({"width": width, "height": 800})


@pytest.mark.parametrize("width", [256, 320, 390, 768, 1280])
def test_no_page_is_wider_than_the_window(page, town, width):
    set_window(page, width)

    assert too_wide(page, town) == {}


def test_no_page_is_wider_than_a_phone_with_more_space_in_the_text(page, town):
    set_window(page, 320)

    assert too_wide(page, town, MORE_SPACE) == {}


def test_no_page_is_wider_than_the_window_with_letters_twice_as_big(page, town):
    set_window(page, 640)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.enable")
    devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 32}})

    assert too_wide(page, town) == {}
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"


def test_opening_hours_stay_on_one_line_on_the_smallest_phone(page, town):
    set_window(page, 320)
    page.goto(next(address for address in town if "medborgerhuset" in address))

    lines = page.locator(".hours-time").evaluate_all(
        """times => times.map(time =>
             Math.round(time.offsetHeight / parseFloat(getComputedStyle(time).lineHeight)))"""
    )

    assert lines == [1] * 7


def test_paper_has_the_content_and_its_address_but_nothing_to_press(page, town):
    page.emulate_media(media="print")
    page.goto(next(address for address in town if "faellesspisning-og" in address))

    seen = {
        name: page.locator(name).first.is_visible()
        for name in ("h1", ".facts", ".dates", ".printed-address", ".nav", ".actions-big", "#del")
    }

    assert seen == {
        "h1": True,
        ".facts": True,
        ".dates": True,
        ".printed-address": True,
        ".nav": False,
        ".actions-big": False,
        "#del": False,
    }
