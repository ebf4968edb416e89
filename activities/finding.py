"""The finder's answers in words: which venue, why, what to ask first, and what is on there."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.cards import public_path, site_root
from activities.models import Occurrence
from activities.taxonomy import ActivityType
from core.domain.dates import day_bounds, instant, local_time
from core.domain.text import shorten
from core.wording import relative_moment
from directory.domain.finder import Door, Match, rank
from directory.domain.opening import day_spans
from directory.finder import NEEDS, Question, candidate
from directory.listing import closed_text
from directory.models import VenuePage
from directory.profile import kind_text
from directory.status import Opening, VenueStatus, status_at, stored_openings
from directory.taxonomy import GenderPolicy, SobrietyPolicy
from directory.wording import day_hours

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet

WEEK = dt.timedelta(days=7)
# What an activity may be called that meets a need.
FITTING = {
    "mad": (ActivityType.MEAL,),
    "gratismad": (ActivityType.MEAL,),
    "snak": (ActivityType.PEER_GROUP, ActivityType.ADVICE, ActivityType.SOCIAL),
    "ro": (ActivityType.SENSORY,),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One venue that may fit, in short lines: what it has, lacks, asks of people, leaves open."""

    venue: VenuePage
    number: int
    url: str
    state: str
    when: str
    meta: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    rules: tuple[str, ...]
    ask: tuple[str, ...]
    next_when: str
    next_title: str

    @property
    def name(self) -> str:
        return str(self.venue.title)

    @property
    def tel(self) -> str:
        return self.venue.phone.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """The venues that fit, the best first, and when the page is different by itself (UTC)."""

    found: tuple[Found, ...]
    next_change: dt.datetime


def find(question: Question, *, now: dt.datetime) -> Answer:
    """Return the public venues that fit what is asked at the aware moment `now`.

    The same number of queries for any number of venues.
    """
    today = local_time(now).date()
    rows = VenuePage.objects.public().standing(today).in_order().for_lists()
    venues = {venue.pk: venue for venue in rows}
    openings = stored_openings(VenuePage, venues.keys(), today)
    states = {key: status_at(opening, now) for key, opening in openings.items()}
    matches = rank(question.wish, [candidate(v, openings[v.pk], question) for v in venues.values()])
    coming = next_fitting([found.key for found in matches], question, Occurrence.objects.public())
    context = _Context(question, openings, states, coming, site_root(), now)
    return Answer(
        found=tuple(
            _found(number, one, venues[one.key], context)
            for number, one in enumerate(matches, start=1)
        ),
        next_change=min([day_bounds(today)[1], *(state.next_change for state in states.values())]),
    )


def next_fitting(
    venue_ids: Collection[int], question: Question, dates: "OccurrenceQuerySet"
) -> dict[int, tuple[dt.datetime, str]]:
    """Return by venue the next activity (UTC start, title) within a week of the chosen time.

    One that suits the needs goes before one that comes sooner. One query.
    """
    wanted = {kind for need in question.wish.needs for kind in FITTING.get(need, ())}
    start = instant(question.start)
    rows = (
        dates.taking_place()
        .filter(venue_id__in=venue_ids, ends_at__gt=start, starts_at__lt=start + WEEK)
        .filter(starts_at__gt=start - WEEK)
        .order_by("starts_at", "pk")
        .values_list("venue_id", "starts_at", "activity__title", "activity__activity_type")
    )
    first: dict[int, tuple[dt.datetime, str]] = {}
    suited: dict[int, tuple[dt.datetime, str]] = {}
    for venue_id, starts_at, title, kind in rows:
        first.setdefault(venue_id, (starts_at, title))
        if kind in wanted:
            suited.setdefault(venue_id, (starts_at, title))
    return first | suited


@dataclass(frozen=True, slots=True)
class _Context:
    """What all rows of one answer share."""

    question: Question
    openings: Mapping[int, Opening]
    states: Mapping[int, VenueStatus]
    coming: Mapping[int, tuple[dt.datetime, str]]
    root: str
    now: dt.datetime


def _found(number: int, one: Match, venue: VenuePage, context: _Context) -> Found:
    starts_at, title = context.coming.get(one.key, (None, ""))
    today = local_time(context.now).date()
    return Found(
        venue=venue,
        number=number,
        url=public_path(venue.url_path, context.root),
        state={Door.OPEN: "open", Door.CLOSED: "closed"}.get(one.door, "unknown"),
        when=_when(one, context),
        meta=" · ".join(filter(None, (kind_text(venue), _place(venue)))),
        has=tuple(_has(one, venue)),
        lacks=tuple(str(NEEDS[need][1]) for need in one.lacking),
        rules=tuple(_rules(venue)),
        ask=tuple(_ask(one)),
        next_when=capfirst(relative_moment(local_time(starts_at), today)) if starts_at else "",
        next_title=shorten(title, 70),
    )


def _when(one: Match, context: _Context) -> str:
    if context.question.is_now:
        return _now_text(one, context.states[one.key], context.now)
    return _then_text(one, context.openings[one.key], context.question)


def _place(venue: VenuePage) -> str:
    if not venue.address_public:
        return _("secret address")
    return venue.street


def _now_text(one: Match, status: VenueStatus, now: dt.datetime) -> str:
    if one.women_hours:
        return _("open now, for women only")
    if status.is_open and one.door is Door.OPEN:
        return " ".join(filter(None, (status.until, status.until_note)))
    return closed_text(status, now) if not status.is_open else _("closed")


def _then_text(one: Match, opening: Opening, question: Question) -> str:
    """Say what the hours are on the chosen day: "åbent kl. 10–16"."""
    plan = day_spans(opening.hours, opening.deviations, question.start.date())
    hours = day_hours(span for span in plan.spans if span.kind.opens_the_door)
    if one.women_hours:
        return _("open for women only, %(hours)s") % {"hours": hours}
    if one.door is Door.OPEN:
        return _("open %(hours)s") % {"hours": hours} if hours else _("open")
    if one.door is Door.UNKNOWN:
        return _("a holiday: ring and ask")
    return _("closed at that time")


def _has(one: Match, venue: VenuePage) -> Sequence[str]:
    """What speaks for the venue."""
    lines = [str(NEEDS[need][1]) for need in one.met]
    if one.in_district and venue.district:
        lines.append(_("Lies in %(district)s") % {"district": venue.district.name})
    return lines


def _rules(venue: VenuePage) -> Iterator[str]:
    """Whom the house is for, where not everybody may come."""
    if venue.gender_policy in (GenderPolicy.WOMEN_ONLY, GenderPolicy.MEN_ONLY):
        yield str(venue.get_gender_policy_display())
    if venue.age_min and venue.age_max:
        yield _("From %(from)d to %(to)d years") % {"from": venue.age_min, "to": venue.age_max}
    elif venue.age_min:
        yield _("From %(from)d years") % {"from": venue.age_min}
    elif venue.age_max:
        yield _("Up to %(to)d years") % {"to": venue.age_max}
    if venue.sobriety_policy == SobrietyPolicy.REQUIRED:
        yield str(venue.get_sobriety_policy_display())


def _ask(one: Match) -> Iterator[str]:
    """What nobody has written down."""
    for need in one.unknown:
        yield str(NEEDS[need][1])
    if one.ask_sober:
        yield _("Whether you may come when you have drunk or taken something")
