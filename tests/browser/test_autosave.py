"""Wagtail saves while somebody types. A button pressed meanwhile must not make a second page."""

import re

import pytest
from playwright.sync_api import Page, Route

from activities.models import ActivityPage
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 3_000  # ms; longer than Wagtail waits before it saves
# Wagtail looks for changes when the form has stood for two seconds.
WATCH = "addEventListener('w-unsaved:watch-edits', () => { document.body.dataset.on = 1; })"


@pytest.fixture
def form(page, transactional_db):
    """A new activity in the editor, with all that publishing asks for."""
    venue = make_venue()
    sync_groups(make_user("rikke@eksempelby.example", role=Role.EDITOR, venue=venue))
    page.set_viewport_size({"width": 1280, "height": 1600})
    page.goto("/admin/login/")
    page.locator("#id_username").fill("rikke@eksempelby.example")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    page.add_init_script(WATCH)
    page.goto(f"/admin/pages/add/activities/activitypage/{venue.pk}/")
    page.locator("body[data-on]").wait_for(state="attached")
    return page


def write(page: Page) -> None:
    page.locator("#id_title").fill("Fællesspisning")
    page.locator("#id_summary").fill("Vi laver mad sammen.")
    page.locator("#id_schedules-0-weekdays_1").check()
    page.locator("#id_schedules-0-starts").fill("17.30")
    page.locator("#id_schedules-0-ends").fill("19.30")


def publish(page: Page) -> None:
    button = page.locator("button[name='action-publish']")
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target='toggle']").first.click()
    button.click(no_wait_after=True)


def wait_for(page: Page, held: list) -> None:
    """Wait until a request is held back."""
    for _ in range(200):
        if held:
            return
        page.wait_for_timeout(50)
    raise AssertionError("Nothing was sent")


def is_autosave(route: Route) -> bool:
    return "application/json" in route.request.headers.get("accept", "")


def test_publishing_while_an_autosave_is_on_its_way_makes_one_page(form):
    held = []

    def hold_autosave(route: Route) -> None:
        if is_autosave(route):
            held.append((route, route.fetch()))
        else:
            route.continue_()

    form.route("**/admin/pages/add/**", hold_autosave)
    write(form)
    wait_for(form, held)
    publish(form)
    form.wait_for_timeout(500)
    route, answer = held[0]
    route.fulfill(response=answer)
    form.wait_for_url(re.compile(r"/admin/pages/\d+/$"))

    assert [(page.live, page.title) for page in ActivityPage.objects.all()] == [
        (True, "Fællesspisning")
    ]
    assert ActivityPage.objects.get().schedules.count() == 1


def test_nothing_is_saved_beside_a_page_that_is_being_published(form):
    autosaves, held = [], []

    def hold_publishing(route: Route) -> None:
        (autosaves if is_autosave(route) else held).append(route)
        if is_autosave(route):
            route.continue_()

    form.route("**/admin/pages/add/**", hold_publishing)
    write(form)
    publish(form)
    form.wait_for_timeout(PATIENCE)
    wait_for(form, held)
    held[0].continue_()
    form.wait_for_url(re.compile(r"/admin/pages/\d+/$"))

    assert autosaves == []
    assert [(page.live, page.title) for page in ActivityPage.objects.all()] == [
        (True, "Fællesspisning")
    ]
