"""A sheet of activities: a row each, or several rows with the same title for several times."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import ActivityPage
from activities.sheets.activity_columns import activity_columns
from activities.sheets.columns import Column, Line, Message, require
from activities.sheets.plan import (
    Difference,
    Lists,
    Thing,
    below,
    differences,
    plain_text,
    refuse_drafts,
    refuse_strangers,
    rich_text,
)
from activities.sheets.times import (
    TIME_CELLS,
    check_times,
    merged_times,
    put_times,
    read_time,
    stored_times,
    times_text,
)
from activities.taxonomy import ActivityKind, PlaceKind
from core.domain.text import close_words, fold
from directory.models import TargetGroup
from directory.taxonomy import PriceType

NEEDED = ("title", "activity_type", "summary")


def plan_activities(
    lines: Sequence[Line], rights: Any, lists: Lists, *, today: dt.date
) -> list[Thing]:
    """Return what a sheet of activities would do; shared events are none of its business."""
    columns = activity_columns(lists)
    things: dict[Any, Thing] = {}
    for line in lines:
        require(line, [column for column in columns if column.required])
        venue_id, title = line.values.get("venue"), line.values.get("title")
        key = (venue_id, fold(title)) if venue_id and title else line.number
        if key not in things:
            things[key] = Thing([], title or "", venue_id=venue_id)
        things[key].lines.append(line)
    stored = _stored(lists, things.values())
    for key, thing in things.items():
        _plan(thing, columns, stored.get(key, []), rights, lists, today)
    return list(things.values())


def _stored(lists: Lists, things: Any) -> dict[Any, list[ActivityPage]]:
    """Return the activities of the venues that the sheet names, by venue and title. Few queries."""
    venues = {
        lists.venues[thing.venue_id].path: thing.venue_id for thing in things if thing.venue_id
    }
    pages = ActivityPage.objects.filter(below(venues)) if venues else ActivityPage.objects.none()
    found: dict[Any, list[ActivityPage]] = {}
    for page in pages.prefetch_related("schedules", "target_groups").order_by("pk"):
        key = venues[page.path[: -page.steplen]], fold(page.title)
        found.setdefault(key, []).append(page)
    return found


def _plan(
    thing: Thing,
    columns: list[Column],
    pages: list[ActivityPage],
    rights: Any,
    lists: Lists,
    today: dt.date,
) -> None:
    first = thing.lines[0]
    if thing.venue_id is None:
        return
    refuse_strangers(thing, rights, lists.venues[thing.venue_id])
    if len(pages) > 1:
        first.refuse(
            _("The venue has several activities called “%(title)s”. Change them on their pages.")
            % {"title": thing.title}
        )
    thing.values = _page_values(thing, columns)
    wanted = [time for line in thing.lines if (time := read_time(line, today=today))]
    _suggest_place(thing, lists)
    if pages:
        _compare(thing, columns, pages[0], wanted, today)
        return
    require(first, [column for column in columns if column.name in NEEDED])
    if not wanted and not thing.errors:
        first.refuse(_("Say when it happens."), gettext_lazy("Days"))
    thing.values["times"] = merged_times(wanted, [], today=today)
    once = all(time["frequency"] == "once" for time in wanted)
    thing.values.setdefault("kind", ActivityKind.VARYING if once else ActivityKind.FIXED)


def _page_values(thing: Thing, columns: list[Column]) -> dict[str, Any]:
    """Return what the rows say of the page itself; rows that contradict each other are refused."""
    values: dict[str, Any] = {}
    for line in thing.lines:
        for column in columns:
            name = column.name
            if name in TIME_CELLS or name == "venue" or name not in line.values:
                continue
            if values.setdefault(name, line.values[name]) != line.values[name] and name != "title":
                line.refuse(
                    _("Row %(row)d says something else about the same activity.")
                    % {"row": thing.lines[0].number},
                    column.heading,
                )
    return values


def _suggest_place(thing: Thing, lists: Lists) -> None:
    """A place that looks like one of the venues may be one with a slip of the pen."""
    place = thing.values.get("place")
    if place and place[0] == PlaceKind.ADDRESS:
        near = close_words(place[2], [page.title for page in lists.venues.values()], limit=1)
        if near:
            text = _("Did you mean the venue “%(name)s”?") % {"name": near[0]}
            heading = str(gettext_lazy("Takes place elsewhere"))
            thing.messages.append(Message(thing.lines[0].number, heading, text))


def _compare(
    thing: Thing, columns: list[Column], page: ActivityPage, wanted: list[Any], today: dt.date
) -> None:
    thing.page_id = page.pk
    refuse_drafts(thing, page)
    thing.values.pop("title", None)  # found by it; other capitals are no change
    current = activity_values(page)
    thing.differences = differences(columns, thing.values, current)
    if wanted:
        times = merged_times(wanted, current["times"], today=today)
        check_times(thing.lines[0], [t for t in times if t not in current["times"]], today=today)
        if times != current["times"]:
            texts = [times_text(rows, today=today) for rows in (current["times"], times)]
            thing.differences.append(Difference(_("When"), *texts))
            thing.values["times"] = times


def activity_values(page: ActivityPage) -> dict[str, Any]:
    """Return what a sheet would say of an activity, fit for JSON."""
    return {
        "title": page.title,
        "kind": str(page.kind),
        "activity_type": str(page.activity_type),
        "summary": page.summary,
        "body": plain_text(page.body),
        "price": _price(page),
        "price_note": page.price_note,
        "sign_up": str(page.sign_up),
        "sign_up_text": page.sign_up_text,
        "seats": page.seats,
        "place": [str(page.place_kind), page.place_venue_id, page.place_name, page.place_street],
        "room": page.room,
        "who_text": page.who_text,
        "target_groups": sorted(group.code for group in page.target_groups.all()),
        "phone": page.phone,
        "times": stored_times(page),
    }


def _price(page: ActivityPage) -> list[Any]:
    """Return kind and amounts; an amount that the kind of price has no use for says nothing."""
    match page.price_type:
        case PriceType.FIXED if page.price:
            return [str(PriceType.FIXED), page.price, None]
        case PriceType.FIXED:
            return [str(PriceType.FREE), None, None]
        case PriceType.RANGE:
            return [str(PriceType.RANGE), page.price, page.price_max]
    return [str(page.price_type), None, None]


def put_activity_values(page: ActivityPage, values: dict[str, Any]) -> None:
    """Write what a sheet says into a page that is not saved yet."""
    for name, value in values.items():
        match name:
            case "body":
                page.body = rich_text(value)
            case "price":
                page.price_type, page.price, page.price_max = value
            case "place":
                page.place_kind, page.place_venue_id, page.place_name, page.place_street = value
            case "target_groups":
                page.target_groups = list(TargetGroup.objects.filter(code__in=value))
            case "times":
                put_times(page, value)
            case _:
                setattr(page, name, value)
