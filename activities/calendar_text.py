"""An activity as calendars show it: its dates from `domain.ical_series`, its words from here.

The text is stored with the activity and joined by every feed, so nothing in it depends on who
asks, in which language the editor works, or what time it is.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from activities.cards import price_text
from activities.domain.ical import Entry, Place, entry_text, uid
from activities.domain.ical_series import Series, plan
from activities.domain.ical_text import plain_text
from activities.domain.rules import Change, Rule, Slot, Status
from activities.models import ActivityPage, Occurrence
from activities.taxonomy import HostRole, HostStatus, PlaceKind, SignUp
from core.domain.dates import local_time
from core.wording import moment_text, sentence
from directory.models import VenuePage


def entry_writer(
    activity: ActivityPage,
    *,
    rules: Sequence[Rule] | None = None,
    changes: Iterable[Change],
    today: dt.date,
) -> Callable[[int, dt.datetime], str]:
    """Return what writes the VEVENTs of one activity, for a `sequence` and a moment of change.

    The database is read here, once: whoever wants to know whether the text is a new one writes it
    twice. It is "" when the activity ended more than six months ago. `rules` are those of the page
    unless a stop ends them; `changes` are those in force. `today` decides what is too old to be
    told, and nothing else: the same content gives the same text day after day. An override counts
    one `sequence` higher than its series, so that programs let it win.
    """
    if rules is None:
        rules = [schedule.rule() for schedule in activity.schedules.all()]
    breaks = [row.pause() for row in activity.breaks.all()]
    with translation.override(settings.LANGUAGE_CODE):
        words = ActivityWords(activity)
    found = list(plan(rules, breaks, changes, today=today))

    def write(sequence: int, changed_at: dt.datetime) -> str:
        with translation.override(settings.LANGUAGE_CODE):
            entries = (e for series in found for e in words.entries(series, sequence, changed_at))
            return "".join(entry_text(entry) for entry in entries)

    return write


def render_occurrence(occurrence: Occurrence, *, sequence: int, changed_at: dt.datetime) -> str:
    """Return one date as a VEVENT of its own, to put into a calendar by itself."""
    slot = Slot(
        rule_key="",
        original=occurrence.original,
        starts=local_time(occurrence.starts_at),
        ends=local_time(occurrence.ends_at),
        status=Status(occurrence.status),
        reason=occurrence.reason,
        note=occurrence.note,
        place=occurrence.place,
    )
    with translation.override(settings.LANGUAGE_CODE):
        words = ActivityWords(occurrence.activity)
        series = Series(occurrence.recurrence_id, slot)
        (entry,) = words.entries(series, sequence, changed_at)
        return entry_text(entry)


def public_url(page: Page, name: str = "") -> str:
    """Return the absolute address of a page of the site, or of a file below it."""
    path = page.get_url_parts()[2]
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}{name}"


def home_venue(activity: ActivityPage) -> VenuePage | None:
    """Return the venue an activity belongs to: the one above it, or a shared event's main host."""
    parent = activity.get_parent().specific
    if isinstance(parent, VenuePage):
        return parent
    lead = activity.hosts.filter(role=HostRole.LEAD).select_related("venue").first()
    return lead.venue if lead else None


