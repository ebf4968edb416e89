"""What a form's plan comes to: its words and next dates, before anything is saved."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from activities.domain.dates import OPEN_SPAN
from activities.domain.recurrence import RuleError, check_rule, slots
from activities.domain.rules import Break, Change, Rule, Slot
from activities.wording import schedule_text

SHOWN = 10


@dataclass(frozen=True, slots=True)
class DatesAhead:
    """A plan in words, its next dates (naive local time), and how many rows are unfinished."""

    text: str
    slots: Sequence[Slot]
    unfinished: int = 0


def dates_ahead(
    schedules: Any, breaks: Any, changes: Iterable[Change] = (), *, today: dt.date
) -> DatesAhead:
    """Return what the rows of two formsets say, bound or not; broken rows are only counted."""
    rows = [_rule(form) for form in _rows(schedules)]
    rules = [rule for rule in rows if rule]
    pauses = [pause for pause in map(_pause, _rows(breaks)) if pause]
    start = max(today, min((rule.first_on for rule in rules), default=today))
    found = slots(rules, pauses, changes, start=start, end=start + OPEN_SPAN)
    return DatesAhead(
        text=schedule_text(rules, pauses, today=today),
        slots=[slot for slot in found if slot.starts.date() >= today][:SHOWN],
        unfinished=rows.count(None),
    )


def _rows(formset: Any) -> Iterator[Any]:
    """Rows that say something: stored ones and those somebody has begun to fill in."""
    for form in formset.forms:
        if form.is_bound:
            form.is_valid()  # reads what was typed
            if formset._should_delete_form(form):
                continue
        if form.instance.pk or (form.has_changed() if form.is_bound else form.instance.first_on):
            yield form


def _rule(form: Any) -> Rule | None:
    if form.errors:
        return None
    rule: Rule = form.instance.rule()
    try:
        check_rule(rule)
    except RuleError:
        return None
    return rule


def _pause(form: Any) -> Break | None:
    if form.errors:
        return None
    pause: Break = form.instance.pause()
    return pause
