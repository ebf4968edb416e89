"""A shared event in the browser: invited in the editor, mailed, accepted, shown; then planned."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from activities.models import ActivityHost, PlanningTask
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.activities import make_schedule, make_shared_event
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue
from tests.factories.pages import find_site

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("BROWSER_PICTURES")
SMALL = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.childNodes.length && [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
  .filter(e => e.offsetWidth > 1 && parseFloat(getComputedStyle(e).fontSize) < 16)
  .map(e => e.outerHTML.slice(0, 120))"""
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
LOW = """() => [...document.querySelectorAll('main a.button, main button')]
  .filter(e => e.offsetHeight && e.offsetHeight < 44).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def event(transactional_db):
    """Perlen's party tomorrow, to which nobody else is asked yet."""
    tree = find_site()
    perlen, ankeret = make_venue("Perlen"), make_venue("Ankeret")
    for email, venue in (("leder@perlen.example", perlen), ("leder@ankeret.example", ankeret)):
        sync_groups(make_user(email, role=Role.VENUE_LEADER, venue=venue))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    plan = [make_schedule(tomorrow, frequency="once", weekdays=[])]
    return make_shared_event(tree.shared, perlen, schedules=plan)


def picture(page, name):
    """Keep a picture of the page when somebody wants to look at it."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def sign_in(page, email, path):
    page.context.clear_cookies()
    page.goto(f"/admin/login/?next={path}")
    page.locator("#id_username").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)


def test_invite_mail_accept_shown(page, event):
    page.set_viewport_size({"width": 1280, "height": 1200})
    sign_in(page, "leder@perlen.example", f"/admin/pages/{event.pk}/edit/")
    page.get_by_label("Ankeret").check()
    page.locator("[name=action-publish]").evaluate("button => button.click()")
    page.wait_for_url(lambda url: "/edit/" not in url)
    host = ActivityHost.objects.get(venue__title="Ankeret")
    (letter,) = mail.outbox
    link = re.search(r"/admin/invitationer/\d+/svar/", letter.body)[0]
    page.goto("/steder/ankeret/")
    before = page.get_by_text("Sommerfest").count()

    sign_in(page, "leder@ankeret.example", link)
    picture(page, "invitation-1280")
    page.locator("button[value=yes]").click()
    page.wait_for_url("**/admin/invitationer/")
    page.goto("/steder/ankeret/")

    host.refresh_from_db()
    assert (host.status, [letter.to for letter in mail.outbox]) == (
        "accepted",
        [["leder@ankeret.example"], ["leder@perlen.example"]],
    )
    assert (before, page.get_by_text("Sommerfest").count() > 0) == (0, True)


def test_a_task_is_written_and_done_on_a_small_telephone(page, event):
    ActivityHost.objects.create(
        activity=event, venue=make_venue("Medborgerhuset Banegårdspladsen"), status="accepted"
    )
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, "leder@perlen.example", f"/intern/faelles/{event.pk}/plan/")

    page.locator("a[href$='opgave/ny/']").click()
    page.locator("#id_text").fill("Bestil bussen og spørg, om der er plads til kørestole")
    page.locator(".ask button[type=submit]").click()
    page.locator(".notice").wait_for()
    picture(page, "planlaegning-320")
    problems = [page.evaluate(check) for check in (SMALL, WIDE, LOW)]
    page.locator("button[name=done]").click()
    page.locator("li.is-done").wait_for()
    page.locator(".notice button[type=submit]").click()
    page.wait_for_url("**gjort=fortrudt")

    assert problems == [[], False, []]
    assert PlanningTask.objects.get().done_at is None


def test_the_other_pages_fit_a_small_telephone_too(page, event):
    host = ActivityHost.objects.create(activity=event, venue=make_venue("Stuen"), status="invited")
    sync_groups(make_user("leder@stuen.example", role=Role.VENUE_LEADER, venue=host.venue))
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, "leder@stuen.example", "/intern/")
    addresses = [
        "/intern/",
        "/intern/faelles/",
        f"/intern/faelles/{event.pk}/plan/",
        f"/intern/faelles/{event.pk}/plan/udskriv/",
        f"/intern/invitation/{host.pk}/",
    ]

    found = {}
    for number, address in enumerate(addresses):
        page.goto(address)
        picture(page, f"faelles-{number}-320")
        found[address] = [page.evaluate(check) for check in (SMALL, WIDE)]

    assert found == {address: [[], False] for address in addresses}
