"""Danish dates, times and amounts in templates.

Aware moments are shown in Danish time. What is relative to now takes `today` or `now` as an
argument. An empty or wrong kind of value gives an empty string, as Django's filters do.
"""

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import wording
from core.domain.dates import COPENHAGEN

register = template.Library()


def _local(value: object) -> object:
    """An aware moment as it stands on the clock in Denmark; anything else unchanged."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(COPENHAGEN)
    return value


def _moment(value: object) -> dt.datetime | None:
    local = _local(value)
    return local if isinstance(local, dt.datetime) else None


def _day(value: object) -> dt.date | None:
    local = _local(value)
    if isinstance(local, dt.datetime):
        return local.date()
    return local if isinstance(local, dt.date) else None


def _time(value: object) -> dt.time | None:
    local = _local(value)
    if isinstance(local, dt.datetime):
        return local.time()
    return local if isinstance(local, dt.time) else None


@register.filter
def column_time(value: object) -> str:
    """`13.00`, for times that stand below each other."""
    time = _time(value)
    return "" if time is None else wording.column_time(time)


@register.filter
def time_text(value: object) -> str:
    """`13` or `13.30`."""
    time = _time(value)
    return "" if time is None else wording.time_text(time)


@register.filter
def clock(value: object) -> str:
    """`kl. 13.30`."""
    time = _time(value)
    return "" if time is None else wording.clock(time)


@register.filter
def clock_range(opens: object, closes: object) -> str:
    """`{{ starts_at|clock_range:ends_at }}` gives `kl. 9–16`; without an end `kl. 9`."""
    first, last = _time(opens), _time(closes)
    if first is None:
        return ""
    return wording.clock(first) if last is None else wording.clock_range(first, last)


@register.filter
def column_range(opens: object, closes: object) -> str:
    """`9.00–16.00`; without an end `9.00`."""
    first, last = _time(opens), _time(closes)
    if first is None:
        return ""
    return wording.column_time(first) if last is None else wording.column_range(first, last)


@register.filter
def weekday(value: object) -> str:
    """`tirsdag`."""
    day = _day(value)
    return "" if day is None else wording.weekday(day)


@register.filter
def date_text(value: object) -> str:
    """`tirsdag den 3. marts 2026`."""
    day = _day(value)
    return "" if day is None else wording.date_text(day)


@register.filter
def date_text_short(value: object) -> str:
    """`tirsdag den 3. marts`."""
    day = _day(value)
    return "" if day is None else wording.date_text(day, year=False)


@register.filter
def day_month(value: object) -> str:
    """`den 24. november`."""
    day = _day(value)
    return "" if day is None else wording.day_month(day)


@register.filter
def day_month_year(value: object) -> str:
    """`den 24. november 2026`."""
    day = _day(value)
    return "" if day is None else wording.day_month(day, year=True)


@register.filter
def day_range(first: object, last: object) -> str:
    """`{{ first|day_range:last }}` gives `den 23.–29. november`."""
    start, end = _day(first), _day(last)
    if start is None:
        return ""
    return wording.day_range(start, start if end is None else end)


@register.filter
def moment_text(value: object) -> str:
    """`tirsdag den 3. marts 2026 kl. 13.30`."""
    moment = _moment(value)
    return "" if moment is None else wording.moment_text(moment)


@register.filter
def relative_day(value: object, today: object) -> str:
    """`{{ day|relative_day:today }}` gives `i morgen` or `på torsdag`."""
    day, now = _day(value), _day(today)
    return "" if day is None or now is None else wording.relative_day(day, now)


@register.filter
def relative_moment(value: object, today: object) -> str:
    """`{{ moment|relative_moment:today }}` gives `i morgen kl. 9`."""
    moment, now = _moment(value), _day(today)
    return "" if moment is None or now is None else wording.relative_moment(moment, now)


@register.filter
def until_text(value: object, now: object) -> str:
    """`{{ starts_at|until_text:now }}` gives `om 50 minutter`."""
    moment, present = _moment(value), _moment(now)
    if moment is None or present is None or (moment.tzinfo is None) != (present.tzinfo is None):
        return ""
    return wording.until_text(moment, present)


@register.filter
def age_text(value: object, today: object) -> str:
    """`{{ verified_at|age_text:today }}` gives `for 3 uger siden`."""
    day, now = _day(value), _day(today)
    return "" if day is None or now is None else wording.age_text(day, now)


@register.filter
def week_text(value: object) -> str:
    """`uge 48`."""
    day = _day(value)
    return "" if day is None else wording.week_text(day)


@register.filter
def kr(ore: object) -> str:
    """`25 kr.` from 2500 øre, `gratis` from 0."""
    return wording.kr(ore) if isinstance(ore, int) else ""


_FORMS = {
    "column": column_time,
    "time": time_text,
    "clock": clock,
    "moment": moment_text,
    "date": date_text,
    "date_short": date_text_short,
    "day_month": day_month,
}


@register.simple_tag
def time_tag(value: object, form: str = "column", text: str = "") -> SafeString | str:
    """`<time datetime="2026-11-23T13:00+01:00">13.00</time>`.

    `form` is column, time, clock, moment, date, date_short or day_month; a date without a
    time is always a date. `text` replaces the words: `i morgen`.
    """
    local = _local(value)
    if isinstance(local, dt.datetime):
        machine = local.isoformat(timespec="minutes")
    elif isinstance(local, dt.date):
        machine = local.isoformat()
        form = "date" if form in {"column", "time", "clock", "moment"} else form
    elif isinstance(local, dt.time):
        machine = local.isoformat(timespec="minutes")
    else:
        return text
    return format_html('<time datetime="{}">{}</time>', machine, text or _FORMS[form](value))
