"""The admin's language: Danish for whoever has chosen nothing, English for whoever wants it."""

import re

import pytest
from playwright.sync_api import Page
from wagtail.users.models import UserProfile

from core.models import User
from tests.harness.said import said_at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CHOICE = "select[name$=preferred_language]"
# A dozen of our own screens; the guide and what a municipality has written are Danish always.
OURS = (
    "/admin/",
    "/admin/aktiviteter/",
    "/admin/aendringer/",
    "/admin/steder/",
    "/admin/nyhedsbreve/",
    "/admin/laesere/",
    "/admin/kommunikation/",
    "/admin/kalendere/",
    "/admin/regneark/",
    "/admin/invitationer/",
    "/admin/opslag/",
    "/admin/initiativer/tavle/",
    "/admin/initiativer/moeder/",
)
DANISH = re.compile(
    r"(Gem|Fortryd|Annuller|Udgiv|Rediger|Ret|Aflys|Slet|Tilføj|Luk|Tilbage|Søg|Vis|Navn|Dato|Ja|Nej"
    r"|Steder|Aktiviteter|Nyhedsbreve|Læsere|Ændringer|Invitationer|Personer|Indstillinger|I dag)"
)


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


def test_own_screens_are_english_for_whoever_chose_it(walk_as):
    profile = UserProfile.get_for_user(User.objects.get(email="admin@eksempelby.example"))
    profile.preferred_language = "en"
    profile.save()
    walker = walk_as("admin")
    walker.go("/admin/")

    danish = {
        path: sorted(text for text in said_at(walker.page, path)[0] if DANISH.fullmatch(text))
        for path in OURS
    }

    assert walker.page.locator("html").get_attribute("lang") == "en"
    assert danish == {path: [] for path in OURS}
