"""Why something in a calendar could not be used, in words for its editor."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.domain.imports.values import Problem
from activities.models import CalendarSource, SourceEntry
from core.fetching import FetchProblem

SENTENCES: dict[str, Any] = {
    **{problem.value: problem.label for problem in FetchProblem},
    # The calendar as a whole.
    Problem.EMPTY: gettext_lazy("The file is empty."),
    Problem.COMPRESSED: gettext_lazy("The file is packed. Unpack it first."),
    Problem.WEB_PAGE: gettext_lazy(
        "This is a web page and not a calendar. Perhaps it asks for a login: use the secret"
        " address in iCal format, or share the calendar with everyone."
    ),
    Problem.NOT_A_CALENDAR: gettext_lazy("This is not a calendar in iCal format."),
    Problem.NO_EVENTS: gettext_lazy("There are no events in the calendar."),
    Problem.TOO_SLOW: gettext_lazy("The calendar is too heavy to read."),
    Problem.TOO_MANY_DATES: gettext_lazy("There are too many dates in the calendar."),
    Problem.UNREADABLE: gettext_lazy("The calendar could not be read."),
    Problem.FILE_CUT_OFF: gettext_lazy("The end of the file is missing. What came was read."),
    Problem.MORE: gettext_lazy("There are more remarks than are listed here."),
    # One entry, left out.
    Problem.PRIVATE: gettext_lazy("It is marked as private."),
    Problem.BUSY: gettext_lazy("It only says that the time is taken."),
    Problem.NO_START: gettext_lazy("It has no beginning."),
    Problem.BAD_START: gettext_lazy("Its beginning is no date we can read."),
    Problem.TOO_LONG: gettext_lazy("It lasts more than a year."),
    Problem.RULE_TOO_OFTEN: gettext_lazy("It repeats several times a day."),
    Problem.RULE_OUT_OF_RANGE: gettext_lazy("Its repetition is beyond reason."),
    Problem.RULE_UNKNOWN: gettext_lazy("It repeats in a way we cannot read."),
    Problem.EVENT_TOO_MANY_DATES: gettext_lazy("It has too many dates."),
    Problem.CUT_OFF: gettext_lazy("It breaks off in the middle."),
    Problem.SUPERSEDED: gettext_lazy("The calendar has a newer version of it."),
    "all_day": gettext_lazy("It lasts all day. Give it a time in the calendar."),
    "over_a_day": gettext_lazy("It lasts more than a day at a stretch. Divide it into days."),
    "no_title": gettext_lazy("It has no title."),
    "secret_address": gettext_lazy("It names the venue's secret address."),
    "failed": gettext_lazy("It could not be saved. We try again when it changes."),
    # One entry, taken, with something put right.
    Problem.BAD_LINE: gettext_lazy("A line could not be read and was left out."),
    Problem.BAD_END: gettext_lazy("Its end could not be read. We wrote an hour."),
    Problem.BAD_DATES: gettext_lazy("Some of its dates could not be read and were left out."),
    Problem.BAD_ORIGINAL: gettext_lazy("It changes a date we cannot read. It stands by itself."),
    Problem.ZONE_UNKNOWN: gettext_lazy("Its time zone is unknown. We took it as Danish time."),
    Problem.LINK_DROPPED: gettext_lazy("Its link was left out: it is no ordinary address."),
    Problem.TEXT_CUT: gettext_lazy("Its text was too long and was cut."),
    "no_end": gettext_lazy("It has no end. We wrote an hour."),
}
OWN_FIELDS = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("in one sentence"),
    "body": gettext_lazy("more about it"),
    "place_kind": gettext_lazy("where"),
    "place_name": gettext_lazy("name of the place"),
    "plan": gettext_lazy("times"),
    "dates": gettext_lazy("single dates"),
}


def reason(code: str) -> str:
    """Return why, as a sentence; every code has one."""
    return str(SENTENCES.get(code) or SENTENCES[Problem.UNREADABLE])


def own_words(entry: SourceEntry) -> str:
    """Return what an editor changed here and the calendar therefore leaves alone, or ""."""
    return ", ".join(str(OWN_FIELDS[name]) for name in entry.overridden if name in OWN_FIELDS)


def status_of(source: CalendarSource) -> str:
    """Return how things stand with a calendar, in a few words."""
    if source.approved_at is None:
        return _("Waits for your yes")
    if source.ailing:
        times = source.failures
        said = ngettext(
            "Could not be read %(times)s time in a row",
            "Could not be read %(times)s times in a row",
            times,
        )
        return said % {"times": times}
    if not source.url:
        return _("Taken in once")
    return _("Is followed") if source.active else _("Paused")
