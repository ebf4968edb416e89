"""When an activity takes place, from the cells of one row to a line of its plan and back."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.domain.recurrence import check_rule
from activities.domain.rules import Frequency, Rule, RuleError, Weeks
from activities.editor_forms import RULE_ERRORS
from activities.models.schedule import Schedule, new_key
from activities.sheets.columns import Line
from activities.taxonomy import Nth
from activities.taxonomy import Weeks as WeeksChoice
from activities.wording import schedule_text

OPEN_ENDS = ("first_on", "until_on")  # what the sheet leaves empty stays as it is
FREE = (*OPEN_ENDS, "key")
TIME_CELLS = ("days", "date", "starts", "ends", "first_on", "until_on", "weeks")
TIME_HEADINGS = tuple(
    gettext_lazy(heading)
    for heading in ("Days", "Date", "From", "Until", "First time", "Last time", "Weeks")
)
FIELD_HEADINGS = {
    "first_on": gettext_lazy("First time"),
    "until_on": gettext_lazy("Last time"),
    "weekdays": gettext_lazy("Days"),
    "interval": gettext_lazy("Weeks"),
    "nth": gettext_lazy("Weeks"),
}


def week_words() -> dict[str, tuple[str, str, int, int | None]]:
    """Return the words for how often: frequency, weeks, interval and which one of the month."""
    words: dict[str, tuple[str, str, int, int | None]] = {
        str(label): ("weekly", value, 2, None)
        for value, label in WeeksChoice.choices
        if value != WeeksChoice.INTERVAL
    }
    for interval in range(2, 9):
        words[_("Every %(number)d weeks") % {"number": interval}] = (
            "weekly",
            "interval",
            interval,
            None,
        )
    for number, label in Nth.choices:
        words[_("%(which)s of the month") % {"which": label}] = ("monthly", "every", 2, number)
    return words


def read_time(line: Line, *, today: dt.date) -> dict[str, Any] | None:
    """Return the line of a plan that a row of the sheet describes, fit for JSON.

    None when the row says nothing about time. What is wrong is told on `line`.
    """
    values = line.values
    told = {message.column for message in line.messages}
    if told & {str(heading) for heading in TIME_HEADINGS}:
        return None
    if not any(name in values for name in TIME_CELLS):
        return None
    missing = [name for name in ("starts", "ends") if name not in values]
    for name in missing:
        line.refuse(
            _("Write from when until when."),
            gettext_lazy("From") if name == "starts" else gettext_lazy("Until"),
        )
    if "days" not in values and "date" not in values:
        line.refuse(_("Write the days of the week, or one date."), gettext_lazy("Days"))
    elif "days" in values and "date" in values:
        line.refuse(_("Write either days of the week or one date, not both."), gettext_lazy("Date"))
    if line.messages:
        return None
    row = _row(values)
    if row["until_on"] and not row["first_on"] and row["until_on"] < today.isoformat():
        line.refuse(
            _("The last time has been. Write the first time as well."), gettext_lazy("Last time")
        )
    else:
        _check(line, row, today)
    return None if line.messages else row


def _row(values: dict[str, Any]) -> dict[str, Any]:
    once = "date" in values
    frequency, weeks, interval, nth = values.get("weeks") or ("weekly", "every", 2, None)
    first = values["date"] if once else values.get("first_on")
    last = None if once else values.get("until_on")
    return {
        "frequency": "once" if once else frequency,
        "weekdays": [] if once else values["days"],
        "weeks": "every" if once else weeks,
        "interval": interval,
        "nth": None if once else nth,
        "starts": f"{values['starts']:%H:%M}",
        "ends": f"{values['ends']:%H:%M}",
        "first_on": first.isoformat() if first else None,
        "until_on": last.isoformat() if last else None,
    }


def check_times(line: Line, rows: Sequence[dict[str, Any]], *, today: dt.date) -> None:
    """Refuse lines that cannot be when they have got what the sheet left empty."""
    for row in rows:
        _check(line, row, today)


def _check(line: Line, row: dict[str, Any], today: dt.date) -> None:
    try:
        check_rule(rule_of(row, today=today))
    except RuleError as error:
        name, text = RULE_ERRORS[error.code]
        line.refuse(str(text), FIELD_HEADINGS.get(name, ""))


def rule_of(row: dict[str, Any], *, today: dt.date) -> Rule:
    """Return a line of JSON as the plain value that recurrence works on."""
    first, last = row["first_on"], row["until_on"]
    return Rule(
        key=row.get("key", ""),
        frequency=Frequency(row["frequency"]),
        starts=dt.time.fromisoformat(row["starts"]),
        ends=dt.time.fromisoformat(row["ends"]),
        first_on=dt.date.fromisoformat(first) if first else today,
        until_on=dt.date.fromisoformat(last) if last else None,
        weekdays=tuple(row["weekdays"]),
        weeks=Weeks(row["weeks"]),
        interval=row["interval"],
        nth=row["nth"],
    )


def stored_times(activity: Any) -> list[dict[str, Any]]:
    """Return the plan of an activity, fit for JSON, in its order."""
    return [
        {
            "key": row.key,
            "frequency": str(row.frequency),
            "weekdays": list(row.weekdays),
            "weeks": str(row.weeks),
            "interval": row.interval,
            "nth": row.nth,
            "starts": f"{row.starts:%H:%M}",
            "ends": f"{row.ends:%H:%M}",
            "first_on": row.first_on.isoformat(),
            "until_on": row.until_on.isoformat() if row.until_on else None,
        }
        for row in activity.schedules.all()
    ]


def merged_times(
    wanted: Sequence[dict[str, Any]], stored: Sequence[dict[str, Any]], *, today: dt.date
) -> list[dict[str, Any]]:
    """Return the plan that the sheet wants, with the keys of the lines that stay.

    Calendars know dates by the key of their line. A line that says the same keeps it, and a
    changed line takes over key and days of one that goes, of the same weekdays if there is one.
    The order is the stored one's.
    """
    left = list(stored)
    result: list[dict[str, Any]] = []
    changed = []
    for row in wanted:
        same = next((old for old in left if _same(row, old)), None)
        if same is None:
            changed.append(row)
        else:
            left.remove(same)
            result.append(same)
    result.sort(key=list(stored).index)
    for row, old in _continued(changed, left):
        first = row["first_on"] or old.get("first_on") or today.isoformat()
        kept = {
            "key": old.get("key") or new_key(),
            "until_on": row["until_on"] or old.get("until_on"),
        }
        result.append({**row, **kept, "first_on": first})
    return result


def _continued(
    changed: Sequence[dict[str, Any]], left: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return each changed line with the stored one that it goes on from, {} for a new one."""
    free = list(left)
    found: list[dict[str, Any]] = []
    for row in changed:
        days = (row["frequency"], row["weekdays"])
        alike = (old for old in free if (old["frequency"], old["weekdays"]) == days)
        old = next(alike, {})
        if old:
            free.remove(old)
        found.append(old)
    return [
        (row, old or (free.pop(0) if free else {})) for row, old in zip(changed, found, strict=True)
    ]


def _same(row: dict[str, Any], old: dict[str, Any]) -> bool:
    loose = {name for name in FREE if row.get(name) is None}
    if row["weeks"] != "interval":
        loose.add("interval")
    return all(row.get(name) == old[name] for name in old if name not in loose)


def put_times(activity: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Write a plan into a page that is not saved yet; lines that stay keep their row."""
    known = {row.key: row for row in activity.schedules.all()}
    lines = []
    for place, row in enumerate(rows):
        line = known.get(row["key"]) or Schedule(key=row["key"])
        rule = rule_of(row, today=dt.date.fromisoformat(row["first_on"]))
        line.sort_order = place
        line.frequency, line.weeks, line.interval = row["frequency"], row["weeks"], row["interval"]
        line.weekdays, line.nth = row["weekdays"], row["nth"]
        line.starts, line.ends = rule.starts, rule.ends
        line.first_on, line.until_on = rule.first_on, rule.until_on
        lines.append(line)
    activity.schedules = lines


def times_text(rows: Sequence[dict[str, Any]], *, today: dt.date) -> str:
    """Return a plan in words, as the activity's page has it."""
    return schedule_text([rule_of(row, today=today) for row in rows], today=today) or "–"
