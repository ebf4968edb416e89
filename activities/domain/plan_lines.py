"""Single dates become the lines of a plan: a weekly rule where they are exactly that.

An editor reads "hver tirsdag kl. 17.30" and can change it; forty single dates say the same and
cannot be worked with. A rule is only used when it gives the very same days.
"""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import gcd

from activities.domain.dates import MAX_INTERVAL, rule_dates
from activities.domain.rules import Break, Frequency, Rule, Weeks

FEWEST = 3  # dates that make a rule
MOST_GAPS = 30


def plan_lines(
    spans: Iterable[tuple[dt.datetime, dt.datetime]], *, last: dt.date
) -> tuple[list[Rule], list[Break]]:
    """Return rules and breaks that give exactly `spans`, (start, end) in naive local time.

    `last` is the last day the dates were asked for. A rule that goes on to the end of that window
    has no end of its own. Days that a single rule leaves out are breaks. Keys are left empty.
    """
    days: dict[tuple[dt.time, dt.time], list[dt.date]] = {}
    for starts, ends in sorted(set(spans)):
        days.setdefault((starts.time(), ends.time()), []).append(starts.date())
    if len(days) == 1:
        (times, found), *_ = days.items()
        rule = _weekly(times, found, last)
        gaps = _gaps(rule, found, last) if rule else None
        if rule is not None and gaps is not None:
            return [rule], gaps
    rules: list[Rule] = []
    for times, found in days.items():
        candidates = (_weekly(times, found, last), _monthly(times, found, last))
        fitting = (rule for rule in candidates if rule and _given(rule, found, last) == found)
        rule = next(fitting, None)
        rules += [rule] if rule else [_once(times, day) for day in found]
    return rules, []


def with_keys(rules: Sequence[Rule], old: Sequence[Rule], new_keys: Iterable[str]) -> list[Rule]:
    """Return `rules` with the keys of the `old` ones they continue; calendars know dates by them.

    A rule continues one of the same kind at the same time of day, or a single date its own day.
    """
    free = list(old)
    fresh = iter(new_keys)
    found = []
    for rule in rules:
        same = next((each for each in free if _continues(rule, each)), None)
        if same is not None:
            free.remove(same)
        found.append(replace(rule, key=same.key if same else next(fresh)))
    return found


def _continues(rule: Rule, old: Rule) -> bool:
    if rule.frequency is not old.frequency or rule.starts != old.starts:
        return False
    if rule.frequency is Frequency.ONCE:
        return rule.first_on == old.first_on
    return rule.weekdays == old.weekdays


def _weekly(times: tuple[dt.time, dt.time], days: list[dt.date], last: dt.date) -> Rule | None:
    """The weekly rule that best fits `days`, if there is one; it may give more days than they."""
    if len(days) < FEWEST:
        return None
    mondays = sorted({_monday(day) for day in days})
    steps = [(b - a).days // 7 for a, b in itertools.pairwise(mondays)]
    interval = gcd(*steps) if steps else 1
    if not 1 <= interval <= MAX_INTERVAL:
        return None
    rule = Rule(
        key="",
        frequency=Frequency.WEEKLY,
        starts=times[0],
        ends=times[1],
        first_on=days[0],
        until_on=days[-1],
        weekdays=tuple(sorted({day.weekday() for day in days})),
        weeks=Weeks.EVERY if interval == 1 else Weeks.NTH,
        interval=interval,
    )
    return _open(rule, last)


def _monthly(times: tuple[dt.time, dt.time], days: list[dt.date], last: dt.date) -> Rule | None:
    """The rule "every second Tuesday of the month" that might give `days`."""
    if len(days) < FEWEST or len({day.weekday() for day in days}) != 1:
        return None
    counted = {(day.day - 1) // 7 + 1 for day in days}
    return _open(
        Rule(
            key="",
            frequency=Frequency.MONTHLY,
            starts=times[0],
            ends=times[1],
            first_on=days[0],
            until_on=days[-1],
            weekdays=(days[0].weekday(),),
            nth=counted.pop() if len(counted) == 1 and counted != {5} else -1,
        ),
        last,
    )


def _open(rule: Rule, last: dt.date) -> Rule:
    """The rule without an end, if it goes on to the end of what was asked for."""
    final = rule.until_on or last
    goes_on = replace(rule, until_on=None)
    return goes_on if rule_dates(goes_on, start=final, end=last) == [final] else rule


def _gaps(rule: Rule, days: list[dt.date], last: dt.date) -> list[Break] | None:
    """The days the rule gives too many, as breaks; None when a rule would be the wrong word."""
    given = _given(rule, days, last)
    wanted = set(days)
    if len(given) - len(wanted) > min(MOST_GAPS, len(wanted) // 2):
        return None
    breaks = []
    for missing, run in itertools.groupby(given, key=lambda day: day not in wanted):
        if missing:
            gap = list(run)
            breaks.append(Break(gap[0], gap[-1]))
    return breaks


def _given(rule: Rule, days: list[dt.date], last: dt.date) -> list[dt.date]:
    return rule_dates(rule, start=days[0], end=max(last, days[-1]))


def _once(times: tuple[dt.time, dt.time], day: dt.date) -> Rule:
    return Rule(key="", frequency=Frequency.ONCE, starts=times[0], ends=times[1], first_on=day)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
