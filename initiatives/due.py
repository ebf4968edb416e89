"""What needs somebody: deadlines, late starts, facts that have gone stale, days to come.

One list for the admin's front page, the leaders' agenda and each venue's own page.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.wording import age_text, day_month
from directory.models import CooperationAgreement, VenuePage
from initiatives.domain.progress import ProgressState
from initiatives.domain.records import reviews
from initiatives.models import Initiative, OutreachService, PlanLine, Progress
from initiatives.permissions import TrackerRights
from initiatives.reading import (
    Square,
    board_on,
    is_followed,
    local_day,
    plan_lines,
    squares,
    state_of,
    tracked_venues,
)
from initiatives.record_reading import fields_at, values_at
from initiatives.taxonomy import ServiceStatus

SOON = dt.timedelta(days=30)
AGREEMENT_SOON = dt.timedelta(days=90)


class DueKind(StrEnum):
    """Why something is on the list, most pressing first."""

    OVERDUE = "overdue"
    LATE_TO_START = "late_to_start"
    REVIEW = "review"
    AGREEMENT = "agreement"
    DUE_SOON = "due_soon"
    STALE = "stale"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that needs somebody. `on` is the local day it hangs on, `url` where to see to it.

    `venue` is None for what is joint.
    """

    kind: DueKind
    text: str
    url: str
    initiative: Initiative | None = None
    venue: VenuePage | None = None
    on: dt.date | None = None

    @property
    def key(self) -> str:
        """Return what this is about, the same every day: `overdue:12:3`."""
        initiative = self.initiative.pk if self.initiative else ""
        return f"{self.kind}:{initiative}:{self.venue.pk if self.venue else ''}:{self.url}"


def due_items(
    rights: TrackerRights, now: dt.datetime, *, venue: VenuePage | None = None
) -> list[DueItem]:
    """Return what needs the person with `rights` at `now`, most pressing first.

    With `venue` only what concerns that venue; joint matters are left out then.
    """
    today = local_day(now) or now.date()
    venues = _venues(rights, today, venue)
    found = [
        *_of_progress(rights, venues, today, joint=venue is None),
        *_of_records(venues, today, joint=venue is None, rights=rights),
        *_of_services(venues),
        *_of_agreements(rights, venues, today),
    ]
    order = list(DueKind)
    return sorted(found, key=lambda item: (order.index(item.kind), item.on or today, item.text))


def progress_url(initiative: Initiative, venue: VenuePage | None) -> str:
    """Return the address of an initiative's page at a venue, or of its joint one."""
    if venue is None:
        return reverse("progress_joint", args=[initiative.number])
    return reverse("progress", args=[venue.pk, initiative.number])


def _venues(rights: TrackerRights, today: dt.date, venue: VenuePage | None) -> list[VenuePage]:
    found = tracked_venues(today)
    if rights.venues is not None:
        found = found.filter(pk__in=rights.venues)
    return list(found.filter(pk=venue.pk) if venue else found)


def _of_progress(
    rights: TrackerRights, venues: Iterable[VenuePage], today: dt.date, *, joint: bool
) -> Iterator[DueItem]:
    initiatives = list(Initiative.objects.all())
    board, lines = board_on(today), plan_lines()
    for initiative, venue in squares(initiatives, venues):
        if venue is None and not (joint and rights.edits_joint(initiative)):
            continue
        item = _of_square(initiative, venue, board, lines, today)
        if item:
            yield item


