"""The internal section on a small telephone, and in the admin: two taps and it is cancelled."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.utils import timezone

from activities.models import Occurrence
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("BROWSER_PICTURES")
SMALL = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.childNodes.length && [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
  .filter(e => e.offsetWidth > 1 && parseFloat(getComputedStyle(e).fontSize) < 16)
  .map(e => e.outerHTML.slice(0, 120))"""
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def activity(transactional_db):
    """Something at Perlen tomorrow at noon and every week after, with places to count."""
    venue = make_venue(title="Perlen")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    plan = [make_schedule(first_on=tomorrow, starts="12.00", ends="13.30")]
    page = make_activity(venue, schedules=plan, seats=12, room="Køkkenet")
    sync_groups(make_user("rikke@eksempelby.example", role=Role.EDITOR, venue=venue))
    return page


@pytest.fixture
def phone(browser, site_url, activity):
    context = browser.new_context(
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        base_url=site_url,
        viewport={"width": 320, "height": 640},
    )
    page = context.new_page()
    page.goto("/admin/login/?next=/intern/")
    page.locator("#id_username").fill("rikke@eksempelby.example")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".staff-menu").wait_for()
    yield page
    context.close()


def picture(page, name):
    """Keep a picture of the page when somebody wants to look at it."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_two_taps_cancel_tomorrow_and_one_takes_it_back(phone, activity):
    first = Occurrence.objects.filter(activity=activity).first()
    picture(phone, "intern-320")

    phone.locator(".job-acts .button-stop").first.click()
    picture(phone, "intern-aflys-320")
    phone.locator(".ask button[type=submit]").click()
    picture(phone, "intern-aflyst-320")
    first.refresh_from_db()
    cancelled = first.status
    phone.locator(".notice button[type=submit]").click()
    phone.wait_for_url("**gjort=fortrudt")

    first.refresh_from_db()
    assert (cancelled, first.status) == ("cancelled", "planned")


def test_nothing_is_small_or_wider_than_a_small_telephone(phone, activity):
    date = Occurrence.objects.filter(activity=activity).first()
    venue = activity.get_parent()
    addresses = {
        "intern": "/intern/",
        "aflys": f"/intern/dato/{date.pk}/aflys/",
        "flyt": f"/intern/dato/{date.pk}/flyt/",
        "luk": f"/intern/sted/{venue.pk}/luk/",
        "stop": f"/intern/aktivitet/{activity.pk}/stop/",
    }
    found = {}

    for name, address in addresses.items():
        phone.goto(address)
        picture(phone, f"intern-{name}-320")
        found[name] = (phone.evaluate(SMALL), phone.evaluate(WIDE))

    assert found == dict.fromkeys(addresses, ([], False))


def test_a_wide_screen_has_its_menu_at_the_side(phone, activity):
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto("/intern/")
    picture(phone, "intern-1280")

    menu = phone.locator(".staff-menu").bounding_box()
    main = phone.locator("main").bounding_box()
    assert menu["x"] + menu["width"] <= main["x"] + 1


def test_the_dates_in_the_admin_have_the_same_acts(phone, activity):
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto(f"/admin/aktiviteter/{activity.pk}/datoer/")
    picture(phone, "admin-datoer-1280")
    phone.locator("a[href$='/aflys/']").first.click()
    picture(phone, "admin-aflys-1280")
    phone.locator("form[novalidate] button[type=submit]").click()
    picture(phone, "admin-aflyst-1280")

    assert Occurrence.objects.filter(activity=activity).first().status == "cancelled"
