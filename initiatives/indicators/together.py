"""2c, 4b and 4c: what venues do together, and what others do at them."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import ActivityHost, Occurrence
from activities.querysets import HOLDING
from core.figures import EXCHANGES, offered_figure
from core.wording import day_month
from initiatives.indicators.base import Asked, Item, Measured, Part, joined, page_url
from initiatives.models import OutreachService
from initiatives.taxonomy import ServiceStatus


def shared_events(asked: Asked) -> Measured:
    """2c: events that more than one venue held, with dates that took place in the period."""
    dates = Occurrence.objects.public().taking_place().shared()
    rows = dates.on_days(asked.period.first, asked.last).select_related("activity")
    days: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        days[row.activity_id].append(row)
    hosts: dict[int, set[int]] = defaultdict(set)
    held = ActivityHost.objects.filter(HOLDING, activity__in=days).order_by()
    for activity, venue in held.values_list("activity_id", "venue_id"):
        hosts[venue].add(activity)
    items = {key: _event(found) for key, found in days.items()}
    parts = tuple(
        Part(
            venue.title,
            _events(len(hosts[venue.pk])),
            venue.pk,
            page_url(venue),
            float(len(hosts[venue.pk])),
            tuple(items[key] for key in items if key in hosts[venue.pk]),
        )
        for venue in asked.venues
    )
    taking_part = sum(bool(hosts[venue.pk]) for venue in asked.venues)
    note = _("%(some)d of %(all)d venues took part.") % {
        "some": taking_part,
        "all": len(asked.venues),
    }
    number = sum(len(found) for found in days.values())
    dates_text = ngettext("on %(number)d date", "on %(number)d dates", number) % {"number": number}
    return Measured(f"{_events(len(days))} {dates_text}", parts, note)


def _events(number: int) -> str:
    return ngettext("%(number)d shared event", "%(number)d shared events", number) % {
        "number": number
    }


def _event(rows: list[Any]) -> Item:
    activity = rows[0].activity
    days = joined(day_month(row.local_date) for row in rows[:5])
    if len(rows) > 5:
        days = _("%(days)s and %(number)d more") % {"days": days, "number": len(rows) - 5}
    return Item(f"{activity.title} ({days})", activity.url or "")


def exchanges_counted() -> bool:
    """Whether an app below counts exchanges between venues."""
    return offered_figure(EXCHANGES) is not None


def exchanges(asked: Asked) -> Measured:
    """4b: visits, staff swaps and joint courses that were held in the period."""
    counted = offered_figure(EXCHANGES)
    found = counted(asked.period.first, asked.last) if counted else {}
    parts = tuple(
        Part(
            venue.title,
            str(found.get(venue.pk, 0)),
            venue.pk,
            page_url(venue),
            float(found.get(venue.pk, 0)),
        )
        for venue in asked.venues
    )
    taking_part = sum(bool(found.get(venue.pk)) for venue in asked.venues)
    words = {"some": taking_part, "all": len(asked.venues)}
    return Measured(_("%(some)d of %(all)d venues took part.") % words, parts)


def services_running(asked: Asked) -> Measured:
    """4c: outreach services that are offered at a venue now."""
    rows: dict[int, list[Item]] = defaultdict(list)
    running = OutreachService.objects.filter(status=ServiceStatus.RUNNING)
    for service in running.in_order():
        rows[service.venue_id].append(Item(f"{service.title} ({service.provider})"))
    parts = tuple(
        Part(
            venue.title,
            _services(len(rows[venue.pk])),
            venue.pk,
            page_url(venue),
            float(len(rows[venue.pk])),
            tuple(rows[venue.pk]),
        )
        for venue in asked.venues
    )
    number = sum(len(rows[venue.pk]) for venue in asked.venues)
    with_some = sum(bool(rows[venue.pk]) for venue in asked.venues)
    note = _("%(some)d of %(all)d venues have at least one.") % {
        "some": with_some,
        "all": len(asked.venues),
    }
    return Measured(_services(number), parts, note)


def _services(number: int) -> str:
    return ngettext("%(number)d outreach service", "%(number)d outreach services", number) % {
        "number": number
    }
