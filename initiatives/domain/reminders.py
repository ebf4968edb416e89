"""When to remind of a day to come: few times, at set distances, and never after it."""

import datetime as dt

STEPS = (90, 30)  # days before; one reminder each


def due_step(day: dt.date, today: dt.date, *, steps: tuple[int, ...] = STEPS) -> int | None:
    """Return the step to remind of on `today`: the smallest that has been reached, or None.

    A step stays due until the next one is, so a day without a worker loses none. None when `day`
    lies further ahead than the first step, or behind.
    """
    ahead = (day - today).days
    reached = [step for step in steps if 0 <= ahead <= step]
    return min(reached, default=None)
