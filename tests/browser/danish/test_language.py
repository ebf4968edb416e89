"""The admin's language: Danish for whoever has chosen nothing, English for whoever wants it."""

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CHOICE = "select[name$=preferred_language]"


def words(page: Page) -> list[str]:
    """Return what the account page, its menu and its scripts say."""
    return [
        page.locator("html").get_attribute("lang") or "",
        page.locator("main h1, header h1").first.inner_text().strip(),
        page.locator(".sidebar a[href$='/admin/images/']").inner_text().strip(),
        page.evaluate("django.gettext('Saving...')"),
    ]


def choose(page: Page, language: str) -> None:
    page.locator(CHOICE).select_option(language)
    with page.expect_navigation():
        page.locator("main form [type=submit]").last.click()
    page.goto("/admin/account/")


def test_each_chooses_a_language_and_danish_is_what_nobody_chose(walk_as):
    walker = walk_as("redaktoer")
    page = walker.page
    walker.go("/admin/account/")
    languages = page.locator(f"{CHOICE} option").all_inner_texts()
    nothing_chosen = words(page)
    choose(page, "en")
    english_chosen = words(page)
    choose(page, "da")

    assert [text.strip() for text in languages][-2:] == ["dansk", "English"]
    assert nothing_chosen == ["da", "Konto", "Billeder", "Gemmer …"]
    assert english_chosen == ["en", "Account", "Images", "Saving..."]
    assert words(page) == nothing_chosen
