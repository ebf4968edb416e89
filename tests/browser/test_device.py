"""A shared tablet, standing and lying, with and without script: let in, used, locked, shut out."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.utils import timezone

from activities.models import Occurrence
from staff.actions.devices import shut_out
from staff.models import Device, DeviceAct
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.devices import PIN, make_code
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("BROWSER_PICTURES")
STANDING, LYING, PHONE = (768, 1024), (1280, 800), (390, 844)
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What a finger is to hit and cannot: links and buttons below 44 px, outside of running text.
SMALL = """() => [...document.querySelectorAll('a, button, summary, label:has(input), input')]
  .filter(e => e.offsetWidth > 1 && e.type != 'hidden' && !e.matches('.skip, label input'))
  .filter(e => e.getBoundingClientRect().height < 44)
  .map(e => e.outerHTML.slice(0, 120))"""
NAMELESS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea')]
  .filter(e => !(e.labels?.length || e.textContent.trim() || e.ariaLabel))
  .map(e => e.outerHTML.slice(0, 120))"""
HEADINGS = "() => [...document.querySelectorAll('h1')].length"


@pytest.fixture
def activity(transactional_db):
    """A meal at Perlen each day, one of them over, one to come."""
    today = timezone.localdate()
    plan = make_schedule(
        first_on=today - dt.timedelta(days=1), starts="0.05", ends="0.10", weekdays=[*range(7)]
    )
    return make_activity(make_venue("Perlen"), schedules=[plan], room="Køkkenet")


@pytest.fixture
def code(activity):
    return make_code(activity.get_parent().specific, timezone.now())[1]


@pytest.fixture
def tablet(browser, site_url, code):
    """A way to open the device's browser; with `script` False it runs none."""
    contexts = []

    def start(*, script: bool = True, size: tuple[int, int] = STANDING):
        context = browser.new_context(
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            base_url=site_url,
            java_script_enabled=script,
            viewport={"width": size[0], "height": size[1]},
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/enhed/ind/{code}/")
        page.locator("main button[type=submit]").click()
        page.locator("#id_pin").wait_for()
        return page

    yield start
    for context in contexts:
        context.close()


def unlock(page):
    page.locator("#id_pin").fill(PIN)
    page.locator("main button[type=submit]").click()
    page.locator(".device-menu").wait_for()


def picture(page, name):
    """Keep a picture of the page when somebody wants to look at it."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("script", [True, False])
def test_a_date_is_cancelled_and_given_back_with_and_without_script(tablet, activity, script):
    page = tablet(script=script)
    unlock(page)

    page.locator(".job-acts .button-stop").first.click()
    page.locator("main form button[type=submit]").click()
    page.locator(".notice-success").wait_for()
    act = DeviceAct.objects.get(kind="cancelled")
    picture(page, f"enhed-aflyst-{script}")
    page.locator(".notice-success button").click()
    page.wait_for_url("**gjort=fortrudt")

    act.refresh_from_db()
    statuses = Occurrence.objects.filter(activity=activity).values_list("status", flat=True)
    assert (act.undone_at is not None, set(statuses)) == (True, {"planned"})


@pytest.mark.parametrize("size", [STANDING, LYING, PHONE])
def test_every_page_can_be_hit_and_read_at_its_size(tablet, activity, size):
    page = tablet(size=size)
    locked = [page.evaluate(check) for check in (SMALL, NAMELESS, WIDE, HEADINGS)]
    unlock(page)
    over = Occurrence.objects.filter(activity=activity, ends_at__lt=timezone.now()).first()
    coming = Occurrence.objects.filter(activity=activity, starts_at__gt=timezone.now()).first()
    addresses = [
        "/enhed/",
        "/enhed/besked/",
        "/enhed/skaerm/",
        f"/enhed/dato/{coming.pk}/aflys/",
        f"/enhed/dato/{coming.pk}/flyt/",
        f"/enhed/tael/{over.pk}/",
    ]
    found = {}

    for address in addresses:
        page.goto(address)
        picture(page, f"enhed-{address.strip('/').replace('/', '-')}-{size[0]}")
        found[address] = [page.evaluate(check) for check in (SMALL, NAMELESS, WIDE, HEADINGS)]

    assert locked == [[], [], False, 1]
    assert found == {address: [[], [], False, 1] for address in addresses}


def test_an_open_page_leaves_when_the_leader_shuts_the_device_out(tablet):
    page = tablet()
    page.clock.install()
    unlock(page)

    shut_out(Device.objects.get(), by=make_user(), now=timezone.now())
    page.clock.run_for(21_000)

    page.locator("#id_code").wait_for()
    kept = [cookie["name"] for cookie in page.context.cookies()]
    assert kept == ["csrftoken"]


def test_the_screen_leaves_too_and_keeps_no_week_behind(tablet):
    page = tablet()
    page.clock.install()
    page.goto("/enhed/skaerm/")
    back = page.locator(".device-back").bounding_box()
    wall = page.locator(".wall-screen").bounding_box()

    shut_out(Device.objects.get(), by=make_user(), now=timezone.now())
    page.clock.run_for(21_000)

    page.locator("#id_code").wait_for()
    assert wall["y"] + wall["height"] <= back["y"] + 1


def test_an_open_page_says_so_and_locks_when_nobody_touches_it(tablet):
    page = tablet()
    page.clock.install()
    unlock(page)

    page.clock.run_for(14 * 60_000 + 6_000)
    warned = page.locator("[data-warning]").is_visible()
    Device.objects.update(unlocked_until=timezone.now())
    page.clock.run_for(60_000)

    page.locator("#id_pin").wait_for()
    assert warned


def test_a_touch_keeps_it_open(tablet):
    page = tablet()
    page.clock.install()
    unlock(page)
    before = Device.objects.get().unlocked_until

    page.clock.run_for(30_000)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("h1").click()

    assert Device.objects.get().unlocked_until > before


def test_without_script_the_page_renews_itself_and_its_forms_do_when_it_has_locked(tablet):
    page = tablet(script=False)
    unlock(page)
    week = page.locator("noscript meta, meta[http-equiv=refresh]").get_attribute("content")
    page.goto("/enhed/besked/")
    form = page.locator("noscript meta, meta[http-equiv=refresh]").get_attribute("content")

    assert (week, form) == ("60;url=/enhed/?selv", "900;url=/enhed/")
