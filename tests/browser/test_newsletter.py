"""An editor in a browser: the filled draft, a greeting, a reader's view, a test, and sending."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.models import OutgoingMail
from directory.permissions import sync_groups
from directory.taxonomy import Role
from newsletter.actions.issues import start_draft
from newsletter.models import Delivery, IssuePage
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue
from tests.factories.issues import make_newsletters
from tests.factories.newsletter import make_reader, topic
from tests.factories.pages import find_site

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("BROWSER_PICTURES")
EDITOR = "kommunikation@eksempelby.example"


@pytest.fixture
def letter(transactional_db):
    """A filled draft in a town with two venues and three readers, one of whom follows one."""
    tree = find_site()
    perlen, stuen = make_venue("Perlen"), make_venue("Stuen")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    for venue, title in ((perlen, "Tur til havet"), (stuen, "Julesang")):
        once = make_schedule(tomorrow, until_on=tomorrow)
        make_activity(venue, title, schedules=[once], kind="varying")
    for name in ("aase", "bo"):
        make_reader(f"{name}@example.org", topic())
    make_reader("yrsa@example.org", topic(), venues=(perlen,))
    sync_groups(make_user(EDITOR, role=Role.COMMUNICATION))
    index = make_newsletters(tree.home)
    return start_draft(topic(), index=index, now=timezone.now())


def picture(page, name):
    """Keep a picture of the page when somebody wants to look at it."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def sign_in(page):
    page.goto("/admin/login/")
    page.locator("#id_username").fill(EDITOR)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def write_greeting(page, letter):
    """Open the draft from the desk, write a line, and save it."""
    page.goto("/admin/nyhedsbreve/")
    picture(page, "newsletter-desk")
    page.get_by_role("link", name="Skriv", exact=True).click()
    page.wait_for_url(f"**/admin/pages/{letter.pk}/edit/")
    page.locator("[id*='greeting'] [contenteditable='true']").click()
    page.keyboard.type("Kære læser. Tag varmt tøj på.")
    picture(page, "newsletter-editor")
    # The rich text field hands over what is typed a quarter of a second later.
    expect(page.locator("[name=greeting]")).to_have_value(re.compile("varmt"))
    with page.expect_navigation():
        page.locator("footer button.action-save").first.click()


def test_a_letter_is_written_seen_tested_and_sent(page, letter, strangers):
    page.set_viewport_size({"width": 1280, "height": 1400})
    sign_in(page)
    write_greeting(page, letter)

    page.goto(f"/admin/nyhedsbreve/{letter.pk}/")
    mail = page.frame_locator("iframe.look-wide").locator("body")
    assert "Tag varmt tøj på." in mail.inner_text()
    assert "Julesang" in mail.inner_text()

    page.locator("details summary").first.click()
    page.get_by_label("Perlen").check()
    page.get_by_role("button", name="Se det sådan").click()
    page.wait_for_url("**?sted=*")
    mine = page.frame_locator("iframe.look-narrow").locator("body")
    picture(page, "newsletter-as-a-reader")
    assert ("Tur til havet" in mine.inner_text(), "Julesang" in mine.inner_text()) == (True, False)

    page.get_by_role("button", name="Send prøven").click()
    page.get_by_text(f"Prøven er på vej til {EDITOR}.").wait_for()
    assert OutgoingMail.objects.filter(to=EDITOR).count() == 1

    page.get_by_role("button", name="Gå videre").click()
    page.get_by_text("Nyhedsbrevet bliver sendt nu til færre end 5 læsere").wait_for()
    picture(page, "newsletter-confirm")
    page.get_by_role("button", name="Send det nu").click()
    page.wait_for_url(re.compile(rf"/admin/nyhedsbreve/{letter.pk}/$"))
    picture(page, "newsletter-sent")

    assert list(Delivery.objects.values_list("state", flat=True)) == ["sent"] * 3
    assert IssuePage.objects.get().live
    page.goto("/nyhedsbrev/")
    page.get_by_role("link", name=letter.title).click()
    assert "Tag varmt tøj på." in page.locator("main").inner_text()
    assert strangers == []


def test_the_desk_fits_a_phone(page, letter):
    page.set_viewport_size({"width": 390, "height": 900})
    sign_in(page)

    widths = {}
    for address in ("", f"{letter.pk}/", "uge/"):
        page.goto(f"/admin/nyhedsbreve/{address}", wait_until="networkidle")
        picture(page, f"newsletter-phone-{address.strip('/') or 'desk'}")
        widths[address] = page.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(widths, 390)
