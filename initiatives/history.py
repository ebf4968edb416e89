"""Who changed what, in words: progress, records, evidence, services, agreements and the plan."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.domain.dates import local_time
from core.wording import day_month
from initiatives.models import (
    ActionPlan,
    AgreementChange,
    Progress,
    ServiceChange,
    StatusChange,
)
from initiatives.permissions import TrackerRights
from initiatives.record_reading import fields_for
from initiatives.taxonomy import ChangeKind, ServiceArea, ServiceStatus, Status

LABELS: Mapping[str, Any] = {
    "status": gettext_lazy("Status"),
    "agreed_start": gettext_lazy("Agreed start"),
    "agreed_deadline": gettext_lazy("Agreed deadline"),
    "responsible": gettext_lazy("Responsible function"),
    "next_step": gettext_lazy("Next step"),
    "evidence": gettext_lazy("Evidence"),
    "shown": gettext_lazy("Shown on the venue's page"),
    "venue": gettext_lazy("Venue"),
    "title": gettext_lazy("What"),
    "area": gettext_lazy("About"),
    "provider": gettext_lazy("Who provides it"),
    "description": gettext_lazy("In one sentence"),
    "activity": gettext_lazy("In the calendar as"),
    "when_text": gettext_lazy("When, in words"),
    "coordinated_at": gettext_lazy("Coordinated at the meeting"),
    "contacts_made": gettext_lazy("Number of contacts"),
    "target_groups": gettext_lazy("For whom"),
}
SHORT = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing somebody did. `at` is local; `about` and `place` say what it belongs to."""

    at: dt.datetime
    who: str
    kind: str
    about: str
    place: str
    changes: tuple[str, ...]
    reason: str = ""
    url: str = ""


def changes_of(progress: Progress, today: dt.date, *, limit: int | None = None) -> list[Entry]:
    """Return the log of one progress in words, newest first."""
    log = progress.changes.select_related("progress__initiative", "progress__venue")
    rows = log.newest_first()
    return [_progress_entry(row) for row in (rows[:limit] if limit else rows)]


def entries(
    rights: TrackerRights,
    *,
    venue_id: int | None = None,
    initiative: str = "",
    limit: int | None = None,
) -> list[Entry]:
    """Return what the person may know of, newest first; with `limit` no more than so many.

    `venue_id` and `initiative` (a number) leave what is about that venue or initiative.
    """
    found = _of_progress(rights, venue_id, initiative, limit)
    if not initiative:
        found += _of_services(rights, venue_id, limit)
    if venue_id is None:
        found += _of_agreements(rights, initiative)
        found += [] if initiative else _of_plans()
    return sorted(found, key=attrgetter("at"), reverse=True)[:limit]


def _of_progress(
    rights: TrackerRights, venue_id: int | None, initiative: str, limit: int | None
) -> list[Entry]:
    seen = Progress.objects.within(rights.venues)
    if venue_id is not None:
        seen = seen.filter(venue=venue_id)
    if initiative:
        seen = seen.filter(initiative__number=initiative)
    rows = StatusChange.objects.filter(progress__in=seen)
    rows = rows.select_related("progress__initiative", "progress__venue")
    return [_progress_entry(row) for row in rows.newest_first()[:limit]]


def _progress_entry(row: StatusChange) -> Entry:
    progress = row.progress
    place = progress.venue.title if progress.venue else _("All venues together")
    return Entry(
        at=local_time(row.at),
        who=row.by_name,
        kind=str(ChangeKind(row.kind).label),
        about=str(progress.initiative),
        place=place,
        changes=tuple(change_lines(row.before, row.after, record_labels(progress))),
        reason=row.reason,
    )


def _of_services(rights: TrackerRights, venue_id: int | None, limit: int | None) -> list[Entry]:
    rows = ServiceChange.objects.select_related("service__venue")
    if rights.venues is not None:
        rows = rows.filter(service__venue__in=rights.venues)
    if venue_id is not None:
        rows = rows.filter(service__venue=venue_id)
    return [
        Entry(
            at=local_time(row.at),
            who=row.by_name,
            kind=str(ChangeKind(row.kind).label),
            about=row.service.title,
            place=row.service.venue.title,
            changes=tuple(change_lines(row.before, row.after, {})),
            reason=row.reason,
        )
        for row in rows.newest_first()[:limit]
    ]


def _of_agreements(rights: TrackerRights, initiative: str) -> list[Entry]:
    rows = AgreementChange.objects.newest_first()
    if rights.venues is not None:
        rows = rows.filter(agreement__organisation__venues__in=rights.venues).distinct()
    found = []
    for row in rows:
        if initiative and initiative not in {*row.before, *row.after}:
            continue
        found.append(
            Entry(
                at=local_time(row.at),
                who=row.by_name,
                kind=str(ChangeKind(row.kind).label),
                about=row.agreement_title,
                place=_("Cooperation agreement"),
                changes=tuple(agreement_lines(row.before, row.after)),
            )
        )
    return found


def _of_plans() -> list[Entry]:
    return [
        Entry(
            at=local_time(plan.entered_at),
            who=plan.entered_by_name,
            kind=_("Decided"),
            about=_("Action plan"),
            place=str(plan),
            changes=(plan.decision,),
            reason=plan.reason,
        )
        for plan in ActionPlan.objects.all()
    ]


def record_labels(progress: Progress) -> dict[str, str]:
    """Return the catalogue's words for the keys of a record."""
    fields = fields_for(progress.initiative, joint=progress.venue_id is None)
    return {field.key: field.label for field in fields}


def change_lines(
    before: Mapping[str, Any], after: Mapping[str, Any], labels: Mapping[str, str]
) -> Iterable[str]:
    """Yield one line for each key that changed: "Status: Igangsat → Implementeret"."""
    for key in sorted({*before, *after}, key=_place):
        label = str(LABELS.get(key) or labels.get(key, key))
        old, new = value_text(key, before.get(key)), value_text(key, after.get(key))
        if key in TOLD_WHOLE:
            yield f"{label}: {old} → {new}" if old else f"{label}: {new}"
        elif key in labels and key not in LABELS:
            yield (
                _("“%(what)s” written") % {"what": label}
                if new
                else _("“%(what)s” emptied") % {"what": label}
            )
        else:
            yield f"{label}: {old or '–'} → {new or '–'}"


def _place(key: str) -> tuple[int, str]:
    order = list(LABELS)
    return (order.index(key) if key in order else len(order), key)


TOLD_WHOLE = {"status"}
WORDS: Mapping[str, Any] = {"status": (Status, ServiceStatus), "area": (ServiceArea,)}


def value_text(key: str, value: Any) -> str:
    """Return a logged value in words, cut where it is long."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    for choices in WORDS.get(key, ()):
        if value in choices.values:
            return str(choices(value).label)
    if key in {"agreed_start", "agreed_deadline"}:
        return day_month(dt.date.fromisoformat(value), year=True)
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()} …"


def agreement_lines(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[str]:
    """Yield one line for each initiative that an agreement supports, or no longer does."""
    for number in dict.fromkeys([*after, *before]):
        if number not in after:
            yield _("Initiative %(number)s taken away") % {"number": number}
        else:
            note = f": {after[number]}" if after[number] else ""
            yield _("Initiative %(number)s") % {"number": number} + note
