"""Mit sted on a telephone: a new activity from the first tap to the calendar, and back again."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.models import ActivityPage, Occurrence
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.browser.test_intern import SMALL, WIDE, picture
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db(transaction=True)
PRESSED = ".button, .more, select, input:not([type=hidden]):not([type=checkbox])"
LOW = f"""() => [...document.querySelectorAll('main :is({PRESSED})')]
  .filter(e => e.offsetWidth && !e.closest('p') && !e.closest('label'))
  .filter(e => e.getBoundingClientRect().height < 44)
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def venue(transactional_db):
    """Perlen, with something tomorrow at noon, and an editor."""
    venue = make_venue(title="Perlen")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    make_activity(venue, schedules=[make_schedule(first_on=tomorrow, starts="12.00", ends="13.30")])
    sync_groups(make_user("rikke@eksempelby.example", role=Role.EDITOR, venue=venue))
    return venue


@pytest.fixture
def phone(browser, site_url, venue):
    context = browser.new_context(
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        base_url=site_url,
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
    )
    page = context.new_page()
    page.goto("/admin/login/?next=/intern/")
    page.locator("#id_username").fill("rikke@eksempelby.example")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".place-acts").wait_for()
    yield page
    context.close()


def test_a_new_activity_is_written_looked_at_published_and_taken_back(phone, venue):
    day = timezone.localdate() + dt.timedelta(days=2)
    phone.locator(".place-acts .button-main").click()
    for name, value in {
        "title": "Strikkecafé",
        "summary": "Vi strikker og drikker kaffe.",
        "first_on": day.isoformat(),
        "starts": "13",
        "ends": "15",
    }.items():
        phone.locator(f"[name={name}]").fill(value)
    phone.locator("[name=activity_type]").select_option("creative")
    phone.locator("button[value=look]").first.click()
    said = phone.locator(".told > p").first.inner_text()
    phone.locator("button[value=publish]").click()
    page = ActivityPage.objects.get(title="Strikkecafé")
    published = page.live, Occurrence.objects.public().filter(activity=page).get().local_date
    phone.locator(".notice-success button[type=submit]").click()
    phone.locator("h1").wait_for()

    page.refresh_from_db()
    assert said.startswith("Strikkecafé.")
    assert (published, page.live) == ((True, day), False)


def test_nothing_is_small_low_or_too_wide(browser, site_url, phone, venue):
    activity = ActivityPage.objects.child_of(venue).get()
    cookies = phone.context.cookies()
    context = browser.new_context(base_url=site_url, viewport={"width": 390, "height": 844})
    context.add_cookies(cookies)
    page = context.new_page()
    addresses = {
        "mit-sted": "/intern/",
        "ny": f"/intern/sted/{venue.pk}/ny/",
        "igen": f"/intern/sted/{venue.pk}/igen/",
        "sidste-uge": f"/intern/sted/{venue.pk}/sidste-uge/",
        "aabningstid": f"/intern/sted/{venue.pk}/aabningstid/",
        "besked": f"/intern/sted/{venue.pk}/besked/",
        "del": f"/intern/sted/{venue.pk}/del/{activity.pk}/",
        "log": f"/intern/sted/{venue.pk}/log/",
    }
    found = {}

    for name, address in addresses.items():
        page.goto(address, wait_until="networkidle")
        picture(page, f"{name}-390")
        found[name] = [page.evaluate(script) for script in (SMALL, LOW, WIDE)]
    context.close()

    assert found == {name: [[], [], False] for name in addresses}
