"""What is done beside a page, in words for its history in the admin."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import PageLogEntry

from activities.taxonomy import ChangeKind
from core.wording import date_text

CHANGE_RECORDED = "fristed.change_recorded"
CHANGE_UNDONE = "fristed.change_undone"
HOST_INVITED = "fristed.host_invited"
HOST_ACCEPTED = "fristed.host_accepted"
HOST_DECLINED = "fristed.host_declined"
VERIFIED = "fristed.verified"
STOPPED = "fristed.stopped"
STOP_UNDONE = "fristed.stop_undone"
PLAN_CHANGED = "fristed.plan_changed"
PLAN_UNDONE = "fristed.plan_undone"
FREE_PLACES = "fristed.free_places"
TAKEN_IN = "fristed.taken_in"
PLANNED = "fristed.planned"
PLANNING_UNDONE = "fristed.planning_undone"
OPEN_SET = "fristed.open_set"
VERIFICATION_UNDONE = "fristed.verification_undone"
HEADS_COUNTED = "fristed.heads_counted"
COUNT_UNDONE = "fristed.count_undone"
MADE = "fristed.made"
MADE_UNDONE = "fristed.made_undone"

_DONE = {
    ChangeKind.CANCELLED: _("Cancelled %(day)s"),
    ChangeKind.MOVED: _("Moved %(day)s"),
    ChangeKind.EXTRA: _("Added %(day)s"),
    ChangeKind.NOTE: _("Wrote a note for %(day)s"),
}
_UNDONE = {
    ChangeKind.CANCELLED: _("Took back: cancelled %(day)s"),
    ChangeKind.MOVED: _("Took back: moved %(day)s"),
    ChangeKind.EXTRA: _("Took back: added %(day)s"),
    ChangeKind.NOTE: _("Took back: note for %(day)s"),
}

PLANNING_WORDS = {
    "task_added": _("New task: %(words)s"),
    "task_changed": _("Task changed: %(words)s"),
    "task_done": _("Task done: %(words)s"),
    "task_open": _("Task not done after all: %(words)s"),
    "task_removed": _("Task taken away: %(words)s"),
    "cost_added": _("New expense: %(words)s"),
    "cost_changed": _("Expense changed: %(words)s"),
    "cost_removed": _("Expense taken away: %(words)s"),
    "seats": _("Places counted for %(words)s"),
    "participants": _("Participants counted for %(words)s"),
    "transport": _("Transport described"),
    "learned": _("Wrote what we learned"),
}


def told_via(text: str, log_entry: PageLogEntry) -> str:
    """Add the shared device that something was done on, if it was one."""
    via = log_entry.data.get("via")
    return _("%(text)s (on the device %(device)s)") % {"text": text, "device": via} if via else text


class ChangeFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
    label = _("Change of a date")
    messages = _DONE

    def format_message(self, log_entry: PageLogEntry) -> str:
        try:
            pattern = self.messages[log_entry.data["kind"]]
            day = dt.date.fromisoformat(log_entry.data["day"])
        except (KeyError, ValueError):
            return str(self.label)
        return told_via(pattern % {"day": date_text(day)}, log_entry)


class UndoFormatter(ChangeFormatter):
    label = _("Change of a date taken back")
    messages = _UNDONE


class DayFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
    pattern = _("Stopped from %(day)s")

    def format_message(self, log_entry: PageLogEntry) -> str:
        try:
            day = dt.date.fromisoformat(log_entry.data["day"])
        except (KeyError, ValueError):
            return str(self.label)
        return self.pattern % {**log_entry.data, "day": date_text(day)}


class StopFormatter(DayFormatter):
    label = _("Activity stopped")


class StopUndoFormatter(DayFormatter):
    label = _("Stop of an activity taken back")
    pattern = _("Took back: stopped from %(day)s")


class PlanFormatter(DayFormatter):
    label = _("New time from a day on")
    pattern = _("New time from %(day)s")


class PlanUndoFormatter(DayFormatter):
    label = _("New time from a day on taken back")
    pattern = _("Took back: new time from %(day)s")


class PlacesFormatter(DayFormatter):
    label = _("Free places counted")
    pattern = _("%(places)s free places on %(day)s")


class CountFormatter(DayFormatter):
    """Without the number: more people read histories than may know of few guests (ADR 23)."""

    label = _("People counted")
    with_number = _("%(number)s came on %(day)s")

    def format_message(self, log_entry: PageLogEntry) -> str:
        try:
            day = dt.date.fromisoformat(log_entry.data["day"])
        except (KeyError, ValueError):
            return str(self.label)
        return f"{self.label}: {date_text(day)}"


class CountUndoFormatter(CountFormatter):
    label = _("Count taken back")
    with_number = _("Took back: %(number)s came on %(day)s")


def with_number(log_entry: PageLogEntry) -> str:
    """Return what an entry says, a count with its number: for those who count there."""
    if not isinstance(log_entry.formatter, CountFormatter) or "number" not in log_entry.data:
        return str(log_entry.message)
    day = date_text(dt.date.fromisoformat(log_entry.data["day"]))
    return str(log_entry.formatter.with_number % {**log_entry.data, "day": day})


class MadeFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
    label = _("New activity")

    def format_message(self, log_entry: PageLogEntry) -> str:
        if log_entry.data.get("published"):
            return str(_("Made and published"))
        return str(_("Made as a draft"))


class HostFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
    pattern = _("Invited %(venue)s")

    def format_message(self, log_entry: PageLogEntry) -> str:
        return self.pattern % {"venue": log_entry.data.get("venue", "")}


class HostInvited(HostFormatter):
    label = _("Invitation to hold an event")


class HostAccepted(HostFormatter):
    label = _("Yes to an invitation")
    pattern = _("%(venue)s said yes")


class HostDeclined(HostFormatter):
    label = _("No to an invitation")
    pattern = _("%(venue)s said no")


class PlanningFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
    label = _("Planning of a shared event")

    def format_message(self, log_entry: PageLogEntry) -> str:
        return planning_words(log_entry.data.get("act", ""), log_entry.data.get("words", ""))


class PlanningUndoFormatter(PlanningFormatter):
    label = _("Planning of a shared event taken back")

    def format_message(self, log_entry: PageLogEntry) -> str:
        return _("Took back: %(what)s") % {"what": super().format_message(log_entry)}


class OpenFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
    label = _("Open to everybody or not")

    def format_message(self, log_entry: PageLogEntry) -> str:
        if log_entry.data.get("open"):
            return str(_("Everybody is welcome now"))
        return str(_("Not open to everybody any longer"))


def planning_words(act: str, words: str) -> str:
    """Return what was done on a planning sheet: "Opgave gjort: Bestil bus"."""
    pattern = PLANNING_WORDS.get(act, PlanningFormatter.label)
    return pattern % {"words": words}


class TakenInFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail is untyped
    label = _("Taken in from a calendar")

    def format_message(self, log_entry: PageLogEntry) -> str:
        return _("Taken in from the calendar %(calendar)s") % {
            "calendar": log_entry.data.get("calendar", "")
        }


@hooks.register("register_log_actions")
def register_activity_actions(actions: LogActionRegistry) -> None:
    for name, formatter in (
        (CHANGE_RECORDED, ChangeFormatter),
        (CHANGE_UNDONE, UndoFormatter),
        (HOST_INVITED, HostInvited),
        (HOST_ACCEPTED, HostAccepted),
        (HOST_DECLINED, HostDeclined),
        (STOPPED, StopFormatter),
        (STOP_UNDONE, StopUndoFormatter),
        (PLAN_CHANGED, PlanFormatter),
        (PLAN_UNDONE, PlanUndoFormatter),
        (FREE_PLACES, PlacesFormatter),
        (TAKEN_IN, TakenInFormatter),
        (PLANNED, PlanningFormatter),
        (PLANNING_UNDONE, PlanningUndoFormatter),
        (OPEN_SET, OpenFormatter),
        (HEADS_COUNTED, CountFormatter),
        (COUNT_UNDONE, CountUndoFormatter),
        (MADE, MadeFormatter),
    ):
        actions.register_action(name)(formatter)
    actions.register_action(VERIFIED, _("Confirmed"), _("Confirmed that it is still right"))
    actions.register_action(
        VERIFICATION_UNDONE,
        _("Confirmation taken back"),
        _("Took back: confirmed that it is still right"),
    )
    actions.register_action(
        MADE_UNDONE, _("New activity taken back"), _("Taken off the site again. It is a draft now.")
    )
