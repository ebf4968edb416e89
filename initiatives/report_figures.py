"""The hub's own figures as a report copies them: value, period and definition, in words."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from core.wording import date_text, day_range
from initiatives.domain.periods import Period, Rhythm, period_of
from initiatives.indicators import Asked, Indicator, asked_for, indicators
from initiatives.indicators.shared import results
from initiatives.models import SharedIndicator


@dataclass(frozen=True, slots=True)
class FigureCopy:
    """One figure of an initiative (its number) in the words the report keeps."""

    initiative: str
    title: str
    value: str
    period: str
    definition: str


def figures_of(year: int, now: dt.datetime) -> list[FigureCopy]:
    """Return the figures of a calendar year as they are at `now` (UTC).

    What counts a period counts the year; what tells how things stand does so at `now`. Shared
    figures follow, each for its periods of the year that are closed.
    """
    asked = asked_for(period_of(dt.date(year, 1, 1), Rhythm.YEAR), now)
    return [*_own(asked), *_shared(year, asked)]


def _own(asked: Asked) -> Iterator[FigureCopy]:
    for one in indicators():
        measured = one.measure(asked)
        yield FigureCopy(
            initiative=one.initiative,
            title=str(one.title),
            value=measured.value,
            period=_period_text(one, asked.period, asked.today),
            definition=f"{one.definition} {measured.note}".strip(),
        )


def _shared(year: int, asked: Asked) -> Iterator[FigureCopy]:
    for one in SharedIndicator.objects.select_related("initiative"):
        rhythm = Rhythm(one.rhythm)
        months = [period_of(dt.date(year, month, 1), rhythm) for month in range(1, 13)]
        for period in dict.fromkeys(months):
            told = results(one, period, asked.venues, asked.today)
            if told.final and any(row.measurement for row in told.rows):
                yield FigureCopy(
                    initiative=one.initiative.number,
                    title=one.title,
                    value=told.value,
                    period=day_range(period.first, period.last, year=True),
                    definition=f"{one.definition} {one.method} {told.note}",
                )


def _period_text(one: Indicator, period: Period, today: dt.date) -> str:
    if one.over_time:
        return day_range(period.first, min(period.last, today), year=True)
    return date_text(today)
