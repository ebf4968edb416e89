"""Figures that an app below counts and an app above shows.

The internal section knows of visits and courses, the leaders' tracker shows how many there were;
neither imports the other. An app offers a figure when it is ready, and what nobody offers is
not shown.
"""

import datetime as dt
from collections.abc import Callable, Mapping

# Takes the first and the last local day; returns how many there were by venue id.
Counted = Callable[[dt.date, dt.date], Mapping[int, int]]

_offered: dict[str, Counted] = {}

EXCHANGES = "exchanges"  # visits, staff swaps and joint courses that were held


def offer_figure(name: str, counted: Counted) -> None:
    """Let the apps above show a figure. Called from `AppConfig.ready`."""
    _offered[name] = counted


def offered_figure(name: str) -> Counted | None:
    """Return how to count a figure, or None when no app counts it."""
    return _offered.get(name)
