"""Opening hours in words: one line about now, and the hours of a day or a week."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext

from core.wording import (
    clock,
    clock_range,
    column_range,
    relative_day,
    relative_moment,
    sentence,
    time_range,
    weekday,
)
from directory.domain.holidays import Holiday
from directory.domain.opening import DayPlan, Kind, Span, State, minutes_left

_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatusText:
    """The status line's three parts and its state: open, closed or unknown."""

    head: str
    tail: str
    today: str
    state: str


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One row of the week's table of hours.

    `times` is empty on a day without any; `notes` has one text, perhaps empty, for each
    time. `exception` says what is special about the day.
    """

    date: dt.date
    day: str
    times: tuple[str, ...]
    notes: tuple[str, ...]
    is_today: bool
    exception: str


def status_line(state: State, now: dt.datetime) -> StatusText:
    """Say whether it is open at `now` (wall time), until when, and today's hours."""
    if state.open:
        tail = _open_tail(state, now)
    elif state.uncertain is not None:
        tail = _uncertain_tail(state, now)
    elif _only_phone(state):
        tail = _phone_until(state, now)
    else:
        tail = _closed_tail(state, now)
    return StatusText(_head(state), tail, today_text(state, now), state.name)


def until_texts(state: State, now: dt.datetime) -> tuple[str, str]:
    """Return (`lukker kl. 16`, `om 50 minutter`) for a row in a list; either may be empty."""
    if state.uncertain is not None:
        return gettext("holiday – call and ask"), ""
    if not state.open:
        if state.opens_next is None:
            return "", ""
        return gettext("opens %(when)s") % {"when": _when(state.opens_next, now)}, ""
    if state.closes is None or _change_is_far(state, now):
        return gettext("open around the clock"), ""
    if state.access_changes == state.closes:
        return gettext("women only from %(time)s") % {"time": _end(state.closes, now)}, ""
    note = _minutes_text(state.closes, now)
    return gettext("closes %(time)s") % {"time": _end(state.closes, now)}, note


def _head(state: State) -> str:
    if state.uncertain is not None:
        return _ask_on_holiday()
    if state.open:
        return _open_head(state.kind)
    if _only_phone(state):
        return gettext("The phone is open now.")
    if state.today.closed_reason is not None:
        return _closed_today(state.today.closed_reason)
    return gettext("Closed now.")


def _open_head(kind: Kind | None) -> str:
    if kind is Kind.WOMEN_ONLY:
        return gettext("Open now, for women only.")
    if kind is Kind.USER_RUN:
        return gettext("The users keep the door open themselves now.")
    return gettext("Open now.")


def _ask_on_holiday() -> str:
    return gettext("Holiday – call and ask.")


def _ask_on(holiday: Holiday) -> str:
    return gettext("%(holiday)s: call and ask.") % {"holiday": capfirst(holiday.name)}


def _closed_today(reason: str) -> str:
    if not reason.strip():
        return gettext("Closed today.")
    return gettext("Closed today: %(reason)s") % {"reason": _reason(reason)}


def _then_closed(reason: str) -> str:
    """Last night's hours still run, but nothing begins today."""
    if not reason.strip():
        return gettext("After that closed today.")
    return gettext("After that closed today: %(reason)s") % {"reason": _reason(reason)}


def _reason(reason: str) -> str:
    """A label such as "Sygdom" goes into a sentence; a sentence of its own stays as it is."""
    text = reason.strip()
    if " " not in text and not text.isupper():
        text = text[:1].lower() + text[1:]
    return text if text[-1] in ".!?…" else f"{text}."


def _only_phone(state: State) -> bool:
    return state.phone_open and state.opens_next is None and state.today.closed_reason is None


def _change_is_far(state: State, now: dt.datetime) -> bool:
    """Open day and night until a holiday, or women's hours, still more than a day away."""
    if state.closes is None or state.closes - now < _A_DAY:
        return False
    return state.doubt_after is not None or state.access_changes == state.closes


