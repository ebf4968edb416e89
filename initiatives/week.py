"""A usual week of all venues, read from the calendar: what the leaders supplement each other by."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from activities.cards import public_path, site_root
from activities.models import ActivityHost, ActivityPage, Occurrence
from activities.querysets import HOLDING
from activities.taxonomy import ActivityType, PlaceKind
from core.domain.dates import local_time
from core.wording import column_time, time_range, weekday
from directory.models import District, TargetGroup, VenuePage
from initiatives.domain.week import (
    Entry,
    Gap,
    Held,
    Overlap,
    Slot,
    coming_christmas,
    grid,
    hours,
    lies_in,
    offers,
    overlaps,
    usual_week,
)

WEEKS = 4


@dataclass(frozen=True, slots=True)
class WeekFilter:
    """What to look at: codes and slugs, "" for everything."""

    kind: str = ""
    group: str = ""
    district: str = ""

    def keeps(self, date: Held) -> bool:
        return (
            self.kind in ("", date.kind)
            and self.district in ("", date.district)
            and (not self.group or self.group in date.groups)
        )


@dataclass(frozen=True, slots=True)
class Names:
    """The words behind ids and codes."""

    venues: Mapping[int, str]
    groups: Mapping[str, str]
    districts: Mapping[str, str]
    urls: Mapping[int, str]

    def hosts(self, date: Held) -> str:
        found = sorted(self.venues[pk] for pk in date.venues if pk in self.venues)
        return ", ".join(found)


@dataclass(frozen=True, slots=True)
class Line:
    """One activity in a cell or a list."""

    title: str
    url: str
    hosts: str
    time: str
    rare: str


@dataclass(frozen=True, slots=True)
class CellOfWeek:
    """What runs in one hour of one weekday; `label` names both for those who hear it."""

    label: str
    lines: tuple[Line, ...]
    competing: int


@dataclass(frozen=True, slots=True)
class Competing:
    """One overlap in words."""

    when: str
    kind: str
    groups: str
    district: str
    first: Line
    second: Line
    rare: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """What is offered of one kind, group or district: evening, Sunday, Christmas."""

    label: str
    cells: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Everything the page shows of the weeks from Monday `first` on."""

    first: dt.date
    last: dt.date
    christmas: tuple[dt.date, dt.date]
    rows: tuple[tuple[str, tuple[CellOfWeek, ...]], ...]
    overlaps: tuple[Competing, ...]
    gaps: tuple[tuple[str, tuple[GapRow, ...]], ...]
    activities: int


def week_from(monday: dt.date, today: dt.date, wanted: WeekFilter) -> Week:
    """Return the usual week of the four weeks from `monday` on, and the coming Christmas.

    Public activities that take place; the same number of queries however many there are.
    """
    last = monday + dt.timedelta(days=7 * WEEKS - 1)
    christmas = coming_christmas(today)
    rows = list(_occurrences(monday, last)) + [
        row for row in _occurrences(*christmas) if not monday <= row.local_date <= last
    ]
    names = _names(rows)
    dates = [date for date in _held(rows) if wanted.keeps(date)]
    usual = [date for date in dates if monday <= date.starts.date() <= last]
    festive = [date for date in dates if lies_in(date, Gap.CHRISTMAS)]
    entries, competing = usual_week(usual), overlaps(usual)
    return Week(
        first=monday,
        last=last,
        christmas=christmas,
        rows=_rows(entries, competing, names),
        overlaps=tuple(_competing(row, names) for row in competing),
        gaps=_gaps(usual, festive, names),
        activities=len({date.activity for date in usual}),
    )


def _occurrences(first: dt.date, last: dt.date) -> Any:
    return Occurrence.objects.public().taking_place().on_days(first, last).with_pages()


def _held(rows: Iterable[Any]) -> list[Held]:
    found = list(rows)
    ids = {row.activity_id for row in found}
    groups, hosts = _groups(ids, {row.venue_id for row in found}), _hosts(ids)
    return [
        Held(
            activity=row.activity_id,
            title=row.activity.title,
            venues=frozenset(hosts.get(row.activity_id, set()) | {row.venue_id}),
            kind=row.activity.activity_type,
            groups=groups.get(("activity", row.activity_id))
            or groups.get(("venue", row.venue_id), frozenset()),
            district=_district(row),
            starts=local_time(row.starts_at),
            ends=local_time(row.ends_at),
        )
        for row in found
    ]


def _district(row: Any) -> str:
    """Where it takes place; nothing of a venue whose address is secret."""
    if row.activity.place_kind == PlaceKind.ADDRESS:
        district = row.activity.place_district
    else:
        elsewhere = row.activity.place_kind == PlaceKind.OTHER_VENUE
        venue = row.activity.place_venue if elsewhere else row.venue
        district = venue.district if venue and venue.address_public else None
    return district.slug if district else ""


