"""An editor in a browser: an activity by keyboard only, an admin that asks nobody else."""

import os
import re
from pathlib import Path

import pytest

from activities.models import ActivityPage
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAYS_FROM = "5.1.2027"
PICTURES = os.environ.get("BROWSER_PICTURES")


@pytest.fixture
def venue(transactional_db):
    venue = make_venue()
    sync_groups(make_user("rikke@eksempelby.example", role=Role.EDITOR, venue=venue))
    sync_groups(make_user("admin@eksempelby.example", admin=True))
    return venue


def sign_in(page, email="rikke@eksempelby.example"):
    page.goto("/admin/login/")
    page.locator("#id_username").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def picture(page, name):
    """Keep a picture of the page when somebody wants to look at it."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def tab_to(page, selector, most=40):
    """Press Tab until the element that `selector` names has the focus."""
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


def test_a_weekly_activity_is_written_published_and_found_by_keyboard_only(page, venue):
    page.set_viewport_size({"width": 1280, "height": 1600})
    sign_in(page)
    page.goto(f"/admin/pages/add/activities/activitypage/{venue.pk}/")
    picture(page, "editor-new-1280")

    page.locator("#id_title").focus()
    page.keyboard.type("Fællesspisning på Ærø")
    tab_to(page, "#id_summary")
    page.keyboard.type("Vi laver mad sammen og spiser klokken halv syv.")
    tab_to(page, "#id_schedules-0-weekdays_0")
    tab_to(page, "#id_schedules-0-weekdays_1")
    page.keyboard.press("Space")
    tab_to(page, "#id_schedules-0-starts")
    page.keyboard.type("1730")
    tab_to(page, "#id_schedules-0-ends")
    page.keyboard.type("19.30")
    tab_to(page, "#id_schedules-0-first_on")
    page.keyboard.press("Control+a")
    page.keyboard.type(TUESDAYS_FROM)
    page.keyboard.press("Tab")
    page.locator(".next-dates-list li").nth(9).wait_for()

    assert page.locator(".next-dates-list time").evaluate_all(
        "times => times.map(time => time.dateTime).slice(0, 3)"
    ) == ["2027-01-05T17:30", "2027-01-12T17:30", "2027-01-19T17:30"]
    assert page.locator("#id_schedules-0-nth").is_hidden()
    picture(page, "editor-filled-1280")
    page.set_viewport_size({"width": 390, "height": 2400})
    picture(page, "editor-filled-390")
    page.set_viewport_size({"width": 1280, "height": 1600})

    publish = page.locator("button[name='action-publish']")
    if not publish.is_visible():
        page.locator("footer [data-w-dropdown-target='toggle']").first.focus()
        page.keyboard.press("Enter")
    publish.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))

    activity = ActivityPage.objects.get()
    assert (activity.live, activity.slug) == (True, "faellesspisning-paa-aeroe")
    page.goto(activity.url_path.replace("/eksempelby", "", 1))
    assert "Fællesspisning på Ærø" in page.locator("h1").inner_text()
    assert "tirsdag" in page.locator("main").inner_text()


def test_fields_appear_when_they_are_needed(page, venue):
    sign_in(page)
    page.goto(f"/admin/pages/add/activities/activitypage/{venue.pk}/")

    page.locator("#id_schedules-0-frequency input[value='monthly']").check()
    assert page.locator("#id_schedules-0-nth").is_visible()
    assert page.locator("#id_schedules-0-weeks").is_hidden()
    page.locator("#id_schedules-0-starts").fill("20")
    page.locator("#id_schedules-0-ends").fill("2")
    assert page.locator("#id_schedules-0-overnight").is_visible()
    page.locator("#id_schedules-0-ends").fill("23")
    assert page.locator("#id_schedules-0-overnight").is_hidden()
    page.locator("#id_price_type").select_option("fixed")
    assert page.locator("#id_price").is_visible()
    assert page.locator("#id_price_max").is_hidden()
    page.locator("#id_schedules-ADD").click()
    assert page.locator("#id_schedules-1-nth").is_hidden()


ADDRESSES = [
    ("front", "/admin/"),
    ("explorer", "/admin/pages/"),
    ("activities", "/admin/aktiviteter/"),
    ("new", "/admin/aktiviteter/choose_parent/"),
    ("shared", "/admin/faelles/"),
    ("changes", "/admin/aendringer/"),
    ("invitations", "/admin/invitationer/"),
    ("initiatives", "/admin/initiativer/"),
    ("images", "/admin/images/"),
    ("settings", "/admin/settings/core/sitesettings/"),
    ("account", "/admin/account/"),
    ("users", "/admin/users/"),
    ("reports", "/admin/reports/site-history/"),
]


def test_the_admin_asks_nobody_elses_server(page, venue, strangers):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/login/")
    picture(page, "admin-login")
    sign_in(page, "admin@eksempelby.example")

    statuses = {}
    for name, address in ADDRESSES:
        response = page.goto(address, wait_until="networkidle")
        statuses[name] = response.status
        picture(page, f"admin-{name}")

    assert statuses == dict.fromkeys(statuses, 200)
    assert strangers == []
