"""The calendar page: a visitor's wish in, what list, week and month show out.

`dates` is always the public queryset, handed in by the page. Rows are found by their start in
one range of an index, so that the page costs the same however many dates are stored.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from activities import grids
from activities.card_rows import card_rows
from activities.cards import Card, date_anchor, make_cards, next_moment
from activities.choices import (
    Lists,
    address,
    chosen,
    days_text,
    filter_groups,
    hidden_pairs,
    undated_filter,
)
from activities.filters import VIEWS, CalendarFilter, Problem
from core.domain.dates import day_bounds, local_time
from core.domain.weeks import iso_week, month_range, shift_month, week_range
from core.page_cache import changes_at
from core.wording import (
    date_text,
    day_month,
    month_text,
    relative_day,
    week_text,
    weekday,
)

if TYPE_CHECKING:
    from activities.querysets import OccurrenceQuerySet

ROWS = 40
LAST_PAGE = 200
LONGEST = dt.timedelta(days=2)
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


def calendar_context(
    request: HttpRequest, dates: "OccurrenceQuerySet", now: dt.datetime
) -> dict[str, Any]:
    """Return all that the calendar page shows at the aware moment `now`."""
    today = local_time(now).date()
    wanted, problems = CalendarFilter.parse(request.GET, today=today)
    view = _view(request.GET, problems)
    page = _page_number(request.GET, problems)
    undated = undated_filter(wanted)
    found = dates.matching(undated) if not undated.is_everything else dates
    lists = Lists.load(wanted.venues)
    changes_at(request, day_bounds(today)[1])
    shown = _shown(view, found, dates, wanted, page, request, now)
    return {
        "problems": problems,
        "view": view,
        "views": _views(wanted, view),
        "periods": _periods(wanted, view) if view == "liste" else [],
        "filters": filter_groups(wanted, lists),
        "hidden": hidden_pairs(wanted, view),
        "chosen": chosen(wanted, lists, view),
        "reset_url": "" if undated.is_everything else address(CalendarFilter(), view),
        "follow_url": f"{reverse('subscribe')}{undated.query()}",
        "noindex": bool(request.GET),
        **shown,
    }


def _shown(
    view: str,
    found: "OccurrenceQuerySet",
    dates: "OccurrenceQuerySet",
    wanted: CalendarFilter,
    page: int,
    request: HttpRequest,
    now: dt.datetime,
) -> dict[str, Any]:
    today = local_time(now).date()
    if view == "uge":
        return _week(found, wanted, today)
    if view == "maaned":
        return _month(found, wanted, today)
    return _list(found, dates, wanted, page, request, now)


def _list(
    found: "OccurrenceQuerySet",
    dates: "OccurrenceQuerySet",
    wanted: CalendarFilter,
    page: int,
    request: HttpRequest,
    now: dt.datetime,
) -> dict[str, Any]:
    today = local_time(now).date()
    cards, more = page_of(in_range(found, wanted, now), dates, page, now)
    changes_at(request, next_moment(cards, now))
    monday = _monday(wanted.first or (cards[0].day if cards and page > 1 else today))
    counts = counts_by_day(found, monday, monday + 6 * DAY)
    days = list(cards_by_day(cards, today, whole=bool(wanted.first and not wanted.period)))
    return {
        "heading": list_heading(wanted, cards, today),
        "days": days,
        "strip": _strip(wanted, monday, counts, {card.day for card in cards}, today),
        "strip_label": week_text(monday),
        "result_text": _result_text(wanted, monday, counts),
        "around": _around(wanted, monday),
        "pages": _pages(wanted, page, more) if page > 1 or more else None,
        "empty": None if cards else _empty(wanted, page, today),
    }


def in_range(
    found: "OccurrenceQuerySet", wanted: CalendarFilter, now: dt.datetime
) -> "OccurrenceQuerySet":
    """Return the dates on the days asked for, soonest first.

    Days named by the visitor are shown whole; a period's word, or nothing, means from now on.
    """
    if wanted.first and not wanted.period:
        found = found.filter(starts_at__gte=day_bounds(wanted.first)[0])
    else:
        begin = day_bounds(wanted.first)[0] if wanted.first else now
        earliest = max(begin, now) - LONGEST
        found = found.filter(starts_at__gt=earliest, ends_at__gt=max(begin, now))
        if wanted.first:
            found = found.filter(local_date__gte=wanted.first)
    if wanted.last:
        found = found.filter(starts_at__lt=day_bounds(wanted.last)[1])
    return found.order_by("starts_at", "pk")


def page_of(
    found: "OccurrenceQuerySet", dates: "OccurrenceQuerySet", page: int, now: dt.datetime
) -> tuple[list[Card], bool]:
    """Return the cards of one page, and whether there are more after them.

    The keys are found first, in the index alone; only the shown rows are read whole.
    """
    if page > LAST_PAGE:
        return [], False
    first = (page - 1) * ROWS
    keys = list(found.values_list("pk", flat=True)[first : first + ROWS + 1])
    rows = card_rows(dates.filter(pk__in=keys[:ROWS]).order_by("starts_at", "pk"), ROWS)
    return make_cards(rows, dates, now), len(keys) > ROWS


def counts_by_day(found: "OccurrenceQuerySet", first: dt.date, last: dt.date) -> dict[dt.date, int]:
    """Return how many dates begin on each local day that has any."""
    rows = found.filter(local_date__gte=first, local_date__lte=last).order_by()
    return dict(rows.values_list("local_date").annotate(number=Count("pk")))


def list_heading(wanted: CalendarFilter, cards: Sequence[Card], today: dt.date) -> str:
    """`Det sker i uge 48`, by the days asked for, else by the days that are shown."""
    if wanted.period == "idag" or (wanted.first == wanted.last == today):
        return gettext("This happens today")
    if wanted.period == "imorgen":
        return gettext("This happens tomorrow")
    if wanted.period == "weekend":
        return gettext("This happens at the weekend")
    if wanted.first or wanted.last:
        pattern = gettext("This happens in %(weeks)s") if _is_week(wanted) else ""
        pattern = pattern or gettext("This happens %(days)s")
        return pattern % {"weeks": days_text(wanted), "days": days_text(wanted)}
    return (
        _shown_weeks(max(cards[0].day, today), cards[-1].day) if cards else gettext("This happens")
    )


def _shown_weeks(first: dt.date, last: dt.date) -> str:
    """`Det sker i uge 48–49`; over a longer time only where it begins."""
    weeks = week_text(first)
    if last - first > 4 * WEEK or iso_week(first)[0] != iso_week(last)[0]:
        return gettext("This happens from %(week)s on") % {"week": weeks}
    if iso_week(first) != iso_week(last):
        weeks = f"{weeks}–{iso_week(last)[1]}"
    return gettext("This happens in %(weeks)s") % {"weeks": weeks}


def cards_by_day(cards: Iterable[Card], today: dt.date, *, whole: bool) -> Iterable[dict[str, Any]]:
    """The cards by day. What began yesterday and still runs stands under today, unless the
    visitor asked for whole days."""

    def day_of(card: Card) -> dt.date:
        return card.day if whole else max(card.day, today)

    for day, group in groupby(cards, key=day_of):
        title, text = capfirst(relative_day(day, today)), date_text(day, year=False)
        if abs((day - today).days) > 1:
            title, text = capfirst(weekday(day)), day_month(day, year=day.year != today.year)
        yield {"id": date_anchor(day), "title": title, "date_text": text, "cards": list(group)}


def _strip(
    wanted: CalendarFilter,
    monday: dt.date,
    counts: dict[dt.date, int],
    shown: set[dt.date],
    today: dt.date,
) -> list[dict[str, Any]]:
    single = wanted.first if wanted.first == wanted.last else None
    week = [monday + number * DAY for number in range(7)]
    return [
        {
            "date": day,
            "label": date_text(day, year=False),
            "count": counts.get(day, 0),
            "url": f"#{date_anchor(day)}" if day in shown else _day_url(wanted, day),
            "current": day == (single or today),
        }
        for day in week
    ]


def _day_url(wanted: CalendarFilter, day: dt.date) -> str:
    return address(replace(wanted, first=day, last=day, period=""))


def _around(wanted: CalendarFilter, monday: dt.date, view: str = "liste") -> dict[str, Any]:
    """Return the links to the week before and the week after."""
    return {
        name: {
            "label": capfirst(week_text(day)),
            "url": address(replace(wanted, first=day, last=day + 6 * DAY, period=""), view),
        }
        for name, day in (("previous", monday - WEEK), ("next", monday + WEEK))
        if FIRST_DAY <= day <= LAST_DAY - WEEK
    }


def _result_text(wanted: CalendarFilter, monday: dt.date, counts: dict[dt.date, int]) -> str:
    """`38 ting i uge 48:`, where the whole week is asked for."""
    number = sum(counts.values())
    if not _is_week(wanted) or not number:
        return ""
    words = {"count": number, "week": week_text(monday)}
    return ngettext("%(count)d thing in %(week)s:", "%(count)d things in %(week)s:", number) % words


def _is_week(wanted: CalendarFilter) -> bool:
    first, last = wanted.first, wanted.last
    return bool(first and last and first.weekday() == 0 and last - first == 6 * DAY)


def _pages(wanted: CalendarFilter, page: int, more: bool) -> dict[str, str]:
    return {
        "label": gettext("Page %(number)d") % {"number": min(page, LAST_PAGE + 1)},
        "previous_url": address(wanted, page=min(page - 1, LAST_PAGE)) if page > 1 else "",
        "next_url": address(wanted, page=page + 1) if more else "",
    }


def _empty(wanted: CalendarFilter, page: int, today: dt.date) -> dict[str, str]:
    """Say that there is nothing, and what to do about it."""
    if page > 1:
        return {
            "title": gettext("There is no more here"),
            "text": gettext("You have come to the end of the list."),
            "url": address(wanted),
            "link_text": gettext("Go to the first page"),
        }
    if wanted.first == wanted.last == today:
        tomorrow = replace(wanted, first=None, last=None, period="imorgen")
        return {
            "title": gettext("There is nothing more today"),
            "text": "",
            "url": address(tomorrow),
            "link_text": gettext("See what happens tomorrow"),
        }
    if wanted.last and wanted.last < LAST_DAY:
        onward = replace(wanted, first=max(wanted.last + DAY, today), last=None, period="")
        return {
            "title": gettext("There is nothing on these days"),
            "text": "",
            "url": address(onward),
            "link_text": gettext("See what happens after that"),
        }
    return {
        "title": gettext("There is nothing that fits"),
        "text": gettext("Try with fewer choices, or ring a place and ask."),
        "url": address(CalendarFilter()),
        "link_text": gettext("See everything that happens"),
    }


def _week(found: "OccurrenceQuerySet", wanted: CalendarFilter, today: dt.date) -> dict[str, Any]:
    monday = _monday(wanted.first or today)
    asked = undated_filter(wanted)
    rows = grids.week_rows(found, monday, today, lambda day: _day_url(asked, day))
    return {
        "heading": gettext("This happens in %(weeks)s") % {"weeks": week_text(monday)},
        "columns": grids.part_labels(),
        "rows": rows,
        "around": _around(asked, monday, "uge"),
    }


def _month(found: "OccurrenceQuerySet", wanted: CalendarFilter, today: dt.date) -> dict[str, Any]:
    day = wanted.first or today
    asked = undated_filter(wanted)

    def week_url(monday: dt.date) -> str:
        return address(replace(asked, first=monday, last=monday + 6 * DAY), "uge")

    first, last = month_range(day.year, day.month)
    counts = counts_by_day(found, first - WEEK, last + WEEK)
    weeks = grids.month_weeks(found, day, today, counts, lambda one: _day_url(asked, one), week_url)
    return {
        "heading": gettext("This happens in %(weeks)s")
        % {"weeks": month_text(day.year, day.month)},
        "weekdays": grids.weekday_names(),
        "weeks": weeks,
        "around": _months_around(asked, day),
    }


def _months_around(wanted: CalendarFilter, day: dt.date) -> dict[str, Any]:
    found = {}
    for name, by in (("previous", -1), ("next", 1)):
        year, month = shift_month(day.year, day.month, by)
        if FIRST_DAY.year <= year <= LAST_DAY.year:
            first, last = month_range(year, month)
            url = address(replace(wanted, first=first, last=last), "maaned")
            found[name] = {"label": capfirst(month_text(year, month)), "url": url}
    return found


def _views(wanted: CalendarFilter, view: str) -> list[dict[str, Any]]:
    words = {
        "liste": gettext("List"),
        "uge": gettext("Week"),
        "maaned": gettext("Month"),
    }
    return [
        {"label": label, "url": address(wanted, name), "current": name == view}
        for name, label in words.items()
    ]


def _periods(wanted: CalendarFilter, view: str) -> list[dict[str, Any]]:
    words = {
        "idag": gettext("Today"),
        "imorgen": gettext("Tomorrow"),
        "weekend": gettext("The weekend"),
    }
    return [
        {
            "label": label,
            "url": address(replace(wanted, first=None, last=None, period=word), view),
            "current": wanted.period == word,
        }
        for word, label in words.items()
    ]


def _view(query: QueryDict, problems: list[Problem]) -> str:
    view = query.get("visning", "") or "liste"
    if view in VIEWS:
        return view
    message = gettext("We can show the calendar as a list, a week or a month.")
    problems.append(Problem("visning", "", message))
    return "liste"


def _page_number(query: QueryDict, problems: list[Problem]) -> int:
    """Return the page asked for; one far too high is only "after the last"."""
    text = query.get("side", "") or "1"
    if text.isascii() and text.isdigit() and text.strip("0"):
        return min(int(text[:9]), LAST_PAGE + 1)
    problems.append(Problem("side", "", gettext("We could not read the number of the page.")))
    return 1


def _monday(day: dt.date) -> dt.date:
    return week_range(*iso_week(day))[0]
