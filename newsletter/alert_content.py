"""Mail about a cancellation: the dates that changed, and nothing else.

What a dispatch of this kind tells is in its payload: `{"dates": {"4711": "cancelled"}}` with the
ids of dates, beside the venues and districts that decide whom it is for. The words come from the
calendar when the mail is made: a date that was put back before then is not told of.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from core.wording import date_text
from newsletter.domain.content import Block, BlockKind, Entry, IssueContent, Kind
from newsletter.entries import entries_by_id
from newsletter.models import Follow
from newsletter.taxonomy import AlertState

if TYPE_CHECKING:
    from newsletter.models import Dispatch


def alert_content(dispatch: "Dispatch", now: dt.datetime) -> IssueContent | None:
    """Return what is still true of the dates in the payload, or None when nothing is."""
    states = told_states(dispatch)
    found = entries_by_id(states, now=now)
    entries = [as_told(found[pk], state) for pk, state in states.items() if pk in found]
    told = tuple(entry for entry in entries if entry is not None)
    if not told:
        return None
    introduction = gettext("This has changed at the places you follow.")
    return IssueContent(
        subject=dispatch.subject,
        preheader=preheader(told),
        greeting_html=f"<p>{introduction}</p>",
        greeting_text=introduction,
        blocks=(Block(BlockKind.ACTIVITIES, entries=told),),
        web_url="",
        kind=Kind.ALERT,
    )


def alert_audience(readers: Any, dispatch: "Dispatch") -> Any:
    """Return the readers who follow one of the venues or districts, or everything."""
    return followers(readers, dispatch.payload["venues"], dispatch.payload["districts"])


def followers(readers: Any, venue_ids: Sequence[int], district_ids: Sequence[int]) -> Any:
    """Return those of `readers` (a queryset) to whom something at these places is told."""
    follows = Follow.objects.filter(subscriber=OuterRef("pk"))
    there = follows.filter(Q(venue__in=venue_ids) | Q(district__in=district_ids))
    return readers.filter(Q(everything=True) | Exists(there))


def told_states(dispatch: "Dispatch") -> dict[int, str]:
    """Return what is told of which date (id)."""
    dates: Mapping[str, str] = dispatch.payload["dates"]
    return {int(pk): state for pk, state in dates.items()}


def as_told(entry: Entry, state: str) -> Entry | None:
    """Return the entry with its words, or None when it is not as `state` says any more."""
    if state != state_of(entry):
        return None
    if state == AlertState.AGAIN:
        return replace(entry, moved=gettext("As planned: The change has been taken back."))
    return entry


def state_of(entry: Entry) -> AlertState:
    """Return what there is to tell of a date as it is now."""
    if entry.cancelled:
        return AlertState.CANCELLED
    return AlertState.MOVED if entry.moved else AlertState.AGAIN


def alert_subject(entries: Sequence[Entry], states: Sequence[str]) -> str:
    """Return the subject: one date by its name, several without."""
    if len(entries) > 1:
        return gettext("Changes at the places you follow")
    return _headline(entries[0], states[0])


def preheader(entries: Sequence[Entry]) -> str:
    """Return the line that inboxes show below the subject."""
    first = entries[0]
    if len(entries) == 1:
        return first.reason if first.cancelled else first.moved
    return _headline(first, state_of(first))


def _headline(entry: Entry, state: str) -> str:
    patterns = {
        AlertState.CANCELLED: gettext("Cancelled: %(title)s %(day)s"),
        AlertState.MOVED: gettext("Moved: %(title)s is now on %(day)s %(when)s"),
        AlertState.AGAIN: gettext("As planned: %(title)s %(day)s"),
    }
    if state == AlertState.MOVED and entry.same_time:
        pattern = gettext("New place: %(title)s %(day)s %(when)s")
    else:
        pattern = patterns[AlertState(state)]
    words = {"title": entry.title, "day": date_text(entry.day, year=False), "when": entry.when}
    return pattern % words
