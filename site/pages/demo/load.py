"""Put the demo municipality into the database, or take it away again."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from activities.actions import refresh_activity
from core.models import ContentVersion
from directory.models import VenuePage
from initiatives.actions import load_catalogue
from initiatives.catalogue import DEFAULT, read_catalogue
from pages.demo import days
from pages.demo.activities import add_activities, add_shared_events
from pages.demo.changes import add_changes, set_free_seats
from pages.demo.channels import add_hand_overs
from pages.demo.clear import clear_content
from pages.demo.content import read, read_venues
from pages.demo.devices import add_device
from pages.demo.exchange import add_exchange
from pages.demo.figures import add_head_counts, add_shared_figures
from pages.demo.internal import add_internal_notes
from pages.demo.memory import Memory
from pages.demo.newsletter import add_draft, add_newsletters
from pages.demo.people import add_people
from pages.demo.planning import add_planning
from pages.demo.readers import add_past_sendings, add_readers
from pages.demo.records import add_records
from pages.demo.tracker_load import add_reports, add_tracker
from pages.demo.tree import (
    add_first_revisions,
    add_fixed_pages,
    add_notice,
    add_registers,
    index_words,
    write_settings,
)
from pages.demo.venues import add_venue_records, add_venues, carry_out_past_moves
from pages.models import HomePage


class AlreadyLoaded(Exception):
    """There is a site already; the demo never mixes with other content."""


@dataclass(frozen=True)
class DemoResult:
    """What was loaded, and how to log in."""

    venues: int
    activities: int
    shared_events: int
    accounts: list[str]
    password: str


@transaction.atomic
def load_demo(date: dt.date, password: str, *, replace: bool = False) -> DemoResult:
    """Load the demo municipality as it looks on `date`; all of it or nothing.

    Raises AlreadyLoaded if there is a front page, unless `replace`: then every page, place,
    date and demo account goes first.
    """
    if HomePage.objects.exists():
        if not replace:
            raise AlreadyLoaded
        clear_content()
    municipality, venues = read("municipality.toml"), read_venues()
    letters = read("newsletters.toml")
    memory = Memory(date, municipality["periods"])
    add_fixed_pages(read("pages.toml"), memory)
    write_settings(municipality["settings"], date)
    add_registers(municipality, memory)
    add_venues(venues, memory)
    accounts = add_people(municipality["people"], password, memory)
    add_venue_records(venues, memory)
    for row in municipality["notices"]:
        add_notice(row, memory)
    add_activities(venues, memory)
    add_shared_events(read("shared.toml"), memory)
    add_changes(read("changes.toml"), venues, memory)
    add_newsletters(letters, memory)
    add_first_revisions(memory)
    index_words(memory)
    _work_out_dates(memory)
    add_hand_overs(memory)
    add_planning(read("planning.toml"), memory)
    add_draft(letters, memory)
    add_readers(memory)
    add_past_sendings(memory)
    add_internal_notes(read("internal.toml"), memory)
    add_exchange(read("exchange.toml"), memory)
    add_device(memory)
    carry_out_past_moves(date)
    load_catalogue(read_catalogue(DEFAULT))
    add_tracker(memory)
    add_records(memory)
    add_head_counts(memory)
    add_shared_figures(memory)
    add_reports(memory)
    ContentVersion.bump()
    shared = sum(name.startswith("faelles/") for name in memory.activities)
    return DemoResult(
        venues=VenuePage.objects.public().count(),
        activities=len(memory.activities) - shared,
        shared_events=shared,
        accounts=accounts,
        password=password,
    )


def _work_out_dates(memory: Memory) -> None:
    """Store the dates: adding a page says nothing to anybody, so this must be asked for."""
    now = days.moment(memory.today, dt.time())
    for made in memory.activities.values():
        refresh_activity(made.page.pk, now=now)
    set_free_seats(memory)
