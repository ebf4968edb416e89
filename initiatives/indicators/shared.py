"""Results of shared figures: what may be told of venues' answers, and of all together.

A venue with too few answers on one side is told of by no number, and is in no total
(domain.suppression). Periods of a figure never overlap.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from core.wording import day_month
from directory.models import VenuePage
from initiatives.domain.periods import Period
from initiatives.domain.suppression import Answers, told_answers
from initiatives.indicators.base import one_decimal, percent
from initiatives.models import Conclusion, Measurement, SharedIndicator


@dataclass(frozen=True, slots=True)
class Result:
    """What one venue reported, in words. `measurement` is None when it has not."""

    venue: VenuePage
    value: str
    amount: float | None
    measurement: Measurement | None


@dataclass(frozen=True, slots=True)
class Results:
    """A figure in one period: the whole in words, and each venue."""

    indicator: SharedIndicator
    period: Period
    value: str
    note: str
    rows: tuple[Result, ...]
    conclusions: tuple[Conclusion, ...]
    final: bool

    def seen_by(self, venues: frozenset[int] | None) -> "Results":
        """Return it with the rows of one's own venues only; None means every venue."""
        if venues is None:
            return self
        rows = tuple(row for row in self.rows if row.venue.pk in venues)
        return replace(self, rows=rows)


def results(
    indicator: SharedIndicator, period: Period, venues: Iterable[VenuePage], today: dt.date
) -> Results:
    """Return what may be told on the local day `today` of a figure in a period of its rhythm.

    Until the period is closed it is only told who has reported. Two queries.
    """
    standing = Measurement.objects.standing().filter(indicator=indicator, first_on=period.first)
    found = {row.venue_id: row for row in standing.select_related("venue")}
    final = today >= period.told_from
    told = told_measurements(indicator, list(found.values())) if final else []
    places = {venue.pk: venue for venue in venues} | {pk: row.venue for pk, row in found.items()}
    return Results(
        indicator=indicator,
        period=period,
        value=_whole(indicator, told) if final else _("not closed yet"),
        note=_note(found, told, period, final),
        rows=tuple(_row(venue, found.get(pk), told, final) for pk, venue in places.items()),
        conclusions=tuple(indicator.conclusions.filter(first_on=period.first)),
        final=final,
    )


def _note(
    found: Mapping[int, Measurement], told: Sequence[Measurement], period: Period, final: bool
) -> str:
    if not final:
        words = {"number": len(found), "day": day_month(period.told_from, year=True)}
        return _("%(number)d venues have reported. The figures are told from %(day)s.") % words
    words = {"some": len(told), "all": len(found)}
    return _("%(some)d of %(all)d reports have enough answers to be told.") % words


def told_measurements(
    indicator: SharedIndicator, found: Sequence[Measurement]
) -> list[Measurement]:
    """Return the reports that may be told by a number."""
    smallest = settings.FRISTED_SMALL_CELL
    if indicator.kind == SharedIndicator.Kind.MEAN:
        return [row for row in found if row.people >= smallest]
    answers = [Answers(row.venue_id, row.people, row.agree or 0) for row in found]
    told = {each.venue for each in told_answers(answers, smallest=smallest)}
    return [row for row in found if row.venue_id in told]


def _whole(indicator: SharedIndicator, told: Sequence[Measurement]) -> str:
    people = sum(row.people for row in told)
    if not people:
        return _("too few to tell")
    if indicator.kind == SharedIndicator.Kind.MEAN:
        weighted = sum(((row.mean or Decimal(0)) * row.people for row in told), Decimal(0))
        return _mean_text(weighted / people, people)
    return _share_text(sum(row.agree or 0 for row in told), people)


def _row(
    venue: VenuePage, row: Measurement | None, told: Sequence[Measurement], final: bool
) -> Result:
    if row is None:
        return Result(venue, _("not reported"), None, None)
    if not final:
        return Result(venue, _("reported"), None, row)
    if row not in told:
        return Result(venue, _("too few to tell"), None, row)
    if row.mean is not None:
        return Result(venue, _mean_text(row.mean, row.people), float(row.mean), row)
    agree = row.agree or 0
    return Result(venue, _share_text(agree, row.people), agree / row.people, row)


def _share_text(agree: int, people: int) -> str:
    words = {"percent": percent(agree, people), "people": people}
    return _("%(percent)d %% of %(people)d answers") % words


def _mean_text(mean: Decimal, people: int) -> str:
    words = {"mean": one_decimal(mean), "people": people}
    return _("%(mean)s on average of %(people)d answers") % words
