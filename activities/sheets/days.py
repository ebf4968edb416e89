"""Weekdays as people write them in a sheet: tirsdag, ti, man-fre, mandag og onsdag."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from activities.sheets.cells import CellError, text_of, unknown_text
from core.domain.text import fold
from directory.taxonomy import Weekday

APART = re.compile(r"\s*(?:,|;|/|\+|&| og | and )\s*")
RANGE = re.compile(r"\s*(?:-|–| til )\s*")


def read_days(cell: Any) -> list[int]:
    """Return weekday numbers, 0 is Monday, sorted."""
    found: set[int] = set()
    for part in APART.split(text_of(cell)):
        if not part.strip():
            continue
        ends = [_day(end) for end in RANGE.split(part) if end.strip()]
        if len(ends) > 2 or not ends:
            raise CellError(_("Write days as Monday, Monday-Friday or Monday, Wednesday."))
        first, last = ends[0], ends[-1]
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return sorted(found)


def _day(word: str) -> int:
    names = {str(label): number for number, label in Weekday.choices}
    key = fold(word).rstrip(".")
    key = key[:-1] if key.endswith("e") and len(key) > 6 else key  # mandage
    matches = {
        number for name, number in names.items() if len(key) > 1 and fold(name).startswith(key)
    }
    if len(matches) != 1:
        raise CellError(unknown_text(word, names))
    return matches.pop()


def days_text(days: Sequence[int]) -> str:
    """Return `mandag, onsdag` or `mandag-fredag`."""
    names = [str(Weekday(day).label).lower() for day in days]
    together = len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1))
    return f"{names[0]}-{names[-1]}" if together else ", ".join(names)
