"""The editors' guide in a browser: on a phone, on paper, and from the screen it explains."""

import pytest

from core import guide
from tests.factories.core import make_user

PASSWORD = "en-lang-adgangskode"


@pytest.fixture
def editor(page, transactional_db):
    """A browser page that is signed in."""
    user = make_user("asta@fristed.example", admin=True)
    user.set_password(PASSWORD)
    user.save()
    page.goto("/konto/log-ind/?next=/admin/kalendere/")
    page.fill("[name=username]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url("**/admin/kalendere/")
    return page


def test_the_way_from_a_screen_to_its_page_and_a_phone_without_sideways_scrolling(editor):
    editor.set_viewport_size({"width": 390, "height": 800})
    editor.get_by_role("link", name="Hjælp til denne side").click()

    assert editor.locator("h1").inner_text() == "Hent jeres kalender"
    assert editor.evaluate("document.documentElement.scrollWidth") == 390
    picture = editor.locator(".guide-text img").first
    picture.scroll_into_view_if_needed()
    picture.evaluate("one => one.decode()")
    assert picture.evaluate("one => one.naturalWidth") == guide.size_of("kalendere.webp")[0]


def test_on_paper_only_the_page_is_left(editor):
    editor.goto("/admin/vejledning/log-ind/")
    editor.emulate_media(media="print")

    hidden = [".sidebar", ".guide-back", ".guide-on"]
    assert [editor.locator(name).first.is_visible() for name in hidden] == [False] * 3
    assert editor.locator(".guide-text").is_visible()
