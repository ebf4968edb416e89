"""Which shared figures are to be reported now, and by whom."""

import datetime as dt
from collections.abc import Iterable

from directory.models import VenuePage
from initiatives.domain.periods import Period, Rhythm, periods_back
from initiatives.models import Measurement, SharedIndicator


def open_period(indicator: SharedIndicator, today: dt.date) -> Period | None:
    """Return the period that venues report about on the local day `today`, if there is one."""
    back = periods_back(today, Rhythm(indicator.rhythm), 2)
    found = next((period for period in back if period.takes_reports(today)), None)
    ended = indicator.ended_on
    return None if found and ended and found.first >= ended else found


def open_reports(
    indicator: SharedIndicator, venues: Iterable[VenuePage], today: dt.date
) -> list[tuple[VenuePage, Period]]:
    """Return those of `venues` that have not reported about the period that is open."""
    period = open_period(indicator, today)
    if period is None:
        return []
    standing = Measurement.objects.standing().filter(indicator=indicator, first_on=period.first)
    done = set(standing.values_list("venue_id", flat=True))
    return [(venue, period) for venue in venues if venue.pk not in done]
