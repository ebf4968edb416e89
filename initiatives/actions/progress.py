"""Writing how far an initiative has come. Every write leaves one entry in the log."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.wording import day_month
from directory.models import VenuePage
from initiatives.actions.refusal import Refused, author
from initiatives.domain.progress import to_json
from initiatives.domain.records import names_a_person
from initiatives.domain.status import Code, may_follow, needs_start
from initiatives.models import Initiative, Progress, StatusChange
from initiatives.reading import local_day, present_state
from initiatives.taxonomy import ChangeKind, Status


@transaction.atomic
def progress_at(
    initiative: Initiative, venue: VenuePage | None, *, by: Any = None, now: dt.datetime
) -> Progress:
    """Return the progress of `initiative` at `venue` (None: jointly), begun if there is none.

    Raises Refused when the initiative is not kept there, or when the venue has become
    part of another one.
    """
    _check_square(initiative, venue, now=now)
    progress, made = Progress.objects.get_or_create(
        initiative=initiative, venue=venue, defaults={"changed_at": now}
    )
    if made:
        write_change(progress, ChangeKind.CREATED, {}, {}, by=by, now=now)
    return progress


@transaction.atomic
def update_progress(
    progress: Progress,
    *,
    values: Mapping[str, Any],
    by: Any = None,
    now: dt.datetime,
    reason: str = "",
    seen_at: dt.datetime | None = None,
) -> StatusChange | None:
    """Write facts of `progress` (keys of `Progress.FACTS`) at the aware moment `now`.

    Counts as a confirmation. `seen_at` is when the caller's form was filled from `changed_at`.
    Returns the log entry, or None when nothing is different. Raises Refused for a
    status that may not follow, a deadline before its start, a start that is missing, or facts
    that somebody else has changed since `seen_at`; nothing is written then.
    """
    fresh = Progress.objects.select_for_update().get(pk=progress.pk)
    check_open(fresh, now=now)
    check_unchanged(fresh, seen_at)
    before = _facts(fresh)
    wanted = before | {key: values[key] for key in Progress.FACTS if key in values}
    if problems := {**_problems(fresh, wanted), **cpr_problems(wanted)}:
        raise Refused(problems)
    changed = {key for key in wanted if wanted[key] != before[key]}
    if not changed:
        return None
    for key in changed:
        setattr(fresh, key, wanted[key])
    stamp(fresh, now)
    _copy(fresh, progress)
    return write_change(
        fresh,
        ChangeKind.CHANGED,
        {key: _plain(before[key]) for key in sorted(changed)},
        {key: _plain(wanted[key]) for key in sorted(changed)},
        by=by,
        now=now,
        reason=reason,
    )


@transaction.atomic
def confirm_progress(progress: Progress, *, by: Any = None, now: dt.datetime) -> StatusChange:
    """Record that somebody says, at `now`, that what stands here still holds."""
    fresh = Progress.objects.select_for_update().get(pk=progress.pk)
    check_open(fresh, now=now)
    stamp(fresh, now)
    _copy(fresh, progress)
    return write_change(fresh, ChangeKind.CONFIRMED, {}, {}, by=by, now=now)


@transaction.atomic
def correct_last_change(
    progress: Progress,
    *,
    by: Any = None,
    now: dt.datetime,
    reason: str,
    seen_at: dt.datetime | None = None,
) -> StatusChange:
    """Go back to what stood before the newest change of facts, as a new entry that says why.

    For what was written by mistake: here any status may follow. Returns the new entry. Raises
    Refused without a reason, when there is no change left to go back from, or when somebody has
    written here since the caller's form was filled at `seen_at`.
    """
    if not reason.strip():
        raise Refused({"reason": _("Write why it is taken back.")})
    fresh = Progress.objects.select_for_update().get(pk=progress.pk)
    check_unchanged(fresh, seen_at)
    wrong = last_change(fresh)
    if wrong is None:
        raise Refused(_("There is no change to take back."))
    facts = _facts(fresh)
    for key, value in wrong.before.items():
        setattr(fresh, key, _from_plain(key, value))
    stamp(fresh, now)
    _copy(fresh, progress)
    return write_change(
        fresh,
        ChangeKind.CORRECTED,
        {key: _plain(facts[key]) for key in wrong.before},
        dict(wrong.before),
        by=by,
        now=now,
        reason=reason,
        corrects=wrong,
    )


def last_change(progress: Progress) -> StatusChange | None:
    """Return the newest change of facts that has not been taken back, if any."""
    found: StatusChange | None = (
        progress.changes.filter(kind=ChangeKind.CHANGED, corrections__isnull=True)
        .newest_first()
        .first()
    )
    return found


def write_change(
    progress: Progress,
    kind: ChangeKind,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: Any,
    now: dt.datetime,
    reason: str = "",
    corrects: StatusChange | None = None,
) -> StatusChange:
    """Add one entry to the log of `progress`, with the board's facts as they are from now on."""
    entry = StatusChange(
        progress=progress,
        kind=kind,
        at=now,
        **author(by),
        before=dict(before),
        after=dict(after),
        state=to_json(present_state(progress)),
        reason=reason.strip(),
        corrects=corrects,
    )
    entry.save()
    return entry


