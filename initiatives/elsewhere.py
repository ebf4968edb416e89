"""Facts of a record that are kept elsewhere: what stands there now, and where to change it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.models import ActivityPage, HandOver, Occurrence
from activities.outlets import plan
from activities.taxonomy import HostRole, HostStatus
from core.figures import EXCHANGES, offered_figure
from core.wording import date_text
from directory.models import VenuePage
from initiatives.domain.records import RecordField
from initiatives.models import LeadersMeeting, OutreachService
from initiatives.reading import local_day
from newsletter.models import Mention

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept in one place elsewhere. `lines` is empty when nothing stands there yet.

    `label` names the fact, or the facts that one list there answers together.
    """

    keys: tuple[str, ...]
    label: str
    public: bool
    lines: tuple[str, ...]
    url: str
    place: str


PLACES: Mapping[str, Any] = {
    "venue_page": gettext_lazy("The venue's page"),
    "channels": gettext_lazy("Communication"),
    "newsletter": gettext_lazy("Communication"),
    "shared_activities": gettext_lazy("Shared events"),
    "meetings": gettext_lazy("Leaders' meetings"),
    "services": gettext_lazy("Outreach services"),
    "indicators": gettext_lazy("Figures"),
    "exchanges": gettext_lazy("Knowing each other"),
}
LISTS = {
    "shared_activities": "shared_list:index",
    "meetings": "initiatives_meetings",
    "services": "services",
    "indicators": "initiatives_figures",
    "exchanges": "exchange",
}


def kept_facts(
    fields: Iterable[RecordField],
    venue: VenuePage | None,
    now: dt.datetime,
    *,
    edits_page: bool = False,
) -> list[Kept]:
    """Return the facts of `fields` that are kept elsewhere, as they stand at `now`.

    What has no page in this installation is left out. `edits_page` leads to the venue's page in
    the editor, and not as everybody sees it.
    """
    found = []
    for together in _by_list(fields):
        first = together[0]
        url = _url(first.kept, venue, edits_page) if first.kept in PLACES else ""
        if url:
            found.append(
                Kept(
                    keys=tuple(field.key for field in together),
                    label=" · ".join(field.label for field in together),
                    public=any(field.public for field in together),
                    lines=tuple(line for line in _lines(first, venue, now) if line),
                    url=url,
                    place=str(PLACES[first.kept]),
                )
            )
    return found


def _by_list(fields: Iterable[RecordField]) -> list[list[RecordField]]:
    """Return the fields alone, or together where one list elsewhere answers several."""
    found: dict[str, list[RecordField]] = {}
    for field in fields:
        found.setdefault(field.kept if field.kept in LISTS else field.key, []).append(field)
    return list(found.values())


def _url(place: str, venue: VenuePage | None, edits_page: bool) -> str:
    try:
        if place == "venue_page":
            return _page_url(venue, edits_page) if venue else ""
        if place in ("channels", "newsletter"):
            return reverse("channels:venue", args=[venue.pk]) if venue else ""
        return reverse(LISTS[place])
    except NoReverseMatch:
        return ""


def _page_url(venue: VenuePage, edits_page: bool) -> str:
    if edits_page:
        return reverse("wagtailadmin_pages:edit", args=[venue.pk])
    return venue.relative_url(None) or ""


def _lines(field: RecordField, venue: VenuePage | None, now: dt.datetime) -> Iterable[str]:
    if field.kept == "venue_page" and venue is not None:
        read = VENUE_FACTS.get(field.key)
        return read(venue, now) if read else ()
    if field.kept == "channels" and venue is not None:
        return _channel_lines(field.key, venue, now)
    if field.kept == "newsletter" and venue is not None:
        return _newsletter_lines(venue)
    if field.kept == "meetings":
        return _meeting_lines(now)
    if field.kept == "shared_activities":
        return _shared_lines(now)
    if field.kept == "services" and venue is not None:
        services = OutreachService.objects.filter(venue=venue).in_order()
        return [f"{service.title} ({service.get_status_display()})" for service in services]
    if field.kept == EXCHANGES and venue is not None:
        return _exchange_lines(venue, now)
    return ()