class ActivityWords:
    """What the entries of one activity have in common, read from the database once."""

    def __init__(self, activity: ActivityPage) -> None:
        venue = home_venue(activity)
        self.activity = activity
        self.place = _place(activity, venue)
        self.room = _("Where: %(place)s") % {"place": activity.room} if activity.room else ""
        self.practical = list(_practical_lines(activity, venue))
        self.url = public_url(activity)

    def entries(self, series: Series, sequence: int, changed_at: dt.datetime) -> Iterator[Entry]:
        """Give the entries of one series: itself, then its changed dates."""
        own = partial(self._entry, uid(self.activity.uid, series.key), changed_at)
        first = own(series.slot, sequence, body=plain_text(self.activity.body))
        yield replace(first, rrule=series.rrule, exdates=series.exdates)
        for slot in series.overrides:
            yield replace(own(slot, sequence + 1), original=slot.original)

    def _entry(
        self, own: str, changed_at: dt.datetime, slot: Slot, sequence: int, *, body: str = ""
    ) -> Entry:
        title = self.activity.title
        room = "" if slot.place else self.room
        cancelled = slot.status is Status.CANCELLED
        practical = "\n".join(line for line in (room, *self.practical) if line)
        parts = [_news(slot), self.activity.summary, body, practical, self.url]
        return Entry(
            uid=own,
            summary=_("CANCELLED: %(title)s") % {"title": title} if cancelled else title,
            starts=slot.starts,
            ends=slot.ends,
            sequence=sequence,
            changed_at=changed_at,
            description="\n\n".join(part for part in parts if part),
            place=Place(slot.place) if slot.place else self.place,
            url=self.url,
            categories=(str(self.activity.get_activity_type_display()),),
            cancelled=cancelled,
        )


def _news(slot: Slot) -> str:
    """What is special about one date."""
    reason = sentence(slot.reason)
    if slot.status is Status.CANCELLED:
        pattern = _("Cancelled: %(reason)s") if reason else _("Cancelled.")
        told = [pattern % {"reason": reason}]
    elif slot.status is Status.MOVED:
        moved = _("Moved from %(moment)s.") % {"moment": moment_text(slot.original, year=False)}
        told = [moved, reason]
    else:
        told = [reason]
    return " ".join(part for part in [*told, sentence(slot.note)] if part)


def _place(activity: ActivityPage, venue: VenuePage | None) -> Place | None:
    if activity.place_kind == PlaceKind.ADDRESS:
        town = f"{activity.place_postal_code} {activity.place_city}".strip()
        parts = [activity.place_street, town]
        return Place(activity.place_name, ", ".join(part for part in parts if part))
    if activity.place_kind == PlaceKind.OTHER_VENUE:
        venue = activity.place_venue
    return _venue_place(venue) if venue else None


def _venue_place(venue: VenuePage) -> Place:
    """A secret address, or one of a venue that is not published, is in no output."""
    if not (venue.address_public and venue.live):
        return Place(venue.title)
    town = f"{venue.postal_code} {venue.city}".strip()
    address = ", ".join(part for part in (venue.street, town) if part)
    return Place(venue.title, address, venue.latitude, venue.longitude)


def _practical_lines(activity: ActivityPage, venue: VenuePage | None) -> Iterator[str]:
    if activity.who_text:
        yield _("For whom: %(people)s") % {"people": activity.who_text}
    if price := _price(activity):
        yield _("Price: %(price)s") % {"price": price}
    if sign_up := _sign_up(activity, venue):
        yield sign_up
    if hosts := _hosts(activity):
        yield _("Held by %(venues)s") % {"venues": hosts}


def _price(activity: ActivityPage) -> str:
    text, note = price_text(activity), activity.price_note
    return f"{text} ({note})" if text and note else text or note


def _sign_up(activity: ActivityPage, venue: VenuePage | None) -> str:
    phone = activity.phone or (venue.phone if venue else "")
    if activity.sign_up == SignUp.CALL and phone:
        asked = _("Ring %(phone)s if you want to come.") % {"phone": phone}
    elif activity.sign_up == SignUp.CALL:
        asked = _("Ring the place if you want to come.")
    elif activity.sign_up == SignUp.ASK:
        asked = _("Ask at the place if you want to come.")
    else:
        asked = ""
    return " ".join(part for part in (asked, sentence(activity.sign_up_text)) if part)


def _hosts(activity: ActivityPage) -> str:
    """The venues that hold a shared event together; "" for any other activity."""
    hosts = activity.hosts.filter(venue__live=True).select_related("venue")
    names = [
        host.venue.title
        for host in hosts.order_by("-role", "venue__sort_key")
        if host.role == HostRole.LEAD or host.status == HostStatus.ACCEPTED
    ]
    if len(names) < 2:
        return ""
    return _("%(items)s and %(last)s") % {"items": ", ".join(names[:-1]), "last": names[-1]}
