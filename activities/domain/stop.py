"""An activity that takes place no more: its known dates are cancelled, later ones do not exist.

A stop is no correction of the plan. Whoever has the dates in a calendar must see them struck out,
so each date that was promised stays until it is past.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from activities.domain.recurrence import slots
from activities.domain.rules import Break, Change, ChangeKind, Frequency, Rule, Status


@dataclass(frozen=True, slots=True)
class Stop:
    """From which naive local start on nothing takes place, and how far ahead that is told.

    A stop that was taken back has `resumed_on`: dates of that day and later take place again, and
    those before it stay cancelled, since nobody came.
    """

    begins: dt.datetime
    shown_until: dt.date  # the last day of which dates were promised when it was decided
    resumed_on: dt.date | None = None
    reason: str = ""

    def covers(self, starts: dt.datetime) -> bool:
        """Whether a date that really starts at `starts` is cancelled by this stop."""
        resumed = self.resumed_on is not None and starts.date() >= self.resumed_on
        return starts >= self.begins and not resumed


def with_stops(
    rules: Sequence[Rule],
    breaks: Sequence[Break],
    changes: Sequence[Change],
    stops: Iterable[Stop],
) -> tuple[list[Rule], list[Change]]:
    """The rules and changes that hold when `stops` are heeded.

    Rules end where the promise ended, and every date of a rule that a stop covers gets a
    cancellation; one that is cancelled already keeps its own reason. Extra dates are left alone:
    one that is added after the stop does take place.
    """
    found_rules, found_changes = list(rules), list(changes)
    for stop in stops:
        first, last = stop.begins.date(), stop.shown_until
        if stop.resumed_on is None:
            found_rules = cut(found_rules, last)
        else:
            last = min(last, stop.resumed_on - dt.timedelta(days=1))
        found_changes += [
            Change(ChangeKind.CANCELLED, slot.original, reason=stop.reason)
            for slot in slots(found_rules, breaks, found_changes, start=first, end=last)
            if slot.rule_key and slot.status is not Status.CANCELLED and stop.covers(slot.starts)
        ]
    return found_rules, found_changes


def without_stopped(rules: Sequence[Rule], stops: Iterable[Stop]) -> list[Rule]:
    """The rules as a sentence should say them: ended the day before a stop that holds."""
    found = list(rules)
    for stop in stops:
        if stop.resumed_on is None:
            found = cut(found, stop.begins.date() - dt.timedelta(days=1))
    return found


def cut(rules: Iterable[Rule], last: dt.date) -> list[Rule]:
    """`rules` ended with the day `last`; those that would begin later are left out."""
    return [_ended(rule, last) for rule in rules if rule.first_on <= last]


def _ended(rule: Rule, last: dt.date) -> Rule:
    if rule.frequency is Frequency.ONCE or (rule.until_on and rule.until_on <= last):
        return rule
    return replace(rule, until_on=last)