def check_open(progress: Progress, *, now: dt.datetime) -> None:
    """Raise Refused when nothing may be written here: the venue has become part of another."""
    _check_square(progress.initiative, progress.venue, now=now)


def check_unchanged(progress: Progress, seen_at: dt.datetime | None) -> None:
    """Raise Refused when somebody has written here since the form was filled at `seen_at`."""
    if seen_at is not None and progress.changed_at != seen_at:
        raise Refused(_changed_meanwhile(progress))


def _check_square(initiative: Initiative, venue: VenuePage | None, *, now: dt.datetime) -> None:
    if venue is None:
        if not initiative.joint:
            raise Refused(_("This initiative is kept at each venue."))
        return
    if not initiative.at_venues:
        raise Refused(_("This initiative is kept once, for all venues together."))
    today = local_day(now)
    successor = venue.successor_on(today) if today else None
    if successor is not None:
        raise Refused(
            _(
                "%(venue)s has become part of %(successor)s. What stands here is kept; "
                "write on at %(successor)s."
            )
            % {"venue": venue.title, "successor": successor.title}
        )


def _problems(progress: Progress, wanted: Mapping[str, Any]) -> dict[str, str]:
    problems: dict[str, str] = {}
    start, deadline = wanted["agreed_start"], wanted["agreed_deadline"]
    if refusal := status_problem(progress, wanted["status"]):
        problems["status"] = refusal
    elif needs_start(wanted["status"]) and start is None:
        problems["agreed_start"] = _("Write the day you agreed to start on.")
    if deadline and start is None:
        problems.setdefault(
            "agreed_start", _("Agree on a start first; the deadline counts from it.")
        )
    elif deadline and deadline < start:
        problems["agreed_deadline"] = _("The deadline lies before the start, %(day)s.") % {
            "day": day_month(start, year=True)
        }
    return problems


def cpr_problems(values: Mapping[str, Any]) -> dict[str, str]:
    """Return, by key, texts that hold what looks like somebody's CPR number."""
    return {
        key: _("This looks like a CPR number. Nobody may be recognised here; take it out.")
        for key, value in values.items()
        if names_a_person(value if isinstance(value, str) else json.dumps(value, default=str))
    }


def allowed_statuses(progress: Progress) -> tuple[Code, ...]:
    """Return the statuses that may stand here next, the present one first."""
    start = progress.initiative.time_perspective.get("start") or {}
    return may_follow(
        str(progress.status),
        at_once=start.get("kind") == "implemented_immediately",
        endless=progress.initiative.endless,
    )


def status_problem(progress: Progress, status: str) -> str:
    """Return why `status` may not follow, in a plain sentence; "" when it may."""
    allowed = allowed_statuses(progress)
    if status in allowed:
        return ""
    if status == Code.IMPLEMENTED and progress.initiative.endless:
        return _("This initiative has no end, so it is never implemented. Choose “%(status)s”.") % {
            "status": Status.IN_OPERATION.label
        }
    names = [f"“{Status(code).label}”" for code in allowed[1:]]
    return _("“%(wanted)s” cannot follow “%(present)s”. Choose %(allowed)s.") % {
        "wanted": Status(status).label,
        "present": Status(progress.status).label,
        "allowed": _or(names),
    }


def _or(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_('or')} {names[-1]}"


def _facts(progress: Progress) -> dict[str, Any]:
    return {key: getattr(progress, key) for key in Progress.FACTS}


def stamp(progress: Progress, now: dt.datetime) -> None:
    """Store `progress` as changed at `now`; whoever writes also says that the rest holds."""
    progress.changed_at = now
    progress.confirmed_at = now
    progress.save()


def _copy(source: Progress, target: Progress) -> None:
    for key in (*Progress.FACTS, "changed_at", "confirmed_at"):
        setattr(target, key, getattr(source, key))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _from_plain(key: str, value: Any) -> Any:
    day = key in {"agreed_start", "agreed_deadline"} and value
    return dt.date.fromisoformat(value) if day else value


def _changed_meanwhile(progress: Progress) -> str:
    newest = progress.changes.newest_first().first()
    name = newest.by_name if newest else ""
    return _(
        "%(name)s changed this while you were writing. Your words stand below; look at what is "
        "new, and save again."
    ) % {"name": name or _("Somebody else")}
