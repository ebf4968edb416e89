"""What changed about a date, in the one wording that every page and feed uses.

The texts follow the bold word of `components/change.html`: **Aflyst** i dag: Vi er for få. Days
and times are local and naive. They change with `today`: never store them.
"""

import datetime as dt

from django.utils.translation import gettext, pgettext

from core.wording import clock, date_text, day_month, moment_text, sentence


def day_text(day: dt.date, today: dt.date) -> str:
    """`i dag`, else `tirsdag den 24. november`, with the year when it is another one."""
    if day == today:
        return gettext("today")
    return date_text(day, year=day.year != today.year)


def cancelled_text(day: dt.date, reason: str, next_on: dt.date | None, *, today: dt.date) -> str:
    """`tirsdag den 24. november: Bussen er i stykker. Næste gang er den 1. december.`"""
    parts = [_with_reason(day_text(day, today), reason)]
    if next_on is not None:
        parts.append(gettext("Next time is %(day)s.") % {"day": _next_text(day, next_on, today)})
    return " ".join(parts)


def moved_text(
    original: dt.datetime,
    starts: dt.datetime,
    ends: dt.datetime,
    *,
    place: str,
    reason: str,
    today: dt.date,
) -> str:
    """`fra kl. 14.30 til kl. 16 i dag. Samme sted.`, to another day, or to another place."""
    parts = [_from_to(original, starts, ends, place, today)]
    if original != starts:
        new_place = gettext("New place: %(place)s") % {"place": place}
        parts.append(sentence(new_place) if place else gettext("Same place."))
    if reason:
        parts.append(sentence(reason))
    return " ".join(parts)


def extra_text(day: dt.date, reason: str, *, today: dt.date) -> str:
    """`søndag den 29. november: Det er advent.`"""
    return _with_reason(day_text(day, today), reason)


def _from_to(
    original: dt.datetime, starts: dt.datetime, ends: dt.datetime, place: str, today: dt.date
) -> str:
    day = day_text(starts.date(), today)
    if original == starts and place:
        return gettext("to %(place)s %(day)s.") % {"place": place, "day": day}
    if original == starts:
        return gettext("%(day)s: Ends %(time)s.") % {"day": day, "time": clock(ends.time())}
    if original.date() == starts.date():
        words = {"before": clock(original.time()), "after": clock(starts.time()), "day": day}
        return pgettext("moved", "from %(before)s to %(after)s %(day)s.") % words
    words = {"before": _moment(original, today), "after": _moment(starts, today)}
    return pgettext("moved", "from %(before)s to %(after)s.") % words


def _moment(moment: dt.datetime, today: dt.date) -> str:
    if moment.date() == today:
        return f"{gettext('today')} {clock(moment.time())}"
    return moment_text(moment, year=moment.year != today.year)


def _next_text(day: dt.date, next_on: dt.date, today: dt.date) -> str:
    """The weekday is left out when the sentence has just named it."""
    year = next_on.year != today.year
    if day != today and day.weekday() == next_on.weekday():
        return day_month(next_on, year=year)
    return date_text(next_on, year=year)


def _with_reason(text: str, reason: str) -> str:
    return f"{text}: {sentence(reason)}" if reason.strip() else f"{text}."
