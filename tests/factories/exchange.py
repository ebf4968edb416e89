"""Visits and swaps between places, for those who get to know each other's work."""

import datetime as dt

from directory.models import VenuePage
from staff.models import ExchangeEvent
from staff.models.exchange import ExchangeKind


def make_visit(venue: VenuePage, now: dt.datetime, **fields: object) -> ExchangeEvent:
    """A visit of two hours at `venue`, a week after the aware moment `now`."""
    starts_at = now + dt.timedelta(days=7)
    values = {
        "kind": ExchangeKind.VISIT,
        "title": "Besøg på Perlen",
        "venue": venue,
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=2),
    }
    return ExchangeEvent.objects.create(**values | fields)