def _open_tail(state: State, now: dt.datetime) -> str:
    if state.access_changes is not None and state.kind is Kind.WOMEN_ONLY:
        return gettext("Open to everybody from %(time)s.") % {
            "time": _when(state.access_changes, now)
        }
    if state.closes is None or _change_is_far(state, now):
        return gettext("Open around the clock.")
    closes = _end(state.closes, now)
    if state.access_changes == state.closes:
        return gettext("Women only from %(time)s.") % {"time": closes}
    if state.doubt_after is not None:
        return gettext("Open until %(time)s. After that it is a holiday – call and ask.") % {
            "time": closes
        }
    if minutes := _minutes_text(state.closes, now):
        return gettext("Closes %(minutes)s, %(time)s.") % {
            "minutes": minutes,
            "time": closes,
        }
    return gettext("Closes %(time)s.") % {"time": closes}


def _closed_tail(state: State, now: dt.datetime) -> str:
    if state.opens_next is None:
        parts = [gettext("We do not know when it opens again. Call and ask.")]
    else:
        parts = [_opens(state, now)]
    if state.unanswered is not None and state.opens_next is not None:
        parts.append(_ask_on(state.unanswered))
    if state.phone_open:
        parts.append(_phone_until(state, now))
    if state.by_appointment:
        parts.append(gettext("You can come by appointment now."))
    return " ".join(parts)


def _opens(state: State, now: dt.datetime) -> str:
    if state.opens_next is None:
        return ""
    when = _when(state.opens_next, now)
    if state.opens_next_kind is Kind.WOMEN_ONLY:
        return gettext("Opens %(when)s, for women only.") % {"when": when}
    return gettext("Opens %(when)s.") % {"when": when}


def _uncertain_tail(state: State, now: dt.datetime) -> str:
    parts = []
    if state.opens_next is not None:
        when = _when(state.opens_next, now)
        parts.append(gettext("Certain to open %(when)s.") % {"when": when})
    if state.phone_open:
        parts.append(_phone_until(state, now))
    return " ".join(parts)


def _phone_until(state: State, now: dt.datetime) -> str:
    if state.phone_closes is None:
        return gettext("The phone is answered day and night.")
    return gettext("The phone is answered until %(time)s.") % {
        "time": _end(state.phone_closes, now)
    }


def _minutes_text(closes: dt.datetime, now: dt.datetime) -> str:
    minutes = minutes_left(closes, now)
    if minutes is None:
        return ""
    if minutes == 0:
        return gettext("in a few minutes")
    pattern = ngettext("in %(count)d minute", "in %(count)d minutes", minutes)
    return pattern % {"count": minutes}


def _when(moment: dt.datetime, now: dt.datetime) -> str:
    """`kl. 16` today, else `i morgen kl. 9`, `på mandag kl. 9`."""
    if moment.date() == now.date():
        return clock(moment.time())
    return relative_moment(moment, now.date())


def _end(moment: dt.datetime, now: dt.datetime) -> str:
    """As `_when`, but midnight belongs to the day that it ends: `kl. 24`."""
    if moment.time() != dt.time():
        return _when(moment, now)
    day, text = moment.date() - _A_DAY, clock(moment.time(), end=True)
    return text if day == now.date() else f"{relative_day(day, now.date())} {text}"


def today_text(state: State, now: dt.datetime) -> str:
    """`I dag kl. 9–12 og 13–16. Åbner igen i morgen kl. 9.`"""
    plan = state.today
    if not plan.confirmed and plan.holiday is not None:
        parts = [
            gettext("Today is %(holiday)s, and the place has not said whether it is open.")
            % {"holiday": plan.holiday.name}
        ]
    elif plan.closed_reason is not None:
        parts = [_then_closed(plan.closed_reason)] if state.open or state.uncertain else []
    elif plan.spans:
        parts = [sentence(gettext("today %(hours)s") % {"hours": day_hours(plan.spans)})]
    else:
        parts = [] if state.open else [gettext("Not open today.")]
    return " ".join([*parts, *_after_today(state, now)])


