"""A visitor: keyboard only, no JavaScript, nothing kept, nothing that jumps."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

STOP = """() => {
  const stop = document.activeElement, style = getComputedStyle(stop);
  if (stop === document.body) return null;
  const frame = stop.closest(".search") || stop;
  return {
    html: stop.outerHTML.slice(0, 80),
    seen: getComputedStyle(frame).outlineStyle !== "none" || style.outlineStyle !== "none",
  };
}"""
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(e => e.value)))
    .observe({type: "layout-shift", buffered: true});
}"""


def stops(page, most=120):
    """Press Tab until the page begins again; return what had the focus, in order."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop in found[:1]:
            return found
        found.append(stop)
    raise AssertionError("Tab never left the page")


def test_the_first_tab_leads_past_the_menu(page, town):
    for address in town:
        page.goto(address)
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.className") == "skip", address
        assert page.locator(".skip").bounding_box()["y"] >= 0, address

        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "indhold", address


@pytest.mark.parametrize("width", [320, 1280])
def test_the_focus_can_be_seen_wherever_tab_leads(page, town, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("/", "/steder/", "/aktiviteter/?periode=idag"):
        page.goto(address)
        found = stops(page)

        assert len(found) > 10, address
        assert [stop["html"] for stop in found if not stop["seen"]] == [], address


def test_nothing_is_kept_about_a_visitor(page, town):
    for address in town:
        page.goto(address)

        kept = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")

        assert kept == ["", 0, 0], address
    assert page.context.cookies() == []


def test_nothing_moves_while_a_page_is_put_together(page, town):
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(f"({SHIFTS})()")
    moved = {}
    for address in town:
        page.goto(address, wait_until="networkidle")
        moved[address] = round(sum(page.evaluate("window.shifts")), 3)

    assert {address: shift for address, shift in moved.items() if shift} == {}


def test_every_page_has_its_content_without_javascript(browser, site_url, town):
    context = browser.new_context(java_script_enabled=False, base_url=site_url)
    page = context.new_page()

    words = {}
    for address in town:
        page.goto(address)
        words[address] = len(page.locator("main").inner_text().split())
    context.close()

    assert [address for address, count in words.items() if count < 6] == []


def test_the_calendar_is_filtered_without_javascript(browser, site_url, town):
    context = browser.new_context(
        java_script_enabled=False, base_url=site_url, viewport={"width": 1280, "height": 800}
    )
    page = context.new_page()
    page.goto("/aktiviteter/")

    page.locator(".choices-more > summary").click()
    page.get_by_label("Gratis").check()
    page.get_by_role("button", name="Vis", exact=True).click()

    assert page.url.partition("?")[2] in {"gratis=1", "q=&fra=&til=&gratis=1"}
    context.close()


def test_quick_exit_stands_in_the_main_part_of_the_page(page, town):
    page.goto(next(address for address in town if "krisecenteret" in address))

    assert page.locator("main [data-quick-exit]").count() == 1
