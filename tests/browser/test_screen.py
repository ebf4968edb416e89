"""An info screen in a browser: fits its wall, takes turns, and lives through a lost network."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.utils import timezone

from activities.taxonomy import Frequency
from core.domain.dates import local_day
from tests.factories.activities import make_activity, make_schedule
from tests.factories.directory import make_notice, make_venue

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [(1920, 1080), (1080, 1920)]
PICTURES = os.environ.get("BROWSER_PICTURES")


@pytest.fixture
def venue(transactional_db):
    venue = make_venue(
        "Netværkshuset på Nørrebro", hours=[(day, "0.00", "0.00") for day in range(7)]
    )
    today = local_day(timezone.now())
    names = ["Morgenmad", "Husmøde: Hvad skal vi lave sammen i december?", "Gåtur med hunde"]
    for number in range(24):
        day = today + dt.timedelta(days=number // 12)
        plan = make_schedule(day, "23.00", "23.59", key="p", frequency=Frequency.WEEKLY)
        make_activity(venue, names[number % 3], slug=f"nr-{number}", schedules=[plan])
    now = timezone.now()
    make_notice(venue, now - dt.timedelta(hours=1), now + dt.timedelta(hours=5), "Vi får nyt gulv")
    return venue


def picture(page, name):
    """Keep a picture of the page when somebody wants to look at it."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def open_screen(page, venue, size=SIZES[0]):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"/skaerm/{venue.slug}/")
    page.locator(".is-alive").wait_for()
    page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("size", SIZES)
def test_screen_needs_no_scrolling_and_cuts_nothing(page, venue, size):
    open_screen(page, venue, size)
    picture(page, f"screen-{size[0]}")

    page_size = page.evaluate("[document.body.scrollWidth, document.documentElement.scrollHeight]")
    cut = page.evaluate(
        """[...document.querySelectorAll('.rows')]
        .filter(list => list.scrollHeight > list.clientHeight + 1).length"""
    )

    assert page_size == [size[0], size[1]]
    assert cut == 0


def test_screen_has_three_sizes_of_text(page, venue):
    open_screen(page, venue)

    sizes = page.evaluate(
        """[...new Set([...document.querySelectorAll('.wall-screen *')]
        .filter(e => e.checkVisibility())
        .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
        .map(e => Math.round(parseFloat(getComputedStyle(e).fontSize))))].sort((a, b) => a - b)"""
    )

    assert sizes == [39, 54, 108]


def test_rows_that_do_not_fit_take_turns_until_all_were_seen(page, venue):
    page.clock.install()
    open_screen(page, venue)
    seen = set()

    for _turn in range(6):
        seen |= set(
            page.evaluate(
                """[...document.querySelectorAll('.screen-today .row')]
                .flatMap((row, number) => row.hidden ? [] : [`n${number}`])"""
            )
        )
        page.clock.run_for(13_500)

    assert seen == {f"n{number}" for number in range(12)}


def test_screen_fetches_what_is_new_by_itself(page, venue):
    page.clock.install()
    open_screen(page, venue)
    now = timezone.now()
    make_notice(venue, now - dt.timedelta(hours=1), now + dt.timedelta(hours=5), "Suppen er klar")

    with page.expect_response(f"**/skaerm/{venue.slug}/"):
        page.clock.run_for(61_000)

    page.locator(".screen-notice", has_text="Suppen er klar").wait_for(state="attached")


def test_screen_keeps_its_content_without_network_and_says_how_old_it_is(page, venue):
    page.clock.install()
    open_screen(page, venue)
    page.context.set_offline(True)

    page.clock.run_for(61_000)
    page.locator("[data-age]:visible").wait_for()
    picture(page, "screen-offline")
    age = page.locator("[data-age]").inner_text()
    rows = page.locator(".screen-today .row:visible").count()
    page.context.set_offline(False)
    with page.expect_response(f"**/skaerm/{venue.slug}/"):
        page.clock.run_for(61_000)
    page.locator("[data-age]").wait_for(state="hidden")

    assert "kl. " in age
    assert rows > 0


def test_screen_stores_nothing_and_sets_no_cookie(page, venue):
    open_screen(page, venue)

    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")

    assert kept == [0, 0, ""]
    assert page.context.cookies() == []