def _of_square(
    initiative: Initiative,
    venue: VenuePage | None,
    board: Mapping[Square, ProgressState],
    lines: Mapping[int, PlanLine],
    today: dt.date,
) -> DueItem | None:
    """Return the one most pressing thing about a square, so that nobody is told five at once."""
    state = state_of(board, initiative, venue)
    deadline = state.agreed_deadline
    line = lines.get(initiative.pk)
    latest = line.latest_start_year if line else None
    found: tuple[DueKind, str, dt.date | None] | None = None
    if state.overdue(today) and deadline:
        words = _("The deadline was %(day)s.") % {"day": day_month(deadline, year=True)}
        found = (DueKind.OVERDUE, words, deadline)
    elif state.late_to_start(latest, today) and latest:
        words = _("Should have started in %(year)d according to the action plan.")
        found = (DueKind.LATE_TO_START, words % {"year": latest}, dt.date(latest, 12, 31))
    elif deadline and not state.reached and today <= deadline <= today + SOON and state.begun:
        words = _("The deadline is %(day)s.") % {"day": day_month(deadline, year=True)}
        found = (DueKind.DUE_SOON, words, deadline)
    elif state.stale(today, within_days=settings.FRISTED_PROGRESS_FRESH_DAYS):
        found = (DueKind.STALE, _stale_words(state, today), state.confirmed_on)
    if found is None:
        return None
    kind, text, on = found
    return DueItem(kind, text, progress_url(initiative, venue), initiative, venue, on)


def _stale_words(state: ProgressState, today: dt.date) -> str:
    if state.confirmed_on is None:
        return _("Nobody has confirmed it yet. Is it still right?")
    age = age_text(state.confirmed_on, today)
    return _("Last confirmed %(ago)s. Is it still right?") % {"ago": age}


def _of_records(
    venues: Iterable[VenuePage], today: dt.date, *, joint: bool, rights: TrackerRights
) -> Iterator[DueItem]:
    names = {venue.pk: venue for venue in venues}
    rows = Progress.objects.within(frozenset(names)).filter(record__isnull=False)
    for progress in rows.select_related("initiative", "record"):
        if progress.venue_id is None and not (joint and rights.edits_joint(progress.initiative)):
            continue
        for field, day in reviews(fields_at(progress), values_at(progress)):
            if day <= today + SOON:
                venue = names.get(progress.venue_id) if progress.venue_id else None
                yield DueItem(
                    DueKind.REVIEW,
                    _("%(what)s: %(day)s.")
                    % {"what": field.label, "day": day_month(day, year=True)},
                    progress_url(progress.initiative, venue),
                    progress.initiative,
                    venue,
                    day,
                )


def _of_services(venues: Iterable[VenuePage]) -> Iterator[DueItem]:
    names = {venue.pk: venue for venue in venues}
    wanting = OutreachService.objects.filter(
        venue__in=names,
        coordinated_at__isnull=True,
        status__in=(ServiceStatus.AGREED, ServiceStatus.RUNNING),
    )
    for service in wanting.in_order():
        yield DueItem(
            DueKind.SERVICE,
            _("“%(title)s” has not been coordinated at a leaders' meeting yet.")
            % {"title": service.title},
            reverse("service", args=[service.pk]),
            None,
            names[service.venue_id],
        )


def _of_agreements(
    rights: TrackerRights, venues: Iterable[VenuePage], today: dt.date
) -> Iterator[DueItem]:
    by_organisation = {venue.organisation_id: venue for venue in venues if venue.organisation_id}
    ending = CooperationAgreement.objects.filter(
        ends_on__range=(today - AGREEMENT_SOON, today + AGREEMENT_SOON),
        organisation__in=by_organisation,
    ).select_related("organisation")
    for agreement in ending.order_by("ends_on", "pk"):
        if agreement.ends_on is None or is_followed(agreement):
            continue
        words = (
            _("The agreement “%(title)s” ends %(day)s.")
            if agreement.ends_on >= today
            else _("The agreement “%(title)s” ended %(day)s.")
        )
        yield DueItem(
            DueKind.AGREEMENT,
            words % {"title": agreement.title, "day": day_month(agreement.ends_on, year=True)},
            reverse("agreement", args=[agreement.pk]),
            None,
            by_organisation[agreement.organisation_id],
            agreement.ends_on,
        )
