"""The minutes of a leaders' meeting as a document."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.models import SiteSettings
from core.wording import clock, clock_range, date_text, day_month
from initiatives.domain.document import Block, Bullets, Document, Facts, Heading, Table, Text
from initiatives.models import AgendaItem, LeadersMeeting, MeetingDecision


def agenda_document(meeting: LeadersMeeting, made_on: dt.date) -> Document:
    """Return the agenda of a meeting: when, where, and its points."""
    points: list[Block] = [Heading(2, _("Agenda"))]
    for number, item in enumerate(meeting.items.all(), start=1):
        points.append(Heading(3, f"{number}. {item.title}"))
        if item.note:
            points.append(Text(item.note))
    if len(points) == 1:
        points.append(Text(_("The agenda is still empty.")))
    title = _("Agenda: leaders' meeting %(day)s") % {"day": day_month(meeting.on, year=True)}
    return _document(title, meeting, (Facts(_facts(meeting)), *points), made_on)


def minutes_document(meeting: LeadersMeeting, made_on: dt.date) -> Document:
    """Return the minutes as they stand: who was there, what was said, decided and promised."""
    blocks = [
        Facts((*_facts(meeting), *_present(meeting))),
        *_said(meeting),
        *_decisions(meeting),
        *_actions(meeting),
    ]
    title = _("Minutes: leaders' meeting %(day)s") % {"day": day_month(meeting.on, year=True)}
    return _document(title, meeting, tuple(blocks), made_on)


def when_text(meeting: LeadersMeeting) -> str:
    """Return `tirsdag den 8. december 2026 kl. 9–12`."""
    time = clock_range(meeting.starts, meeting.ends) if meeting.ends else clock(meeting.starts)
    return f"{date_text(meeting.on)} {time}"


def where_text(meeting: LeadersMeeting) -> str:
    """Return the host and the place, whichever is known."""
    host = meeting.host_venue.title if meeting.host_venue else ""
    return ", ".join(part for part in (host, meeting.place) if part)


def _document(
    title: str, meeting: LeadersMeeting, blocks: tuple[Block, ...], made_on: dt.date
) -> Document:
    site = SiteSettings.objects.first()
    municipality = site.municipality if site else ""
    subtitle = f"{municipality} · {when_text(meeting)}" if municipality else when_text(meeting)
    return Document(title, subtitle, municipality, made_on, blocks)


def _facts(meeting: LeadersMeeting) -> tuple[tuple[str, str], ...]:
    visit = meeting.venue_visited.title if meeting.venue_visited else ""
    rows = [
        (_("When"), when_text(meeting)),
        (_("Where"), where_text(meeting)),
        (_("Theme"), meeting.theme),
        (_("Speaker"), meeting.speaker),
        (_("Visit"), ", ".join(part for part in (visit, meeting.visit_elsewhere) if part)),
    ]
    return tuple((label, value) for label, value in rows if value)


def _present(meeting: LeadersMeeting) -> tuple[tuple[str, str], ...]:
    venues = ", ".join(venue.title for venue in meeting.present.order_by("sort_key", "pk"))
    rows = [(_("Venues present"), venues), (_("Others present"), meeting.also_present)]
    return tuple((label, value) for label, value in rows if value)


def _said(meeting: LeadersMeeting) -> Iterator[Block]:
    items: list[AgendaItem] = list(meeting.items.all())
    if items:
        yield Heading(2, _("What was said"))
    for number, item in enumerate(items, start=1):
        yield Heading(3, f"{number}. {item.title}")
        if item.note:
            yield Text(item.note, "note")
        yield Text(item.said or _("Nothing was written down under this point."))


def _decisions(meeting: LeadersMeeting) -> Iterator[Block]:
    decisions = list(meeting.decisions.select_related("initiative", "plan"))
    if decisions:
        yield Heading(2, _("Decisions"))
        yield Bullets(tuple(decision_text(decision) for decision in decisions), numbered=True)


def decision_text(decision: MeetingDecision) -> str:
    """Return a decision with its initiative, its reason and the plan that follows from it."""
    text = decision.text
    if decision.initiative:
        text = f"{decision.initiative.number}: {text}"
    if decision.reason:
        text += " " + _("Reason: %(reason)s") % {"reason": decision.reason}
    if decision.plan:
        text += " " + _("Version %(version)d of the action plan follows from it.") % {
            "version": decision.plan.version
        }
    return text


def _actions(meeting: LeadersMeeting) -> Iterator[Block]:
    actions = list(meeting.actions.all())
    if not actions:
        return
    yield Heading(2, pgettext("to do", "Tasks"))
    yield Table(
        _("Who does what, and by when"),
        (pgettext("to do", "Task"), _("Who"), _("Deadline")),
        tuple(
            (action.text, action.owner, day_month(action.due_on, year=True)) for action in actions
        ),
    )
