"""Follow-up rounds: opened once, answered by venue, locked with a snapshot, never changed after."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.domain.dates import local_day
from core.wording import date_text
from directory.models import VenuePage
from initiatives.actions.refusal import Refused, author
from initiatives.domain.document import digest
from initiatives.domain.rounds import QUESTIONS, Half, deadline_problem, half_of
from initiatives.domain.snapshot import to_json
from initiatives.freezing import snapshot_of
from initiatives.models import (
    FollowUpAnswer,
    FollowUpEntry,
    FollowUpRound,
    Initiative,
    RoundCorrection,
)
from initiatives.reading import squares, tracked_venues
from initiatives.round_reading import earlier_answers, mergers, newest_answers, round_state
from initiatives.round_taxonomy import RoundAnswer

LONGEST_TEXT = 1000


@transaction.atomic
def open_round(
    half: Half, *, deadline_on: dt.date, introduction: str = "", by: Any = None, now: dt.datetime
) -> FollowUpRound:
    """Open the round of a half year for everything that is tracked on the day of `now` (UTC).

    Raises Refused when that half year has a round, another one is still running, the half year
    lies ahead, the deadline cannot be, or no catalogue has been loaded.
    """
    today = local_day(now)
    if problems := _opening_problems(half, deadline_on, today):
        raise Refused(problems)
    who = author(by)
    opened = FollowUpRound.objects.create(
        year=half.year,
        half=half.number,
        introduction=introduction.strip(),
        opened_on=today,
        deadline_on=deadline_on,
        opened_by=who["by"],
        opened_by_name=who["by_name"],
    )
    FollowUpEntry.objects.bulk_create(
        FollowUpEntry(round=opened, initiative=initiative, venue=venue)
        for initiative, venue in squares(Initiative.objects.all(), tracked_venues(today))
    )
    return opened


@transaction.atomic
def move_deadline(asked: FollowUpRound, deadline_on: dt.date, *, now: dt.datetime) -> None:
    """Give a running round another deadline, today at the earliest. Raises Refused."""
    fresh = _running(asked)
    if deadline_on < local_day(now):
        raise Refused({"deadline_on": _("The deadline has passed already. Choose a later day.")})
    if problem := _deadline_problem(fresh.opened_on, deadline_on):
        raise Refused({"deadline_on": problem})
    fresh.deadline_on = asked.deadline_on = deadline_on
    fresh.save()


@transaction.atomic
def answer_entry(
    asked: FollowUpRound,
    initiative: Initiative,
    venue: VenuePage | None,
    values: Mapping[str, str],
    *,
    by: Any = None,
    now: dt.datetime,
    carried_over: bool = False,
    seen: int | None = None,
) -> FollowUpAnswer | None:
    """Add an answer for an initiative at `venue` (None: jointly) to a running round.

    `values` has a choice under each of QUESTIONS and words under `<question>_text`. `seen` is the
    id of the answer the person looked at, 0 for none. Returns None when nothing is different.
    Raises Refused when the round is locked, the place is not asked about or has become part of
    another venue, a choice is missing, or somebody else answered meanwhile.
    """
    fresh = _running(asked)
    entry = _entry(fresh, initiative, venue, local_day(now))
    wanted = _checked(values)
    newest = entry.answers.order_by("-at", "-pk").first()
    if newest and all(getattr(newest, key) == text for key, text in wanted.items()):
        return None
    if seen is not None and seen != (newest.pk if newest else 0):
        name = newest.by_name if newest else ""
        raise Refused(
            _("%(name)s answered while you were writing. Look at the new answer, and save again.")
            % {"name": name or _("Somebody else")}
        )
    answer = FollowUpAnswer(entry=entry, at=now, carried_over=carried_over, **wanted, **author(by))
    answer.save()
    return answer


@transaction.atomic
def carry_over(
    asked: FollowUpRound,
    venue: VenuePage | None,
    *,
    numbers: Collection[str] | None = None,
    by: Any = None,
    now: dt.datetime,
) -> int:
    """Take over the last answers of `venue` (None: joint ones) where there is none yet.

    Only of the initiatives with `numbers`, of all when it is None. Returns how many were taken
    over. Raises Refused when the round is locked or the venue has become part of another one.
    """
    fresh = _running(asked)
    if venue is not None:
        _refuse_merged(venue, local_day(now))
    earlier = earlier_answers(fresh)
    answered = {answer.entry_id for answer in newest_answers(fresh)}
    entries = fresh.entries.filter(venue=venue).select_related("initiative")
    taken = 0
    for entry in entries:
        last = earlier.get(entry.place)
        wanted = numbers is None or entry.initiative.number in numbers
        if last is None or not wanted or entry.pk in answered:
            continue
        values = {key: getattr(last, key) for key in _keys()}
        answer_entry(fresh, entry.initiative, venue, values, by=by, now=now, carried_over=True)
        taken += 1
    return taken


@transaction.atomic
def lock_round(
    asked: FollowUpRound, *, by: Any = None, now: dt.datetime, despite_missing: bool = False
) -> FollowUpRound:
    """Lock a round for good, with a copy of all it holds and of the board at `now`.

    Raises Refused when it is locked already, or when answers are missing and `despite_missing`
    does not say that the person knows.
    """
    fresh = _running(asked)
    state = round_state(fresh, local_day(now))
    if state.missing and not despite_missing:
        raise Refused(_("Answers are missing. Say that you want to lock the round without them."))
    who = author(by)
    fresh.snapshot = to_json(snapshot_of(state, local_day(now)))
    fresh.digest = digest(fresh.snapshot)
    fresh.running = False
    fresh.locked_at = now
    fresh.locked_by, fresh.locked_by_name = who["by"], who["by_name"]
    fresh.save()
    return fresh


@transaction.atomic
def add_correction(
    locked: FollowUpRound,
    text: str,
    *,
    initiative: Initiative | None = None,
    venue: VenuePage | None = None,
    by: Any = None,
    now: dt.datetime,
) -> RoundCorrection:
    """Say what was wrong in a locked round, beside it. Raises Refused for a running round."""
    if FollowUpRound.objects.filter(pk=locked.pk, running=True).exists():
        raise Refused(_("The round is still running: change the answer itself."))
    if not text.strip():
        raise Refused({"text": _("Write what should have stood there.")})
    correction = RoundCorrection(
        round=locked, initiative=initiative, venue=venue, text=text.strip(), at=now, **author(by)
    )
    correction.save()
    return correction


def _running(asked: FollowUpRound) -> FollowUpRound:
    fresh: FollowUpRound = FollowUpRound.objects.select_for_update().get(pk=asked.pk)
    if not fresh.running:
        raise Refused(
            _("The round is locked and cannot be changed. You may add a correction to it.")
        )
    return fresh


def _entry(
    asked: FollowUpRound, initiative: Initiative, venue: VenuePage | None, today: dt.date
) -> FollowUpEntry:
    """Return the place asked about; a venue that another one became part of gets one now."""
    if venue is not None:
        _refuse_merged(venue, today)
    entry: FollowUpEntry | None = asked.entries.filter(initiative=initiative, venue=venue).first()
    if entry is not None:
        return entry
    heir = venue is not None and venue.pk in mergers(today).values() and initiative.at_venues
    if not heir:
        raise Refused(_("The round does not ask about this."))
    return FollowUpEntry.objects.create(round=asked, initiative=initiative, venue=venue)


def _refuse_merged(venue: VenuePage, today: dt.date) -> None:
    if successor := venue.successor_on(today):
        raise Refused(
            _(
                "%(venue)s has become part of %(successor)s. Its answers are kept; answer at "
                "%(successor)s from now on."
            )
            % {"venue": venue.title, "successor": successor.title}
        )


def _checked(values: Mapping[str, str]) -> dict[str, str]:
    wanted = {key: str(values.get(key, "")).strip() for key in _keys()}
    problems = {}
    for question in QUESTIONS:
        if wanted[question] not in RoundAnswer.values:
            problems[question] = _("Choose an answer.")
        if len(wanted[f"{question}_text"]) > LONGEST_TEXT:
            problems[f"{question}_text"] = _("At most %(count)d characters, please.") % {
                "count": LONGEST_TEXT
            }
    if problems:
        raise Refused(problems)
    return wanted


def _keys() -> list[str]:
    return [key for question in QUESTIONS for key in (question, f"{question}_text")]


def _opening_problems(half: Half, deadline_on: dt.date, today: dt.date) -> dict[str, str]:
    if not Initiative.objects.exists():
        return {"": _("No catalogue has been loaded, so there is nothing to ask about.")}
    if running := FollowUpRound.objects.filter(running=True).first():
        return {
            "": _("“%(round)s” is still running. Lock it before you open another round.")
            % {"round": running}
        }
    if FollowUpRound.objects.filter(year=half.year, half=half.number).exists():
        return {
            "half": _("That half year has had its round. It is locked and is not opened again.")
        }
    if half > half_of(today):
        return {"half": _("That half year has not begun yet.")}
    if problem := _deadline_problem(today, deadline_on):
        return {"deadline_on": problem}
    return {}


def _deadline_problem(opens_on: dt.date, deadline_on: dt.date) -> str:
    day = date_text(opens_on)
    return {
        "": "",
        "before_start": _("The deadline lies before the round opens, %(day)s.") % {"day": day},
        "too_soon": _("Give the leaders at least three days."),
        "too_late": _("A round runs for four months at most."),
    }[deadline_problem(opens_on, deadline_on)]
