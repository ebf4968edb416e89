"""A small town with long words, for what a visitor sees in a browser."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.models import ActivityPage
from core.models import SiteSettings
from directory.models import VenuePage
from newsletter.models import IssuePage
from pages.models import HomePage
from tests.factories.activities import make_activity, make_change, make_schedule, make_shared_event
from tests.factories.directory import make_notice, make_venue
from tests.factories.issues import (
    activities_block,
    make_issue,
    make_newsletters,
    shared_block,
    text_block,
)
from tests.factories.pages import find_site, make_standard_page

EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
LONG_NAME = "Medborgerhuset Banegårdspladsen"


@pytest.fixture
def town(transactional_db: None) -> list[str]:
    """The address of one page of each kind, in a town where something happens every day."""
    tree = find_site()
    make_standard_page(tree.home, introduction="Vi gemmer intet om dig.")
    venue, refuge = make_places()
    meal, dance = make_happenings(venue, refuge, tree.shared)
    letter = make_letter(tree.home)
    settings = SiteSettings.objects.get_or_create(site=tree.home.get_site())[0]
    settings.contact_email = "kommunikationsafdelingen@eksempelby.example"
    settings.save()
    return [
        "/",
        "/steder/",
        "/steder/?behov=mad",
        venue.url,
        refuge.url,
        "/aktiviteter/",
        "/aktiviteter/?visning=uge",
        "/aktiviteter/?visning=maaned",
        "/aktiviteter/?q=ingenting",
        meal.url,
        dance.url,
        "/faelles/",
        "/nyhedsbrev/",
        letter.url,
        "/soeg/",
        "/soeg/?q=fællesspisning",
        "/privatliv/",
        "/findes-ikke/",
    ]


def make_letter(home: HomePage) -> IssuePage:
    """Return a newsletter in the archive with long words, a notice and lists of dates."""
    notice = text_block("<p>Husk regntøj.</p>", "Rengøringsassistentuddannelsen", kind="notice")
    index = make_newsletters(home, introduction="Det, der sker den næste tid.")
    letter = make_issue(index, LONG_NAME, notice, activities_block(), shared_block())
    letter.save_revision().publish()
    return IssuePage.objects.get()


def make_places() -> tuple[VenuePage, VenuePage]:
    """Return a venue with a long name, and one for women whose address is secret."""
    always = [(day, "10.30", "21.30") for day in EVERY_DAY]
    venue = make_venue(LONG_NAME, hours=always, target_groups=["alcohol"], email="a@b.example")
    refuge = make_venue(
        "Krisecenteret",
        hours=always,
        address_public=False,
        gender_policy="women_only",
        show_quick_exit=True,
    )
    now = timezone.now()
    make_notice(venue, now - dt.timedelta(days=1), now + dt.timedelta(days=1))
    return venue, refuge


def make_happenings(
    venue: VenuePage, refuge: VenuePage, shared: object
) -> tuple[ActivityPage, ActivityPage]:
    """Return a daily meal that is cancelled tomorrow, and a party that both places hold."""
    today = timezone.localdate()
    daily = {"weekdays": EVERY_DAY}
    first_on = today - dt.timedelta(days=7)
    meal = make_activity(
        venue, "Fællesspisning og brætspilsaften", schedules=[make_schedule(first_on, **daily)]
    )
    tomorrow = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(17, 30))
    make_change(meal, tomorrow, reason="Køkkenet bliver malet.")
    dance = make_shared_event(
        shared, venue, refuge, schedules=[make_schedule(first_on, "20.00", "23.45", **daily)]
    )
    return meal, dance
