"""What the demo's people have counted and asked: a year of head counts, and one shared question."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from activities.domain.counting import COUNT_DAYS
from activities.domain.dates import in_break, rule_dates
from activities.models import ActivityPage, HeadCount
from activities.taxonomy import ActivityKind
from core.models import User
from directory.models import VenuePage
from directory.taxonomy import Role
from initiatives.actions.indicators import agree_indicator, conclude
from initiatives.domain.periods import Rhythm, periods_back
from initiatives.models import Initiative, Measurement, SharedIndicator
from pages.demo import days
from pages.demo.memory import Memory

BACK = 330  # days of counting
EVERY = 3  # every third activity is counted
QUIET = "illu"  # a small venue, whose months are too few to tell
QUESTION = {
    "title": "Mindre alene",
    "definition": "Føler du dig mindre alene, når du kommer her? Ja eller nej.",
    "kind": SharedIndicator.Kind.SHARE,
    "rhythm": SharedIndicator.HowOften.HALF,
    "method": "Et anonymt kort i en lukket kasse i en uge. Husmødet tæller op.",
}


def add_head_counts(memory: Memory) -> None:
    """Count people at every third fixed activity, but for the last days, which wait for staff."""
    rows: list[HeadCount] = []
    for number, (path, made) in enumerate(sorted(memory.activities.items())):
        venue = memory.venues.get(path.split("/")[0])
        if venue and made.page.kind == ActivityKind.FIXED and number % EVERY == 0:
            rows += _counts(made.page, venue, memory, few=venue.slug == QUIET)
    HeadCount.objects.bulk_create(rows, batch_size=500)


def _counts(
    page: ActivityPage, venue: VenuePage, memory: Memory, *, few: bool
) -> Iterator[HeadCount]:
    person = memory.person_at(venue.slug)
    for place, (day, starts) in enumerate(_dates(page, memory.today)):
        if few and place % 4:
            continue
        number = 2 if few else 6 + (day.toordinal() * 7 + page.pk) % 13
        yield HeadCount(
            activity=page,
            venue=venue,
            recurrence_id=f"{dt.datetime.combine(day, starts):%Y%m%dT%H%M%S}",
            local_date=day,
            title=page.title,
            activity_type=page.activity_type,
            number=number,
            counted_at=days.moment(day, dt.time(20)),
            counted_by=person,
        )


def _dates(page: ActivityPage, today: dt.date) -> list[tuple[dt.date, dt.time]]:
    """Return when it took place before the last two weeks, as if its plan had always held."""
    first, last = today - dt.timedelta(days=BACK), today - dt.timedelta(days=COUNT_DAYS)
    breaks = [row.pause() for row in page.breaks.all()]
    rules = [replace(row.rule(), first_on=first) for row in page.schedules.all()]
    return sorted(
        (day, rule.starts)
        for rule in rules
        for day in rule_dates(rule, start=first, end=last)
        if not in_break(day, breaks)
    )


def add_shared_figures(memory: Memory) -> None:
    """Ask one question everywhere, with answers for the half-year that is closed."""
    now = days.moment(memory.today, dt.time(9))
    head = User.objects.filter(memberships__role=Role.AREA_HEAD).first()
    initiative = Initiative.objects.get(number="5a")
    indicator = agree_indicator(initiative, by=head, now=now - dt.timedelta(days=400), **QUESTION)
    back = periods_back(memory.today, Rhythm.HALF, 4)
    closed = next(period for period in back if memory.today >= period.told_from)
    reported = days.moment(closed.last + dt.timedelta(days=20), dt.time(10))
    for number, (slug, venue) in enumerate(sorted(memory.venues.items())):
        if number % 5 == 4:  # some forget
            continue
        people = 4 if slug == QUIET else 14 + number * 3
        Measurement.objects.create(
            indicator=indicator,
            venue=venue,
            first_on=closed.first,
            last_on=closed.last,
            people=people,
            agree=3 if slug == QUIET else people - 5 - number % 4,
            method_note="Kort i kassen, talt op på husmødet",
            reported_at=reported,
            reported_by=memory.person_at(slug),
        )
    conclude(
        indicator,
        closed,
        discussed_on=memory.today - dt.timedelta(days=30),
        text="De fleste føler sig mindre alene. De, der svarer nej, kommer mest om formiddagen. "
        "Vi prøver med en fast vært i det tidsrum og spørger igen.",
        by=head,
        now=now,
        today=memory.today,
    )
