"""Schedules in words: the parts `domain.describe` found, in the language of the reader.

All that is said is a translated message, so that Danish word order is the catalogue's business.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext, ngettext, pgettext

from activities.domain.describe import (
    Monthly,
    Pause,
    Single,
    Span,
    Times,
    Weekly,
    describe,
)
from activities.domain.rules import Break, Rule, Weeks

MAX_SINGLE_DATES = 4
MIDNIGHT = dt.time(0)
DAWN = dt.time(5)
NOON = dt.time(12)


def schedule_text(
    rules: Sequence[Rule],
    breaks: Sequence[Break] = (),
    *,
    today: dt.date,
    off: Collection[dt.datetime] = (),
) -> str:
    """When an activity takes place, to be read inside a sentence: it begins in lower case.

    `off` are starts by the rules at which it does not, see `describe`.
    It changes with `today` (a pause is over, a next date has been): never store it in a feed.
    An activity without a schedule gives "".
    """
    parts = describe(rules, breaks, today=today, off=off)
    held = [_held_text(part) for part in parts if not isinstance(part, Pause)]
    pauses = [_pause_text(part) for part in parts if isinstance(part, Pause)]
    if not pauses:
        return _joined(held)
    return gettext("%(schedule)s, pausing %(periods)s") % {
        "schedule": _joined(held),
        "periods": _joined(pauses),
    }


def time_text(starts: dt.time, ends: dt.time) -> str:
    """Wall-clock time from and to: "kl. 13-15.30", "kl. 20 til kl. 8 næste morgen"."""
    values = {"starts": _clock(starts), "ends": _clock(ends)}
    if starts == ends == MIDNIGHT:
        return gettext("all day and night")
    if ends == MIDNIGHT:
        return gettext("at %(starts)s-%(ends)s") % (values | {"ends": "24"})
    if starts < ends:
        return gettext("at %(starts)s-%(ends)s") % values
    if ends >= NOON or starts == ends:
        return gettext("at %(starts)s until %(ends)s the next day") % values
    if ends < DAWN:
        return gettext("at %(starts)s until %(ends)s at night") % values
    return gettext("at %(starts)s until %(ends)s the next morning") % values


def date_text(day: dt.date, *, with_year: bool = True) -> str:
    """A date inside a sentence: "den 3. marts 2026", "den 3. marts"."""
    values = {"day": day.day, "month": MONTHS[day.month], "year": day.year}
    if with_year:
        return pgettext("in a sentence", "%(day)d %(month)s %(year)d") % values
    return pgettext("in a sentence", "%(day)d %(month)s") % values


def weekday_date_text(day: dt.date, *, with_year: bool = True) -> str:
    """A date with its weekday: "tirsdag den 3. marts 2026"."""
    return gettext("%(weekday)s %(date)s") % {
        "weekday": WEEKDAYS[day.weekday()],
        "date": date_text(day, with_year=with_year),
    }


def _held_text(part: Weekly | Monthly | Single) -> str:
    match part:
        case Weekly():
            return _weekly_text(part)
        case Monthly():
            return _monthly_text(part)
        case Single():
            return _single_text(part)


def _weekly_text(part: Weekly) -> str:
    text = gettext("%(days)s %(times)s") % {
        "days": _weekly_days(part),
        "times": _times_text(part.times),
    }
    text = _with_span(text, part.span)
    if part.next_on is None:
        return text
    values = {"schedule": text, "date": date_text(part.next_on)}
    if part.begun:
        return gettext("%(schedule)s, next time %(date)s") % values
    return gettext("%(schedule)s, first time %(date)s") % values


def _weekly_days(part: Weekly) -> str:
    if part.weeks is Weeks.EVERY:
        return _range_text(part.weekdays) or gettext("every %(weekdays)s") % {
            "weekdays": _joined(str(WEEKDAYS[day]) for day in part.weekdays)
        }
    return gettext("%(weeks)s %(days)s") % {
        "weeks": _weeks_text(part),
        "days": _range_text(part.weekdays) or _habitual_days(part.weekdays),
    }


def _weeks_text(part: Weekly) -> str:
    if part.weeks is Weeks.EVEN:
        return gettext("every other week (even weeks)")
    if part.weeks is Weeks.ODD:
        return gettext("every other week (odd weeks)")
    if part.interval == 2 and len(part.weekdays) == 1:
        return gettext("every 14 days")
    if part.interval == 2:
        return gettext("every other week")
    return gettext("every %(number)d weeks") % {"number": part.interval}


def _range_text(weekdays: Sequence[int]) -> str:
    """Three or more days running as a range, the whole week by its name; else ""."""
    if len(weekdays) == 7:
        return gettext("every day of the week")
    first, last = weekdays[0], weekdays[-1]
    if len(weekdays) < 3 or last - first != len(weekdays) - 1:
        return ""
    return gettext("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}


def _habitual_days(weekdays: Iterable[int]) -> str:
    days = _joined(
        pgettext("in general", "%(weekday)ss") % {"weekday": WEEKDAYS[day]} for day in weekdays
    )
    return gettext("on %(weekdays)s") % {"weekdays": days}


def _monthly_text(part: Monthly) -> str:
    counts = _joined(_ordinal(nth) for nth in part.nths)
    days = _joined(
        gettext("the %(ordinals)s %(weekday)s") % {"ordinals": counts, "weekday": WEEKDAYS[day]}
        for day in part.weekdays
    )
    values = {"days": days, "times": _times_text(part.times)}
    if part.nths == (-1,):
        text = gettext("%(days)s of the month %(times)s") % values
    else:
        text = gettext("%(days)s of every month %(times)s") % values
    return _with_span(text, part.span)


def _ordinal(nth: int) -> str:
    return {
        1: pgettext("weekday of a month", "first"),
        2: pgettext("weekday of a month", "second"),
        3: pgettext("weekday of a month", "third"),
        4: pgettext("weekday of a month", "fourth"),
        -1: pgettext("weekday of a month", "last"),
    }[nth]


def _single_text(part: Single) -> str:
    """The soonest dates; a year is said once, with the last date it holds for."""
    shown = part.dates[:MAX_SINGLE_DATES]
    followers = [*shown[1:], None]
    texts = [
        weekday_date_text(day, with_year=follower is None or follower.year != day.year)
        for day, follower in zip(shown, followers, strict=True)
    ]
    more = len(part.dates) - len(shown)
    if more:
        texts.append(
            ngettext("%(count)d more date", "%(count)d more dates", more) % {"count": more}
        )
    return gettext("%(days)s %(times)s") % {
        "days": _joined(texts),
        "times": _times_text(part.times),
    }


def _pause_text(part: Pause) -> str:
    if part.first_on == part.until_on:
        return pgettext("pause", "on %(date)s") % {"date": date_text(part.first_on)}
    return _from_to_text(part.first_on, part.until_on)


def _with_span(text: str, span: Span) -> str:
    values = {"schedule": text}
    if span.from_on and span.until_on:
        values["period"] = _from_to_text(span.from_on, span.until_on)
    elif span.from_on:
        values["period"] = gettext("from %(date)s") % {"date": date_text(span.from_on)}
    elif span.until_on:
        values["period"] = gettext("until and including %(date)s") % {
            "date": date_text(span.until_on)
        }
    else:
        return text
    return gettext("%(schedule)s %(period)s") % values


def _from_to_text(first: dt.date, last: dt.date) -> str:
    """What the two dates share is said once: "fra den 15. til den 21. februar 2027"."""
    begins = date_text(first, with_year=first.year != last.year)
    if (first.year, first.month) == (last.year, last.month):
        begins = pgettext("in a sentence", "%(day)d") % {"day": first.day}
    return gettext("from %(first)s to %(last)s") % {"first": begins, "last": date_text(last)}


def _times_text(times: Iterable[Times]) -> str:
    return _joined(time_text(each.starts, each.ends) for each in times)


def _clock(time: dt.time) -> str:
    """A Danish clock: "13.30", but a whole hour is only "13"."""
    values = {"hour": time.hour, "minute": time.minute}
    if time.minute:
        return pgettext("clock", "%(hour)d:%(minute)02d") % values
    return pgettext("clock", "%(hour)d") % values


def _joined(texts: Iterable[str]) -> str:
    *others, last = list(texts) or [""]
    if not others:
        return last
    return gettext("%(items)s and %(last)s") % {"items": ", ".join(others), "last": last}
