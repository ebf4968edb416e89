"""Whether readers hear by mail of a date that is cancelled or moved.

The newsletter knows its readers, the calendar's forms say what a press on the button does; the
calendar does not import the newsletter. What nobody offers is not said.
"""

import datetime as dt
from collections.abc import Callable

# Takes the id of a date and a moment (aware).
Told = Callable[[int, dt.datetime], bool]

_offered: list[Told] = []


def offer_mail(told: Told) -> None:
    """Let the calendar's forms say that readers get a mail. Called from `AppConfig.ready`."""
    _offered[:] = [told]


def readers_are_told(occurrence_id: int, now: dt.datetime) -> bool:
    """Return whether anybody gets a mail when this date is cancelled or moved at `now`."""
    return any(told(occurrence_id, now) for told in _offered)
