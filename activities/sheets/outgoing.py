"""Lists as sheets: the same columns that an import reads, so that a file can go out and back in."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import ActivityPage, Occurrence
from activities.sheets.check import columns_of
from activities.sheets.columns import EXAMPLE, Column
from activities.sheets.plan import Lists, below
from activities.sheets.programme import activity_values
from activities.sheets.terms import SheetKind
from activities.sheets.times import rule_of, week_words
from activities.sheets.venues import venue_values
from activities.taxonomy import Frequency, Weeks
from core.domain.dates import local_time
from core.domain.text import slugify_da
from core.sheets import Sheet, csv_bytes, xlsx_bytes
from directory.models import OpeningHours

DATES = "dates"
FORMATS = ("xlsx", "csv")
MAX_DATES = 20_000


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand out."""

    name: str
    content: bytes


def template_file(kind: str, form: str) -> Download:
    """Return an empty sheet with the headings and an example; as XLSX also help and choices."""
    columns = columns_of(kind, Lists.load())
    title = str(SheetKind(kind).label)
    example = [_example(column, first=place == 0) for place, column in enumerate(columns)]
    name = slugify_da(f"{_('template')} {title}")
    if form == "csv":
        return Download(f"{name}.csv", csv_bytes(_headings(columns), [example]))
    words = [(column, list(column.options())) for column in columns if column.options]
    choices = str(_("Choices"))
    main = Sheet(
        title,
        _headings(columns),
        [example],
        choices=_ranges(columns, words, choices),
        widths=[column.width for column in columns],
    )
    lists = Sheet(
        choices,
        [column.heading for column, _words in words],
        _side_by_side([known for _column, known in words]),
        widths=[28] * len(words),
    )
    return Download(f"{name}.xlsx", xlsx_bytes([main, _help(columns), lists]))


def _example(column: Column, *, first: bool) -> Any:
    return f"{EXAMPLE}: {column.example}" if first else column.example


def _headings(columns: Sequence[Column]) -> list[str]:
    return [f"{column.heading}{' *' if column.required else ''}" for column in columns]


def _ranges(columns: Sequence[Column], words: Any, sheet: str) -> dict[int, str]:
    """Return, by column, where its words stand on the sheet of choices."""
    ranges = {}
    for place, (column, known) in enumerate(words):
        letter = chr(ord("A") + place)
        if known:
            ranges[columns.index(column)] = f"'{sheet}'!${letter}$2:${letter}${len(known) + 1}"
    return ranges


def _side_by_side(lists: list[list[str]]) -> list[list[str]]:
    most = max((len(words) for words in lists), default=0)
    return [[words[row] if row < len(words) else "" for words in lists] for row in range(most)]


def _help(columns: Sequence[Column]) -> Sheet:
    rows = [
        [column.heading, _("Must be filled in") if column.required else "", column.help]
        for column in columns
    ]
    rows += [
        ["", "", ""],
        [_("Good to know"), "", _("Empty cells leave what is there as it is.")],
        ["", "", _("The example row is left out when you import.")],
        ["", "", _("You see what will happen before anything is changed.")],
    ]
    headings = [_("Column"), "", _("What to write")]
    return Sheet(str(_("Help")), headings, rows, widths=[28, 20, 60])


def list_file(what: str, form: str, venues: Any, *, now: Any) -> Download:
    """Return the venues, hours, activities or coming dates of `venues` (a queryset) as a file."""
    if what == DATES:
        title, headings = str(_("Dates")), [str(heading) for heading in _DATE_HEADINGS]
        rows: Iterator[list[Any]] = _date_rows(venues, now)
    else:
        lists = Lists.load()
        columns = columns_of(what, lists)
        title, headings = str(SheetKind(what).label), [str(c.heading) for c in columns]
        values = _ROWS[SheetKind(what)](venues)
        rows = ([_outgoing(column, row.get(column.name)) for column in columns] for row in values)
    name = slugify_da(title)
    if form == "csv":
        return Download(f"{name}.csv", csv_bytes(headings, rows))
    return Download(f"{name}.xlsx", xlsx_bytes([Sheet(title, headings, rows)]))


def _outgoing(column: Column, value: Any) -> Any:
    return value if column.show is str else column.shown(value)


def _venue_rows(venues: Any) -> Iterator[dict[str, Any]]:
    for page in venues.prefetch_related("target_groups", "amenities").iterator(chunk_size=200):
        yield venue_values(page)


def _hours_rows(venues: Any) -> Iterator[dict[str, Any]]:
    rows = OpeningHours.objects.filter(venue__in=venues).select_related("venue")
    for row in rows.order_by("venue__sort_key", "venue", "weekday", "opens"):
        yield {
            "venue": row.venue_id,
            "days": [row.weekday],
            "opens": row.opens,
            "closes": row.closes,
            "kind": str(row.kind),
            "note": row.note,
            "valid_from": row.valid_from,
            "valid_until": row.valid_until,
        }


def _activity_rows(venues: Any) -> Iterator[dict[str, Any]]:
    """A row for each time; the page's own columns stand in the first."""
    paths = dict(venues.values_list("path", "pk"))
    pages = ActivityPage.objects.filter(below(paths)).prefetch_related("schedules", "target_groups")
    words = {value: word for word, value in week_words().items()}
    for page in pages.order_by("path").iterator(chunk_size=200):
        start = {"venue": paths[page.path[: -page.steplen]], "title": page.title}
        values = activity_values(page) | start
        for time in values.pop("times") or [None]:
            yield values | (_time_cells(time, words) if time else {})
            values = start


def _time_cells(time: dict[str, Any], words: dict[Any, str]) -> dict[str, Any]:
    rule = rule_of(time, today=dt.date.fromisoformat(time["first_on"]))
    cells = {"starts": rule.starts, "ends": rule.ends}
    if time["frequency"] == Frequency.ONCE:
        return {**cells, "date": rule.first_on}
    interval = time["interval"] if time["weeks"] == Weeks.INTERVAL else 2
    often = words.get((time["frequency"], time["weeks"], interval, time["nth"]), "")
    return {
        **cells,
        "days": time["weekdays"],
        "first_on": rule.first_on,
        "until_on": rule.until_on,
        "weeks": often,
    }


_DATE_HEADINGS = (
    gettext_lazy("Date"),
    gettext_lazy("From"),
    gettext_lazy("Until"),
    gettext_lazy("Activity"),
    gettext_lazy("Venue"),
    gettext_lazy("What holds"),
    gettext_lazy("Reason"),
    gettext_lazy("Note"),
)


def _date_rows(venues: Any, now: Any) -> Iterator[list[Any]]:
    dates = Occurrence.objects.filter(venue__in=venues).upcoming(now)
    for date in dates.select_related("activity", "venue")[:MAX_DATES]:
        starts, ends = local_time(date.starts_at), local_time(date.ends_at)
        yield [
            starts.date(),
            starts.time(),
            ends.time(),
            date.activity.title,
            date.venue.title if date.venue else "",
            date.get_status_display(),
            date.reason,
            date.note,
        ]


_ROWS = {
    SheetKind.VENUES: _venue_rows,
    SheetKind.HOURS: _hours_rows,
    SheetKind.ACTIVITIES: _activity_rows,
}
