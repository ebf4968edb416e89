"""Where a venue and its activities stand: on the website, in calendars, in Kompas, and elsewhere.

Fixed activities must be on the website and in Kompas (initiative 2b); what is missing is a list
and a figure. Varying ones may be shared: that is offered, and nobody is told off.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings

from activities.activity_facts import At
from activities.cards import Card as DateCard
from activities.cards import make_cards, site_root
from activities.models import ActivityPage, HandOver, Occurrence
from activities.outlets.kompas import Card, activity_card, belongs_in_kompas, venue_card
from activities.outlets.sources import card_venues, fixed_activities, placed, varying_activities
from core.domain.dates import local_day
from directory.models import VenuePage

Subject = ActivityPage | VenuePage


class State(StrEnum):
    """How what stands in Kompas compares with our page."""

    NEVER = "never"
    CHANGED = "changed"
    OLD = "old"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class KompasRow:
    """One venue or activity: its card, how it stands in Kompas, and the newest confirmation."""

    subject: Subject
    card: Card
    state: State
    last: HandOver | None
    within_term: bool

    @property
    def is_right(self) -> bool:
        return self.state is State.FRESH


@dataclass(frozen=True, slots=True)
class Figure:
    """For 2b: of `total` fixed activities `confirmed` are in Kompas within the term.

    `changed` of those have changed here since.
    """

    confirmed: int
    total: int
    changed: int

    @property
    def percent(self) -> int:
        return round(100 * self.confirmed / self.total) if self.total else 0


@dataclass(slots=True)
class VenuePlan:
    """All a venue needs to know about its channels."""

    venue: VenuePage
    is_live: bool
    in_kompas: bool  # whether it belongs there at all
    rows: list[KompasRow] = field(default_factory=list)
    gone: list[HandOver] = field(default_factory=list)
    offered: list[At] = field(default_factory=list)

    @property
    def waiting(self) -> list[KompasRow]:
        """What is not right in Kompas, the most pressing first."""
        order = list(State)
        found = [row for row in self.rows if not row.is_right]
        return sorted(found, key=lambda row: order.index(row.state))

    @property
    def right(self) -> list[KompasRow]:
        return [row for row in self.rows if row.is_right]


def term() -> dt.timedelta:
    """Return how long a confirmation holds."""
    return dt.timedelta(days=settings.FRISTED_KOMPAS_DAYS)


def kompas_row(subject: Subject, card: Card, last: HandOver | None, now: dt.datetime) -> KompasRow:
    """Compare what was handed over last with what we say now."""
    within = last is not None and last.handed_at > now - term()
    if last is None:
        state = State.NEVER
    elif last.content_hash != card.content_hash:
        state = State.CHANGED
    else:
        state = State.FRESH if within else State.OLD
    return KompasRow(subject, card, state, last, within)


def row_of(subject: Subject, now: dt.datetime) -> KompasRow:
    """Return how one venue or activity stands in Kompas."""
    return kompas_row(subject, card_of(subject, now), last_in_kompas(subject), now)


def card_of(subject: Subject, now: dt.datetime) -> Card:
    """Return the card of one venue or activity as its page is now."""
    if isinstance(subject, VenuePage):
        return venue_card(card_venues().get(pk=subject.pk), site_root())
    return activity_card(placed([subject], local_day(now))[0])


def last_in_kompas(subject: Subject) -> HandOver | None:
    rows = subject.hand_overs.standing().to_kompas().select_related("handed_by")
    newest: HandOver | None = rows.first()
    return newest


def plans(venues: Iterable[VenuePage], now: dt.datetime) -> list[VenuePlan]:
    """Return the plan of each venue. The number of queries does not grow with them."""
    today, root = local_day(now), site_root()
    wanted = {venue.pk: venue for venue in venues}
    found = {
        venue.pk: VenuePlan(venue, venue.live, belongs_in_kompas(venue))
        for venue in card_venues().filter(pk__in=wanted).in_order()
    }
    newest = _newest()
    for plan in found.values():
        if plan.is_live and plan.in_kompas:
            last = newest.pop(("venue", plan.venue.pk), None)
            card = venue_card(plan.venue, root)
            plan.rows.append(kompas_row(plan.venue, card, last, now))
    for at in placed(fixed_activities(now), today):
        last = newest.pop(("activity", at.activity.pk), None)
        host = found.get(at.home.pk) if at.home else None
        if host and host.in_kompas:
            host.rows.append(kompas_row(at.activity, activity_card(at), last, now))
    for at in placed(varying_activities(now), today):
        host = found.get(at.home.pk) if at.home else None
        if host:
            host.offered.append(at)
    _note_gone(found, newest.values(), today)
    return list(found.values())


def _newest() -> dict[tuple[str, int], HandOver]:
    """Return the newest standing confirmation of each thing that was put into Kompas."""
    found: dict[tuple[str, int], HandOver] = {}
    rows = HandOver.objects.standing().to_kompas()
    for row in rows.select_related("handed_by", "activity", "venue"):
        kind = "activity" if row.activity_id else "venue"
        found.setdefault((kind, row.subject.pk), row)
    return found


def _note_gone(found: dict[int, VenuePlan], left: Collection[HandOver], today: dt.date) -> None:
    """What stands in Kompas and is not on our site any longer must be taken down there."""
    of_activities = {row.activity_id: row for row in left if row.activity_id}
    for at in placed([row.subject for row in of_activities.values()], today):
        if at.home and at.home.pk in found:
            found[at.home.pk].gone.append(of_activities[at.activity.pk])
    for row in left:
        if row.venue_id in found:
            found[row.venue_id].gone.append(row)


def figure(plans: Iterable[VenuePlan]) -> Figure:
    """Return the figure of 2b for the venues of `plans`.

    Counted are fixed activities that are public, open to everybody and have dates ahead, at
    venues one may come to without a referral. The venue's own card is not an activity.
    """
    rows = [row for plan in plans for row in plan.rows if isinstance(row.subject, ActivityPage)]
    confirmed = [row for row in rows if row.within_term]
    changed = [row for row in confirmed if row.state is State.CHANGED]
    return Figure(len(confirmed), len(rows), len(changed))


def kompas_figure(now: dt.datetime) -> Figure:
    """Return the figure of 2b for all public venues at `now`."""
    venues: Any = VenuePage.objects.public()
    return figure(plans(venues.standing(local_day(now)), now))


def coming_dates(activity: ActivityPage, now: dt.datetime) -> list[DateCard]:
    """Return the next public dates of an activity, cancelled ones too."""
    dates: Any = Occurrence.objects.public()
    rows = dates.filter(activity=activity).upcoming(now).with_pages()[:10]
    return make_cards(rows, dates, now)