def _after_today(state: State, now: dt.datetime) -> list[str]:
    """When a door that is open now opens next, and which holiday nobody has spoken for."""
    if not state.open or state.opens_next is None or state.opens_next.date() == now.date():
        return []
    if _change_is_far(state, now):
        return []
    when = {"when": relative_moment(state.opens_next, now.date())}
    if state.doubt_after is not None:
        return [gettext("Certain to open %(when)s.") % when]
    parts = [gettext("Opens again %(when)s.") % when]
    if state.unanswered is not None:
        parts.append(_ask_on(state.unanswered))
    return parts


def day_hours(spans: Iterable[Span]) -> str:
    """`kl. 9–12 og 13–16 (kun for kvinder)`, or `hele døgnet`. Empty for no spans."""
    texts = [_span_text(span, first=place == 0) for place, span in enumerate(spans)]
    if len(texts) < 2:
        return "".join(texts)
    return gettext("%(most)s and %(last)s") % {
        "most": ", ".join(texts[:-1]),
        "last": texts[-1],
    }


def _span_text(span: Span, *, first: bool) -> str:
    opens, closes = span.opens.time(), span.closes.time()
    all_day = opens == closes == dt.time()
    text = clock_range(opens, closes) if first or all_day else time_range(opens, closes)
    label = kind_label(span.kind)
    return f"{text} ({label})" if label else text


def kind_label(kind: Kind) -> str:
    """What a visitor should know beside the time; nothing for ordinary staffed hours."""
    labels = {
        Kind.STAFFED: "",
        Kind.VOLUNTEER_RUN: pgettext("opening hours", "volunteers"),
        Kind.USER_RUN: pgettext("opening hours", "run by the users themselves"),
        Kind.WOMEN_ONLY: pgettext("opening hours", "women only"),
        Kind.PHONE: pgettext("opening hours", "phone"),
        Kind.BY_APPOINTMENT: pgettext("opening hours", "by appointment"),
    }
    return labels[kind]


def hours_rows(plans: Sequence[DayPlan], today: dt.date) -> list[HoursRow]:
    """Return the rows of the table of hours, one for each plan."""
    return [
        HoursRow(
            date=plan.day,
            day=capfirst(weekday(plan.day)),
            times=tuple(column_range(s.opens.time(), s.closes.time()) for s in plan.spans),
            notes=tuple(_beside(span) for span in plan.spans),
            is_today=plan.day == today,
            exception=plan_exception(plan),
        )
        for plan in plans
    ]


def _beside(span: Span) -> str:
    label = capfirst(kind_label(span.kind))
    if span.kind is Kind.STAFFED:
        label = pgettext("opening hours", "Staff")
    return f"{label}. {capfirst(span.note)}" if span.note else label


def plan_exception(plan: DayPlan) -> str:
    """`Juleaften: ring og hør.`, `Lukket: sygdom.`, or the name of a holiday with known hours."""
    if not plan.confirmed and plan.holiday is not None:
        return _ask_on(plan.holiday)
    if plan.closed_reason is not None:
        if not plan.closed_reason.strip():
            return gettext("Closed.")
        return gettext("Closed: %(reason)s") % {"reason": _reason(plan.closed_reason)}
    return capfirst(plan.holiday.name) if plan.holiday is not None else ""


def upcoming_day(plan: DayPlan, today: dt.date) -> str:
    """`i morgen kl. 9–16`, `på torsdag lukket`, for a list of the days ahead."""
    hours = day_hours(plan.door_spans) or pgettext("a day", "closed")
    if not plan.confirmed:
        hours = gettext("holiday – call and ask")
    return f"{relative_day(plan.day, today)} {hours}"