def _confirmed(venue: VenuePage, now: dt.datetime) -> list[str]:
    day = local_day(venue.confirmed_at)
    return [date_text(day)] if day else []


VENUE_FACTS: Mapping[str, Callable[[VenuePage, dt.datetime], Iterable[str]]] = {
    "core_task": lambda venue, now: [strip_tags(venue.core_task.replace("</p>", " ")).strip()],
    "target_group_description": lambda venue, now: [venue.target_text],
    "target_group_terms": lambda venue, now: [g.label for g in venue.target_groups.all()],
    "not_for": lambda venue, now: [venue.not_for],
    "first_visit_text": lambda venue, now: [step.heading for step in venue.first_visit_steps.all()],
    "first_visit_contact": lambda venue, now: [venue.who_meets_you],
    "last_verified_on": _confirmed,
}


def _channel_lines(key: str, venue: VenuePage, now: dt.datetime) -> list[str]:
    if key == "social_last_posted":
        newest = (
            HandOver.objects.standing().elsewhere().filter(activity__path__startswith=venue.path)
        )
        row = newest.order_by("-handed_at").first()
        day = local_day(row.handed_at) if row else None
        return [date_text(day)] if day else []
    figure = plan.figure(plan.plans([venue], now))
    if key == "fixed_published_share":
        return [_("%(count)d fixed activities are on the website") % {"count": figure.total}]
    return [
        _("%(confirmed)d of %(total)d are confirmed")
        % {"confirmed": figure.confirmed, "total": figure.total}
    ]


def _newsletter_lines(venue: VenuePage) -> list[str]:
    """The newest letter that was sent out with something of the venue in it."""
    told = Mention.objects.filter(
        activity__path__startswith=venue.path, dispatch__frozen_at__isnull=False
    )
    newest = told.order_by("-dispatch__frozen_at").values_list("dispatch__frozen_at", flat=True)
    day = local_day(newest.first())
    return [date_text(day)] if day else []


def _exchange_lines(venue: VenuePage, now: dt.datetime) -> list[str]:
    """How many visits, swaps and courses the venue took part in during the last year."""
    counted = offered_figure(EXCHANGES)
    today = local_day(now) or now.date()
    number = counted(today - YEAR, today).get(venue.pk, 0) if counted else 0
    if not number:
        return []
    words = ngettext("%(count)d in the last year", "%(count)d in the last year", number)
    return [words % {"count": number}]


def _meeting_lines(now: dt.datetime) -> list[str]:
    today = local_day(now) or now.date()
    held = LeadersMeeting.objects.filter(on__lte=today, cancelled_at__isnull=True).first()
    if held is None:
        return []
    return [date_text(held.on) + (f": {held.theme}" if held.theme else "")]


def _shared_lines(now: dt.datetime) -> list[str]:
    dates = Occurrence.objects.public().taking_place().shared().upcoming(now)
    ids = list(dict.fromkeys(dates.values_list("activity", flat=True)[:50]))[:5]
    found = ActivityPage.objects.prefetch_related("hosts__venue").in_bulk(ids)
    return [_shared_line(found[pk]) for pk in ids]


def _shared_line(activity: ActivityPage) -> str:
    """Return title, main host and those who have said yes: "Bål: Perlen (tovholder), Stuen"."""
    names: list[str] = []
    for host in activity.hosts.all():
        if host.role == HostRole.LEAD:
            names.insert(0, _("%(venue)s (leads)") % {"venue": host.venue.title})
        elif host.status == HostStatus.ACCEPTED:
            names.append(host.venue.title)
    return f"{activity.title}: {', '.join(names)}" if names else str(activity.title)
