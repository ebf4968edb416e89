"""Dates, times and amounts as Danes write them, and the only place where that is decided.

Days and times are local and naive; `today` and `now` are arguments. Month and weekday names
are Django's own translations.
"""

import datetime as dt

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext

from core.domain.dates import Distance, Near, Unit, age, near, until
from core.domain.weeks import iso_week

_MIDNIGHT = dt.time()


def time_text(time: dt.time, *, end: bool = False) -> str:
    """`13` or `13.30`, as inside a sentence. Midnight as an end is 24."""
    if end and time.replace(second=0, microsecond=0) == _MIDNIGHT:
        return "24"
    return f"{time.hour}.{time.minute:02d}" if time.minute else str(time.hour)


def column_time(time: dt.time) -> str:
    """`13.00`: always minutes, for times that stand below each other."""
    return f"{time.hour}.{time.minute:02d}"


def clock(time: dt.time, *, end: bool = False) -> str:
    """`kl. 13.30`."""
    return gettext("at %(time)s") % {"time": time_text(time, end=end)}


def time_range(opens: dt.time, closes: dt.time) -> str:
    """`9–16`, past midnight `20–8`."""
    return f"{time_text(opens)}–{time_text(closes, end=True)}"


def column_range(opens: dt.time, closes: dt.time) -> str:
    """`9.00–16.00`."""
    last = "24.00" if closes == _MIDNIGHT else column_time(closes)
    return f"{column_time(opens)}–{last}"


def clock_range(opens: dt.time, closes: dt.time) -> str:
    """`kl. 9–16`, or `hele døgnet` from midnight to midnight."""
    if opens == closes == _MIDNIGHT:
        return gettext("all day and night")
    return gettext("at %(time)s") % {"time": time_range(opens, closes)}


def weekday(day: dt.date) -> str:
    """`tirsdag`."""
    return str(WEEKDAYS[day.weekday()])


def month(number: int) -> str:
    """`marts` for 3."""
    return str(MONTHS[number])


def month_text(year: int, number: int) -> str:
    """`marts 2026`."""
    return f"{month(number)} {year}"


def day_month(day: dt.date, *, year: bool = False) -> str:
    """`den 24. november`, or with `year` `den 24. november 2026`."""
    parts = {"day": day.day, "month": month(day.month), "year": day.year}
    if year:
        return gettext("%(month)s %(day)d, %(year)d") % parts
    return gettext("%(month)s %(day)d") % parts


def date_text(day: dt.date, *, year: bool = True) -> str:
    """`tirsdag den 3. marts 2026`, or without `year` `tirsdag den 3. marts`."""
    return f"{weekday(day)} {day_month(day, year=year)}"


def moment_text(moment: dt.datetime, *, year: bool = True) -> str:
    """`tirsdag den 3. marts 2026 kl. 13.30`."""
    return f"{date_text(moment.date(), year=year)} {clock(moment.time())}"


def relative_day(day: dt.date, today: dt.date) -> str:
    """`i dag`, `på torsdag`, else `tirsdag den 1. december` (with a year over 6 months away)."""
    match near(day, today):
        case Near.TODAY:
            return gettext("today")
        case Near.TOMORROW:
            return gettext("tomorrow")
        case Near.YESTERDAY:
            return gettext("yesterday")
        case Near.THIS_WEEK:
            return gettext("on %(weekday)s") % {"weekday": weekday(day)}
    return date_text(day, year=abs((day - today).days) > 183)


def relative_moment(moment: dt.datetime, today: dt.date) -> str:
    """`i morgen kl. 9`, `på torsdag kl. 13.30`."""
    return f"{relative_day(moment.date(), today)} {clock(moment.time())}"


def day_range(first: dt.date, last: dt.date, *, year: bool = False) -> str:
    """`den 23.–29. november`, `30. november–6. december`; with years over new year."""
    if first == last:
        return day_month(first, year=year)
    words = {
        "first_day": first.day,
        "first_month": month(first.month),
        "first_year": first.year,
        "last_day": last.day,
        "last_month": month(last.month),
        "last_year": last.year,
    }
    if first.year != last.year:
        pattern = gettext(
            "%(first_month)s %(first_day)d, %(first_year)d–"
            "%(last_month)s %(last_day)d, %(last_year)d"
        )
    elif first.month != last.month:
        pattern = gettext("%(first_month)s %(first_day)d–%(last_month)s %(last_day)d")
    else:
        pattern = gettext("%(first_month)s %(first_day)d–%(last_day)d")
    text = pattern % words
    return f"{text} {last.year}" if year and first.year == last.year else text


def week_text(day: dt.date) -> str:
    """`uge 48`, by the ISO week that holds `day`."""
    return gettext("week %(number)d") % {"number": iso_week(day)[1]}


def until_text(moment: dt.datetime, now: dt.datetime) -> str:
    """`om 50 minutter`, `om 2 timer`."""
    distance = until(moment, now)
    if distance.unit is Unit.HOUR:
        pattern = ngettext("in %(count)d hour", "in %(count)d hours", distance.count)
    else:
        pattern = ngettext("in %(count)d minute", "in %(count)d minutes", distance.count)
    return pattern % {"count": distance.count}


def age_text(day: dt.date, today: dt.date) -> str:
    """`i dag`, `i går`, `for 3 dage siden`, `for 3 uger siden`."""
    distance = age(day, today)
    if distance == Distance(0, Unit.DAY):
        return gettext("today")
    if distance == Distance(1, Unit.DAY):
        return gettext("yesterday")
    count = distance.count
    patterns = {
        Unit.DAY: ngettext("%(count)d day ago", "%(count)d days ago", count),
        Unit.WEEK: ngettext("%(count)d week ago", "%(count)d weeks ago", count),
        Unit.MONTH: ngettext("%(count)d month ago", "%(count)d months ago", count),
        Unit.YEAR: ngettext("%(count)d year ago", "%(count)d years ago", count),
    }
    return patterns[distance.unit] % {"count": count}


def kr(ore: int) -> str:
    """`25 kr.`, `1.234,50 kr.` or `gratis`, from an amount in øre."""
    if ore == 0:
        return pgettext("price", "free")
    sign = "-" if ore < 0 else ""
    kroner, rest = divmod(abs(ore), 100)
    grouped = f"{kroner:,}".replace(",", ".")
    return f"{sign}{grouped},{rest:02d} kr." if rest else f"{sign}{grouped} kr."


def sentence(text: str) -> str:
    """Make words a sentence: a capital first and one full stop last."""
    text = capfirst(text.strip())
    return text if not text or text[-1] in ".!?…" else f"{text}."
