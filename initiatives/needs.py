"""What waits for one person: the round, meetings and tasks, figures to report, and what is due.

One list for the admin's front page and for its own page in the tracker.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.domain.dates import local_day
from core.wording import day_month
from directory.models import VenuePage
from initiatives.due import DueItem, due_items
from initiatives.models import LeadersMeeting, MeetingAction, SharedIndicator
from initiatives.permissions import TrackerRights
from initiatives.reading import tracked_venues
from initiatives.reports_due import open_reports
from initiatives.round_reading import RoundState, round_state, running_round

AHEAD = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits: what it is, where to see to it, and a line more."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything that waits for one person, by what it is about; empty groups are left out."""

    groups: tuple[tuple[str, tuple[Need, ...]], ...]

    @property
    def count(self) -> int:
        return sum(len(needs) for _, needs in self.groups)

    def first(self, most: int) -> list[Need]:
        """Return the `most` first, group by group."""
        return [need for _, needs in self.groups for need in needs][:most]


def needs_of(rights: TrackerRights, now: dt.datetime) -> Needs:
    """Return what waits for the person with `rights` at the aware moment `now`."""
    today = local_day(now)
    venues = _own(rights, today)
    groups = (
        (_("Follow-up"), tuple(_of_round(rights, venues, today))),
        (_("Meetings and tasks"), tuple(_of_meetings(rights, today))),
        (_("Figures to report"), tuple(_of_figures(venues, today))),
        (_("Initiatives"), tuple(_need(item) for item in due_items(rights, now))),
    )
    return Needs(tuple((title, found) for title, found in groups if found))


def _own(rights: TrackerRights, today: dt.date) -> list[VenuePage]:
    """The venues the person answers for: those they lead. The area head answers for none."""
    return list(tracked_venues(today).filter(pk__in=rights.leads))


def _need(item: DueItem) -> Need:
    place = item.venue.title if item.venue else ""
    if item.initiative is None:
        return Need(item.text, item.url, place)
    title = f"{item.initiative} · {place}" if place else str(item.initiative)
    return Need(title, item.url, item.text)


def _of_round(rights: TrackerRights, venues: list[VenuePage], today: dt.date) -> Iterator[Need]:
    running = running_round()
    if running is None:
        return
    state = round_state(running, today)
    deadline = _("The deadline is %(day)s.") % {"day": day_month(running.deadline_on, year=True)}
    for venue in venues:
        missing = state.missing_at(venue.pk)
        if missing:
            url = reverse("initiatives_round_sheet", args=[running.pk, venue.pk])
            yield Need(f"{venue.title}: {_missing_text(len(missing))}", url, deadline)
    if rights.everywhere:
        yield from _of_head(state, deadline, today)


def _of_head(state: RoundState, deadline: str, today: dt.date) -> Iterator[Need]:
    joint = state.missing_at(None)
    if joint:
        url = reverse("initiatives_round_joint", args=[state.round.pk])
        yield Need(f"{_('All venues together')}: {_missing_text(len(joint))}", url, deadline)
    url = reverse("initiatives_round", args=[state.round.pk])
    words = {"answered": len(state.answers), "asked": state.asked}
    text = _("%(answered)d of %(asked)d answers have come in.") % words
    if state.round.deadline_on < today:
        yield Need(_("The round is past its deadline and can be locked."), url, text)
    else:
        yield Need(_("The round is open."), url, f"{text} {deadline}")


def _missing_text(number: int) -> str:
    return ngettext(
        "%(number)d initiative wants an answer", "%(number)d initiatives want an answer", number
    ) % {"number": number}


def _of_meetings(rights: TrackerRights, today: dt.date) -> Iterator[Need]:
    standing = LeadersMeeting.objects.filter(cancelled_at__isnull=True)
    for meeting in standing.filter(on__range=(today, today + AHEAD)).order_by("on", "starts"):
        title = _("Leaders' meeting %(day)s") % {"day": day_month(meeting.on)}
        yield Need(title, reverse("initiatives_meeting", args=[meeting.pk]), meeting.theme)
    if rights.everywhere:
        for meeting in standing.filter(on__lt=today, settled_at__isnull=True).order_by("on"):
            words = {"day": day_month(meeting.on, year=True)}
            title = _("The minutes of the meeting %(day)s are not fixed yet.") % words
            yield Need(title, reverse("initiatives_meeting", args=[meeting.pk]))
    for task in _tasks(rights, today):
        words = {"owner": task.owner, "day": day_month(task.due_on, year=True)}
        url = reverse("initiatives_meeting", args=[task.meeting_id])
        yield Need(task.text, url, _("%(owner)s, by %(day)s.") % words)


def _tasks(rights: TrackerRights, today: dt.date) -> list[MeetingAction]:
    """Open tasks that are due soon: one's own venues', and for the area head all of them."""
    rows = MeetingAction.objects.filter(done_at__isnull=True, due_on__lte=today + AHEAD)
    if rights.venues is not None:
        rows = rows.filter(venue__in=rights.venues)
    return list(rows.order_by("due_on", "pk"))


def _of_figures(venues: list[VenuePage], today: dt.date) -> Iterator[Need]:
    for indicator in SharedIndicator.objects.all():
        for venue, period in open_reports(indicator, venues, today):
            url = reverse("initiatives_shared_figure_report", args=[indicator.pk, venue.pk])
            last = day_month(period.told_from - dt.timedelta(days=1), year=True)
            detail = _("It can be reported until %(day)s.") % {"day": last}
            yield Need(f"{indicator.title} · {venue.title}", url, detail)
