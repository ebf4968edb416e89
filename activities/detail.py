"""The page of one activity: its page and dates in, what the template shows out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from activities.activity_facts import At, facts
from activities.card_rows import card_rows
from activities.cards import (
    Card,
    date_anchor,
    drawing,
    make_cards,
    next_moment,
    public_path,
    site_root,
    venue_place,
)
from activities.domain.recurrence import slots, utc_span
from activities.domain.rules import Frequency, Rule, RuleError
from activities.domain.stop import with_stops
from activities.json_ld import activity_json_ld
from activities.outlets.social import activity_preview, share_text
from activities.taxonomy import HostRole, HostStatus
from core.domain.dates import COPENHAGEN, Near, day_bounds, local_time, near
from core.models import SiteSettings
from core.page_cache import changes_at
from core.wording import (
    clock_range,
    column_range,
    date_text,
    month,
    relative_day,
    weekday,
)
from directory.models import VenuePage
from directory.profile import confirmation_text
from directory.profile import picture as venue_picture

if TYPE_CHECKING:
    from activities.cards import Date
    from activities.models import ActivityPage, Occurrence
    from activities.querysets import OccurrenceQuerySet

SHOWN_AT_ONCE = 12
SHOWN_AT_MOST = 120
CHANGES_TOLD = 3
PREVIEWED = 10
LOOK_AHEAD = dt.timedelta(days=550)


def activity_context(
    request: HttpRequest,
    activity: "ActivityPage",
    dates: "OccurrenceQuerySet",
    now: dt.datetime,
) -> dict[str, Any]:
    """Return all that an activity's page shows at the aware moment `now`.

    A preview shows the dates of the plan as it stands in the editor, else the stored ones.
    """
    today = local_time(now).date()
    site = SiteSettings.for_request(request)
    home, hosts = home_and_hosts(activity)
    at = At(activity, home, hosts, site_root(), today)
    rows = _rows(request, at, dates, now)
    cards = make_cards(rows, dates, now)
    coming = next((card for card in cards if not card.is_cancelled), None)
    changes_at(request, next_moment(cards, now))
    changes_at(request, day_bounds(today)[1])
    confirmed, is_old = _confirmation(activity, today)
    url = request.build_absolute_uri(public_path(activity.url_path, at.root))
    exits = any(venue.needs_quick_exit for venue in [home, *hosts] if venue)
    return {
        "venue": home,
        "venue_url": venue_place(home, at.root).url or "/aktiviteter/",
        "next": _next(activity, coming, now) if coming else None,
        "changes": [card.change for card in cards if card.change][:CHANGES_TOLD],
        "ended": "" if coming else _ended_text(activity, today),
        "facts": facts(at, _seats(rows, coming)),
        **_dates(cards, today),
        "picture": _picture(activity, today),
        "calendar_url": f"{url}kalender.ics",
        "webcal_url": f"webcal://{url.partition('://')[2]}kalender.ics",
        "share_url": url,
        "share_text": share_text(at, coming),
        "share": activity_preview(at, coming, site),
        "confirmed": confirmed,
        "confirmation_is_old": is_old,
        "quick_exit_url": site.quick_exit_url if exits else "",
        "json_ld": activity_json_ld(rows[:SHOWN_AT_ONCE], at, url),
    }


def preview_context(
    activity: "ActivityPage", dates: "OccurrenceQuerySet", now: dt.datetime
) -> dict[str, Any]:
    """Return the next ten dates of a plan as it stands in the editor, saved or not."""
    today = local_time(now).date()
    home, hosts = home_and_hosts(activity)
    rows = planned_rows(At(activity, home, hosts, site_root(), today), dates, now)
    cards = make_cards(rows[:PREVIEWED], dates, now)
    return {
        "dates": [
            {
                "day": capfirst(date_text(card.day)),
                "time": _hours(card),
                "cancelled": card.is_cancelled,
                "note": "",
            }
            for card in cards
        ],
    }


def home_and_hosts(
    activity: "ActivityPage",
) -> tuple[VenuePage | None, list[VenuePage]]:
    """Return the venue an activity belongs to, and every venue that holds a shared one.

    The venue above it, or the main host; a host that has not said yes is not named.
    """
    venues = VenuePage.objects.select_related("district").prefetch_related("target_groups")
    parent_path = activity.path[: -activity.steplen]
    home = venues.filter(path=parent_path).first()
    holding: list[tuple[int, bool]] = []
    if activity.pk:
        holding = [
            (host.venue_id, host.role == HostRole.LEAD)
            for host in activity.hosts.all()
            if host.role == HostRole.LEAD or host.status == HostStatus.ACCEPTED
        ]
    found = {venue.pk: venue for venue in venues.public().filter(pk__in=[pk for pk, _ in holding])}
    hosts = [found[pk] for pk, _ in sorted(holding, key=lambda one: not one[1]) if pk in found]
    return home or (hosts[0] if hosts else None), hosts


def planned_rows(at: At, dates: "OccurrenceQuerySet", now: dt.datetime) -> list["Occurrence"]:
    """Return unsaved dates from the plan in the editor; a plan that cannot be used has none."""
    activity = at.activity
    rules = [schedule.rule() for schedule in activity.schedules.all()]
    breaks = [row.pause() for row in activity.breaks.all()]
    changes, stops = [], []
    if activity.pk:
        standing = activity.changes.filter(undone_at__isnull=True).order_by("created_at", "pk")
        changes = [row.change() for row in standing]
        stops = [row.stop() for row in activity.stops.order_by("created_at", "pk")]
    try:
        rules, changes = with_stops(rules, breaks, changes, stops)
        found = slots(rules, breaks, changes, start=at.today, end=at.today + LOOK_AHEAD)
    except RuleError:
        return []
    rows = []
    for slot in found[:SHOWN_AT_MOST]:
        starts, ends = utc_span(slot.starts, slot.ends)
        if ends <= now:
            continue
        rows.append(
            dates.model(
                activity=activity,
                venue=at.home,
                recurrence_id=f"{slot.original:%Y%m%dT%H%M%S}",
                starts_at=starts,
                ends_at=ends,
                local_date=slot.starts.date(),
                status=str(slot.status),
                reason=slot.reason,
                note=slot.note,
                place=slot.place,
                shared=len(at.hosts) > 1,
            )
        )
    return rows


def _rows(
    request: HttpRequest, at: At, dates: "OccurrenceQuerySet", now: dt.datetime
) -> Sequence["Date"]:
    if getattr(request, "is_preview", False):
        return planned_rows(at, dates, now)
    own = dates.filter(activity=at.activity)
    return card_rows(own.upcoming(now), SHOWN_AT_MOST)


def _next(activity: "ActivityPage", card: Card, now: dt.datetime) -> dict[str, str]:
    """Return the inputs of `components/date_arch.html`."""
    today = local_time(now).date()
    if near(card.day, today) is Near.OTHER:
        day = weekday(card.day)
    else:
        day = relative_day(card.day, today)
    lead = gettext("Next time is %(day)s") % {"day": day}
    return {
        "illustration": drawing(activity),
        "lead": gettext("On right now") if card.is_now else lead,
        "day": _bare_date(card.day, today),
        "time": _clock_hours(card),
        "datetime": card.starts.astimezone(COPENHAGEN).isoformat(timespec="minutes"),
    }


def _dates(cards: Sequence[Card], today: dt.date) -> dict[str, Any]:
    """The coming dates, the first twelve at once. The first of each day carries its anchor."""
    one_weekday = len({card.day.weekday() for card in cards}) < 2
    items, seen = [], set[dt.date]()
    for card in cards:
        if one_weekday:
            day = _bare_date(card.day, today)
        else:
            day = capfirst(date_text(card.day, year=card.day.year != today.year))
        items.append(
            {
                "id": "" if card.day in seen else date_anchor(card.day),
                "day": day,
                "time": _hours(card),
                "cancelled": card.is_cancelled,
                "note": _date_note(card),
            }
        )
        seen.add(card.day)
    return {"dates": items[:SHOWN_AT_ONCE], "later_dates": items[SHOWN_AT_ONCE:]}


def _date_note(card: Card) -> str:
    if card.change is None or card.is_cancelled:
        return card.note
    words = {"moved": gettext("Moved"), "extra": gettext("Extra")}
    return words.get(card.change.kind, card.note)


def _ended_text(activity: "ActivityPage", today: dt.date) -> str:
    stop = activity.stops.filter(undone_at__isnull=True).first() if activity.pk else None
    if stop is not None:
        day = date_text(stop.from_on, year=stop.from_on.year != today.year)
        return gettext("The activity has stopped from %(day)s.") % {"day": day}
    rules = [schedule.rule() for schedule in activity.schedules.all()]
    if any(_goes_on(rule, today) for rule in rules):
        return gettext("There are no dates right now.")
    return gettext("The activity has ended.")


def _goes_on(rule: Rule, today: dt.date) -> bool:
    last = rule.first_on if rule.frequency is Frequency.ONCE else rule.until_on
    return last is None or last > today


def _seats(rows: Iterable["Date"], coming: Card | None) -> int | None:
    if coming is None:
        return None
    return next((row.free_seats for row in rows if row.starts_at == coming.starts), None)


def _hours(card: Card) -> str:
    return column_range(local_time(card.starts).time(), local_time(card.ends).time())


def _clock_hours(card: Card) -> str:
    return clock_range(local_time(card.starts).time(), local_time(card.ends).time())


def _bare_date(day: dt.date, today: dt.date) -> str:
    """`26. november`, with the year when it is another one."""
    words = {"day": day.day, "month": month(day.month), "year": day.year}
    if day.year != today.year:
        return pgettext("a date by itself", "%(month)s %(day)d, %(year)d") % words
    return pgettext("a date by itself", "%(month)s %(day)d") % words


def _confirmation(activity: "ActivityPage", today: dt.date) -> tuple[str, bool]:
    newest = activity.verifications.first() if activity.pk else None
    return confirmation_text(newest.verified_at, today) if newest else ("", False)


def _picture(activity: "ActivityPage", today: dt.date) -> dict[str, Any] | None:
    """The photo while its consent lasts; without one the big door has the drawing."""
    found = venue_picture(activity, today) if activity.photo else {}  # type: ignore[arg-type]
    return found if "image_url" in found else None
