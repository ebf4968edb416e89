"""The leaders' pages and the counting in a browser: narrow, without script, heads that stay."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.models import HeadCount, Occurrence
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue, make_progress

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["", "tavle/", "tidslinje/", "uge/", "tal/", "tal/gaester/", "tal/faelles/", "venter/"]
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
NAMES = ["Perlen", "Medborgerhuset Banegårdspladsen", "Kahytten", "Stuen", "Kontaktstedet Skuret"]


@pytest.fixture
def venues(transactional_db):
    """Five venues with something every day since last week, led and staffed by one person."""
    make_catalogue()
    found = [make_venue(name, target_groups=["loneliness"]) for name in NAMES]
    first = timezone.localdate() - dt.timedelta(days=7)
    plan = make_schedule(first, "00.00", "00.30", weekdays=list(range(7)))
    make_activity(found[0], schedules=[plan])
    start = {"agreed_start": first, "responsible": "Lederen", "next_step": "Vi prøver."}
    make_progress("1a", found[1], at=timezone.now(), status="started", **start)
    user = make_user("hanne@eksempelby.example", role=Role.AREA_HEAD)
    for venue in found:
        user.memberships.create(venue=venue, role=Role.VENUE_LEADER)
    sync_groups(user)
    return found


def log_in(browser, site_url, width, *, scripts=True):
    context = browser.new_context(
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        base_url=site_url,
        viewport={"width": width, "height": 700},
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.goto("/admin/login/?next=/intern/")
    page.locator("#id_username").fill("hanne@eksempelby.example")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".staff-menu").wait_for()
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_the_leaders_is_wider_than_the_window(browser, site_url, venues, width):
    page = log_in(browser, site_url, width)

    too_wide = []
    for name in PAGES:
        page.goto(f"/admin/initiativer/{name}")
        too_wide += [name] if page.evaluate(WIDE) else []
    page.context.close()

    assert too_wide == []


def test_the_boards_heads_stay_while_one_scrolls_in_it(browser, site_url, venues):
    page = log_in(browser, site_url, 1280)
    page.goto("/admin/initiativer/tavle/")
    heads = page.locator(".board thead th")
    before = heads.nth(1).bounding_box()

    page.locator(".board-scroll").evaluate("box => box.scrollTo(0, 200)")

    after, left = heads.nth(1).bounding_box(), page.locator(".board-scroll").bounding_box()
    page.context.close()
    assert after["y"] == before["y"] == left["y"]


def test_two_taps_count_without_javascript(browser, site_url, venues):
    page = log_in(browser, site_url, 320, scripts=False)

    page.get_by_role("link", name="Perlen").click()
    page.locator(".to-count .button-main").first.click()
    page.locator(".tap").nth(12).click()

    told = page.locator(".notice").inner_text()
    page.context.close()
    count = HeadCount.objects.get()
    newest = Occurrence.objects.filter(starts_at__lte=timezone.now()).latest("starts_at")
    assert (count.number, count.recurrence_id) == (12, newest.recurrence_id)
    assert "Fællesspisning: 12 gæster" in told


def test_the_taps_are_big_enough_for_a_thumb(browser, site_url, venues):
    page = log_in(browser, site_url, 320)

    page.get_by_role("link", name="Perlen").click()
    page.locator(".to-count .button-main").first.click()
    sizes = page.locator(".tap").evaluate_all(
        "all => all.map(e => [e.offsetWidth, e.offsetHeight])"
    )
    page.context.close()

    assert len(sizes) == 41
    assert min(min(size) for size in sizes) >= 44
