"""Hvad er der sket?: the acts at one venue, read from the history Wagtail keeps of its pages.

Every act writes there, from the internal section, a shared device and the admin alike, and rows
are only added. What an entry points at says whether it still holds.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import PageLogEntry

from activities import log_actions as acts
from activities.models import ActivityHost
from activities.querysets import HOLDING
from core.domain.dates import local_time
from core.wording import relative_moment, sentence
from directory import actions as venue_acts
from directory.models import Notice, VenuePage
from directory.permissions import Rights
from staff.log_undo import UNDOABLE, holding, of_others

PER_PAGE = 40
TOLD = (
    acts.CHANGE_RECORDED, acts.CHANGE_UNDONE, acts.STOPPED, acts.STOP_UNDONE, acts.PLAN_CHANGED,
    acts.PLAN_UNDONE, acts.VERIFIED, acts.VERIFICATION_UNDONE, acts.HEADS_COUNTED,
    acts.COUNT_UNDONE, acts.MADE, acts.MADE_UNDONE, venue_acts.HOURS_CHANGED,
    venue_acts.EXCEPTION_RECORDED, venue_acts.EXCEPTION_REMOVED, venue_acts.NOTICE_PUBLISHED,
    venue_acts.NOTICE_WITHDRAWN, venue_acts.VENUE_VERIFIED, venue_acts.VERIFICATION_UNDONE,
    venue_acts.MOVE_PLANNED, venue_acts.MOVE_CALLED_OFF, venue_acts.MOVE_DONE,
)  # fmt: skip
NOTICES = (venue_acts.NOTICE_PUBLISHED, venue_acts.NOTICE_WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Line:
    """One act in words: what, by whom (a person or a device) and when.

    `may_undo` says whether it can be taken back here; `gone` whether it could have been but does
    not hold any more.
    """

    entry: PageLogEntry
    text: str
    who: str
    when: str
    may_undo: bool
    gone: bool


def entries_of(venue: VenuePage) -> QuerySet[PageLogEntry]:
    """Return what was done at a venue, with its activities and shared events, newest first."""
    held = ActivityHost.objects.filter(HOLDING, venue=venue).values("activity")
    here = Q(page__path__startswith=venue.path) | Q(page__in=held)
    found = PageLogEntry.objects.filter(here, action__in=TOLD)
    return found.select_related("page", "user").order_by("-timestamp", "-pk")


def lines(
    entries: Iterable[PageLogEntry], rights: Rights, *, may_operate: bool, now: dt.datetime
) -> list[Line]:
    """Return entries in words; dates of one act are told together. Some eight queries.

    `may_operate` says whether the person with `rights` takes things back here at all.
    """
    groups = _together(entries)
    firsts = [group[0] for group in groups]
    in_force = holding(firsts, now=now)
    undoable = in_force - of_others(firsts, rights) if may_operate else set()
    titles = _notice_titles(firsts)
    today = local_time(now).date()
    return [
        Line(
            entry=first,
            text=_text(first, len(group), titles, numbers=may_operate),
            who=_who(first),
            when=capfirst(relative_moment(local_time(first.timestamp), today)),
            may_undo=first.pk in undoable,
            gone=first.action in UNDOABLE and first.pk not in in_force,
        )
        for first, group in zip(firsts, groups, strict=True)
    ]


def newest_of(venue: VenuePage, user: Any) -> PageLogEntry | None:
    """Return the newest act of one person at a venue."""
    return entries_of(venue).filter(user=user).first()


def _together(entries: Iterable[PageLogEntry]) -> list[list[PageLogEntry]]:
    """Put the dates that were changed in one act on the same activity into one group."""
    groups: list[list[PageLogEntry]] = []
    for entry in entries:
        batch = entry.data.get("batch")
        last = groups[-1][0] if groups else None
        same = last is not None and batch and last.data.get("batch") == batch
        if (
            same
            and last is not None
            and (last.page_id, last.action) == (entry.page_id, entry.action)
        ):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _act(entry: PageLogEntry) -> tuple[Any, ...]:
    return entry.data.get("batch"), entry.page_id, entry.action


def _text(entry: PageLogEntry, count: int, titles: dict[int, str], *, numbers: bool) -> str:
    said = sentence(acts.with_number(entry) if numbers else str(entry.message))
    if entry.action in NOTICES and (title := titles.get(entry.data.get("notice", 0))):
        said = f"{said} “{title}”"
    if count > 1:
        more = ngettext("And %(count)d more date.", "And %(count)d more dates.", count - 1)
        said = f"{said} {more % {'count': count - 1}}"
    if reason := entry.data.get("reason"):
        said = f"{said} {sentence(reason)}"
    if entry.page.specific_class is VenuePage:
        return said
    return f"{sentence(entry.page.title)} {said}"


def _who(entry: PageLogEntry) -> str:
    if via := entry.data.get("via"):
        return _("The device %(name)s") % {"name": via}
    return str(entry.user) if entry.user else _("Somebody without a login")


def _notice_titles(entries: Sequence[PageLogEntry]) -> dict[int, str]:
    wanted = {entry.data.get("notice") for entry in entries if entry.action in NOTICES}
    return dict(Notice.objects.filter(pk__in=wanted - {None}).values_list("pk", "title"))
