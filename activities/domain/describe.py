"""What a schedule says, as parts a language can put into words.

Rows an editor made separately but a person would say in one breath are brought together: Tuesday
and Thursday at the same time, the same Tuesday at two times, the second and fourth Thursday. What
is over is left out, unless everything is.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from activities.domain.dates import in_break, rule_dates
from activities.domain.rules import Break, Frequency, Rule, Weeks

LOOK_AHEAD = dt.timedelta(days=400)  # a rule of every 52 weeks still finds its next date


@dataclass(frozen=True, slots=True, order=True)
class Times:
    """From and to on the wall clock; at or before `starts`, `ends` is on the next day."""

    starts: dt.time
    ends: dt.time


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which something holds. None: it has begun already; it has no end."""

    from_on: dt.date | None = None
    until_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Weekly:
    """On these weekdays, in these weeks."""

    weekdays: tuple[int, ...]
    times: tuple[Times, ...]
    weeks: Weeks = Weeks.EVERY
    interval: int = 1
    span: Span = Span()
    next_on: dt.date | None = None  # where counted weeks would leave a reader guessing
    begun: bool = True  # whether `next_on` is not the very first date


@dataclass(frozen=True, slots=True)
class Monthly:
    """On these weekdays of a month, counted from its start (1..4) or the last (-1)."""

    weekdays: tuple[int, ...]
    nths: tuple[int, ...]
    times: tuple[Times, ...]
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Single:
    """On these days only, all at the same times."""

    dates: tuple[dt.date, ...]
    times: tuple[Times, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing from the first to the last of these days, both included."""

    first_on: dt.date
    until_on: dt.date


Description = Weekly | Monthly | Single | Pause


def describe(
    rules: Sequence[Rule],
    breaks: Sequence[Break] = (),
    *,
    today: dt.date,
    off: Collection[dt.datetime] = (),
) -> list[Description]:
    """The parts of a schedule: single days, then what repeats, then the pauses.

    `off` are starts by the rules that were cancelled or moved: none of them is named as the next
    date. What repeats stands in the order of the rules. A pause is named if it is not over and
    takes away at least one date. Rows still without a weekday (a half-filled form) are passed over.
    """
    sound = [rule for rule in rules if rule.weekdays or rule.frequency is Frequency.ONCE]
    held = [rule for rule in sound if not _only_in_break(rule, breaks)]
    current = [rule for rule in held if _last_day(rule) >= today] or held
    kinds: dict[Frequency, list[Rule]] = {kind: [] for kind in Frequency}
    for rule in current:
        kinds[rule.frequency].append(rule)
    return [
        *_single(kinds[Frequency.ONCE]),
        *_weekly(kinds[Frequency.WEEKLY], breaks, today, off),
        *_monthly(kinds[Frequency.MONTHLY], today),
        *_pauses(current, breaks, today),
    ]


def _only_in_break(rule: Rule, breaks: Sequence[Break]) -> bool:
    return rule.frequency is Frequency.ONCE and in_break(rule.first_on, breaks)


def _last_day(rule: Rule) -> dt.date:
    if rule.frequency is Frequency.ONCE:
        return rule.first_on
    return rule.until_on or dt.date.max


def _single(rules: Iterable[Rule]) -> list[Single]:
    days: dict[dt.date, set[Times]] = {}
    for rule in rules:
        days.setdefault(rule.first_on, set()).add(_times(rule))
    alike: dict[tuple[Times, ...], list[dt.date]] = {}
    for day, times in sorted(days.items()):
        alike.setdefault(tuple(sorted(times)), []).append(day)
    return [Single(tuple(dates), times) for times, dates in alike.items()]


def _weekly(
    rules: Sequence[Rule],
    breaks: Sequence[Break],
    today: dt.date,
    off: Collection[dt.datetime],
) -> list[Weekly]:
    together: dict[tuple[Weekly, int], list[Rule]] = {}
    for rule in rules:
        weeks, interval, phase = _weeks(rule)
        span = Span(None, rule.until_on) if weeks is Weeks.NTH else _span(rule, today)
        part = Weekly((), (_times(rule),), weeks, interval, span)
        together.setdefault((part, phase), []).append(rule)
    alike: dict[Weekly, set[Times]] = {}
    for (part, _), own in together.items():
        days = tuple(sorted({day for rule in own for day in rule.weekdays}))
        key = replace(_with_next(part, own, breaks, today, off), weekdays=days, times=())
        alike.setdefault(key, set()).update(part.times)
    return [replace(part, times=tuple(sorted(times))) for part, times in alike.items()]


def _monthly(rules: Sequence[Rule], today: dt.date) -> list[Monthly]:
    """Days that share a count come together before counts that share their days."""
    days: dict[Monthly, set[int]] = {}
    for rule in rules:
        part = Monthly((), (rule.nth or 1,), (_times(rule),), _span(rule, today))
        days.setdefault(part, set()).update(rule.weekdays)
    nths: dict[Monthly, set[int]] = {}
    for part, weekdays in days.items():
        key = replace(part, weekdays=tuple(sorted(weekdays)), nths=())
        nths.setdefault(key, set()).update(part.nths)
    times: dict[Monthly, set[Times]] = {}
    for part, counts in nths.items():
        key = replace(part, nths=tuple(sorted(counts, key=lambda nth: (nth < 0, nth))), times=())
        times.setdefault(key, set()).update(part.times)
    return [replace(part, times=tuple(sorted(found))) for part, found in times.items()]


def _pauses(rules: Sequence[Rule], breaks: Sequence[Break], today: dt.date) -> list[Pause]:
    pauses = [
        Pause(pause.first_on, pause.until_on)
        for pause in breaks
        if pause.until_on >= today and any(_takes_away(pause, rule) for rule in rules)
    ]
    return sorted(set(pauses), key=lambda pause: (pause.first_on, pause.until_on))


def _takes_away(pause: Break, rule: Rule) -> bool:
    first = _first_date(rule, pause.first_on, ())
    return first is not None and first <= pause.until_on


def _times(rule: Rule) -> Times:
    return Times(rule.starts, rule.ends)


def _weeks(rule: Rule) -> tuple[Weeks, int, int]:
    """Which weeks, every how many, and which of those: 0 unless they are counted from a day."""
    if rule.weeks is not Weeks.NTH:
        return rule.weeks, 1, 0
    if rule.step == 1:
        return Weeks.EVERY, 1, 0
    return Weeks.NTH, rule.step, (rule.first_on.toordinal() - 1) // 7 % rule.step


def _span(rule: Rule, today: dt.date) -> Span:
    return Span(rule.first_on if rule.first_on > today else None, rule.until_on)


def _with_next(
    part: Weekly,
    rules: Sequence[Rule],
    breaks: Sequence[Break],
    today: dt.date,
    off: Collection[dt.datetime],
) -> Weekly:
    """Counted weeks say their next date; where it is the very first, that replaces "from"."""
    if part.weeks is not Weeks.NTH:
        return part
    firsts = [_first_date(rule, rule.first_on, ()) for rule in rules]
    nexts = [_first_date(rule, max(today, rule.first_on), breaks, off) for rule in rules]
    next_on = min((day for day in nexts if day), default=None)
    begun = next_on is None or any(day < next_on for day in firsts if day)
    return replace(part, next_on=next_on, begun=begun)


def _first_date(
    rule: Rule, start: dt.date, breaks: Sequence[Break], off: Collection[dt.datetime] = ()
) -> dt.date | None:
    end = start + min(LOOK_AHEAD, dt.date.max - start)
    for day in rule_dates(rule, start=start, end=end):
        if not in_break(day, breaks) and dt.datetime.combine(day, rule.starts) not in off:
            return day
    return None
