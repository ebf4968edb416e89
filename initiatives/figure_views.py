"""Figures in the admin: the hub's own, people counted, and what venues report alike (5a)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.wording import date_text, month
from initiatives.domain.periods import Rhythm, periods_back
from initiatives.domain.suppression import Release, Told
from initiatives.figure_charts import Bars, bars_of
from initiatives.indicators import Indicator, Measured, asked_for, indicators
from initiatives.indicators.base import one_decimal
from initiatives.indicators.people import counted_venues, number_text, release, told_text
from initiatives.indicators.shared import results
from initiatives.models import Initiative, SharedIndicator
from initiatives.period_words import asked_period, offered_periods, period_text
from initiatives.tracker_pages import TrackerListView


class FiguresView(TrackerListView):
    """Every figure the hub works out, with its definition, its period and what is behind it."""

    template_name = "initiatives/figures.html"
    page_title = gettext_lazy("Figures")
    export_name = "tal"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.period, self.problems = asked_period(request.GET, self.today)
        asked = asked_for(self.period, self.now)
        self.measured = [
            (one, one.measure(asked).seen_by(self.rights.venues)) for one in indicators()
        ]
        self.asked = asked
        return super().get(request, *args, **kwargs)

    def export_headings(self) -> Sequence[str]:
        return [
            pgettext("of an initiative", "Number"),
            _("Figure"),
            _("Period"),
            _("Venue"),
            _("Value"),
            _("Definition"),
        ]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for one, found in self.measured:
            about = (one.initiative, str(one.title), self._period_text(one))
            yield [*about, _("All venues together"), found.value, str(one.definition)]
            for part in found.parts:
                yield [*about, part.label, part.value, ""]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        titles = dict(Initiative.objects.values_list("number", "title"))
        return {
            **super().get_context_data(**kwargs),
            "period_text": period_text(self.period),
            "periods": [
                (period.code, period_text(period), period == self.period)
                for period in offered_periods(self.today)
            ],
            "problems": self.problems,
            "figures": [
                {
                    "indicator": one,
                    "initiative_title": titles.get(one.initiative, ""),
                    "measured": found,
                    "period": self._period_text(one),
                    "top": _highest(found),
                }
                for one, found in self.measured
            ],
            "shared": self._shared(),
        }

    def _period_text(self, one: Indicator) -> str:
        if one.over_time:
            return period_text(self.period)
        return _("As of %(day)s") % {"day": date_text(self.today)}

    def _shared(self) -> list[dict[str, Any]]:
        """The newest closed period of each shared figure."""
        rows = SharedIndicator.objects.select_related("initiative")
        return [
            {"indicator": one, "results": results(one, period, [], self.today)}
            for one in rows
            if (period := last_closed(one, self.today))
        ]


def last_closed(one: SharedIndicator, today: dt.date) -> Any:
    """Return the newest period of a shared figure that nothing can be reported about."""
    back = periods_back(today, Rhythm(one.rhythm), 6)
    return next((period for period in back if today >= period.told_from), None)


def _highest(found: Measured) -> float:
    """What the longest bar stands for: 1 for shares, else the highest amount."""
    return max([part.amount for part in found.parts if part.amount is not None], default=0) or 1


class GuestsView(TrackerListView):
    """People counted, by venue and month of a year; small numbers are never told."""

    template_name = "initiatives/guests.html"
    page_title = gettext_lazy("People counted")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked, self.problems = asked_period(request.GET, self.today)
        self.period = next(periods_back(asked.first, Rhythm.YEAR, 1))
        told = release(self.today)
        self.months = self.period.months
        question = asked_for(self.period, self.now)
        everybody = counted_venues(question, told, self.months)
        ids = [venue.pk for venue in everybody]
        self.rows = [
            (
                venue,
                [told.told([venue.pk], [each]) for each in self.months],
                told.told([venue.pk], self.months),
            )
            for venue in everybody
            if self.rights.sees(venue.pk)
        ]
        self.by_month = [told.told(ids, [each]) for each in self.months]
        self.whole = told.told(ids, self.months)
        return super().get(request, *args, **kwargs)

    @property
    def export_name(self) -> str:
        return f"talte-gaester-{self.period.code}"

    def export_headings(self) -> Sequence[str]:
        return [_("Venue"), *self._month_names(), _("The year")]

    def export_rows(self) -> Iterable[Sequence[Any]]:
        for venue, cells, year in self.rows:
            yield [venue.title, *map(told_text, cells), told_text(year)]
        total = map(told_text, self.by_month)
        yield [_("All venues together"), *total, told_text(self.whole)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "problems": self.problems,
            "year": self.period.first.year,
            "years": [
                (period.code, period_text(period), period == self.period)
                for period in periods_back(self.today, Rhythm.YEAR, 3)
            ],
            "months": self._month_names(),
            "rows": [
                {
                    "venue": venue,
                    "cells": [_cell(told) for told in cells],
                    "year": _cell(year),
                    "each": _each(year),
                }
                for venue, cells, year in self.rows
            ],
            "totals": [_cell(told) for told in self.by_month],
            "whole": _cell(self.whole),
            "chart": self._chart(),
        }

    def _month_names(self) -> list[str]:
        return [capfirst(month(each.month)) for each in self.months]

    def _chart(self) -> Bars:
        labels = [month(each.month)[:3] for each in self.months]
        return bars_of(labels, self.by_month)


def _of_venue(told: Release, venue: int, months: list[dt.date]) -> tuple[list[Told], Told]:
    """Return what is told of each month at one venue, and of the year."""
    return [told.told([venue], [each]) for each in months], told.told([venue], months)


def _cell(told: Told) -> tuple[str, bool]:
    """Return a figure for a cell, a plus meaning at least, and whether it is told exactly."""
    if not told.counted:
        return "–", False
    if told.people is None:
        return pgettext("in a table", "too few"), False
    return number_text(told.people) + ("" if told.exact else "+"), told.exact


def _each(told: Told) -> str:
    """Return how many came to a date on average: "12,4"; nothing unless all is told."""
    return "" if told.each is None else one_decimal(told.each)