def _groups(
    activities: Collection[int], venues: Collection[int]
) -> dict[tuple[str, int], frozenset[str]]:
    """Return target group codes by activity and by venue: one that names none has its venue's."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for kind, model, ids in (("activity", ActivityPage, activities), ("venue", VenuePage, venues)):
        pairs = model.objects.filter(pk__in=ids, target_groups__isnull=False)
        for pk, code in pairs.order_by().values_list("pk", "target_groups__code"):
            found[kind, pk].add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def _hosts(activities: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    held = ActivityHost.objects.filter(HOLDING, activity__in=activities).order_by()
    for activity, venue in held.values_list("activity_id", "venue_id"):
        found[activity].add(venue)
    return found


def _names(rows: Iterable[Any]) -> Names:
    root = site_root()
    return Names(
        venues=dict(VenuePage.objects.order_by().values_list("pk", "title")),
        groups=dict(TargetGroup.objects.values_list("code", "label")),
        districts=dict(District.objects.values_list("slug", "name")),
        urls={row.activity_id: public_path(row.activity.url_path, root) for row in rows},
    )


def _line(date: Held, names: Names, *, weeks: int = WEEKS) -> Line:
    return Line(
        title=date.title,
        url=names.urls.get(date.activity, ""),
        hosts=names.hosts(date),
        time=time_range(date.starts.time(), date.ends.time()),
        rare=_rare(weeks),
    )


def _rare(weeks: int) -> str:
    """ "2 af 4 uger" for what does not take place every week."""
    if weeks >= WEEKS:
        return ""
    return pgettext("how often", "%(weeks)d of %(all)d weeks") % {"weeks": weeks, "all": WEEKS}


def _rows(
    entries: list[Entry], competing: list[Overlap], names: Names
) -> tuple[tuple[str, tuple[CellOfWeek, ...]], ...]:
    slots = grid(entries)
    clashes = {(row.weekday, key) for row in competing for key in _pair(row)}
    return tuple(
        (
            f"{first}–{last}",
            tuple(_cell(Slot(day, first, last), slots, clashes, names) for day in range(7)),
        )
        for first, last in hours()
    )


def _pair(row: Overlap) -> tuple[tuple[int, dt.time], tuple[int, dt.time]]:
    return (
        (row.first.activity, row.first.starts.time()),
        (row.second.activity, row.second.starts.time()),
    )


def _cell(
    slot: Slot,
    slots: Mapping[Slot, list[Entry]],
    clashes: Collection[tuple[int, tuple[int, dt.time]]],
    names: Names,
) -> CellOfWeek:
    entries = slots[slot]
    in_clash = [
        entry for entry in entries if (slot.weekday, (entry.date.activity, entry.starts)) in clashes
    ]
    return CellOfWeek(
        label=f"{weekday(dt.date(2024, 1, 1 + slot.weekday))} {slot.first}–{slot.last}",
        lines=tuple(_line(entry.date, names, weeks=entry.weeks) for entry in entries),
        competing=len(in_clash) if len(in_clash) > 1 else 0,
    )


def _competing(row: Overlap, names: Names) -> Competing:
    day = weekday(dt.date(2024, 1, 1 + row.weekday))
    groups = sorted(names.groups.get(code, code) for code in row.groups)
    return Competing(
        when=f"{day} {column_time(row.starts)}–{column_time(row.ends)}",
        kind=str(ActivityType(row.first.kind).label),
        groups=", ".join(groups),
        district=names.districts.get(row.first.district, ""),
        first=_line(row.first, names),
        second=_line(row.second, names),
        rare=_rare(row.weeks),
    )


def _gaps(
    usual: list[Held], festive: list[Held], names: Names
) -> tuple[tuple[str, tuple[GapRow, ...]], ...]:
    """By kind, group and district. Evening and Sunday are the usual week's, Christmas its own."""
    kinds = {code.value: str(code.label) for code in ActivityType}
    tables = (
        ("kind", kinds, lambda date: [date.kind]),
        ("group", names.groups, lambda date: date.groups),
        ("district", names.districts, lambda date: [date.district]),
    )
    found = []
    for name, labels, keys_of in tables:
        weekly = offers(usual, labels, keys_of)
        yearly = offers(festive, labels, keys_of)
        rows = []
        for key, label in labels.items():
            cells = [weekly[key][Gap.EVENING], weekly[key][Gap.SUNDAY], yearly[key][Gap.CHRISTMAS]]
            lines = (tuple(_line(date, names) for date in dates) for dates in cells)
            rows.append(GapRow(label, tuple(lines)))
        found.append((name, tuple(rows)))
    return tuple(found)
