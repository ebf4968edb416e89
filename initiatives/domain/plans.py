"""Two versions of the action plan side by side: what starts at another time, and what comes before
what. Priorities are the leaders' own order, 1 first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One initiative in a version of the plan, to start in one of two years or between them."""

    number: str
    start_year: int
    latest_start_year: int
    priority: int

    @property
    def years(self) -> tuple[int, int]:
        """Return the first and the last year in which it may start."""
        return self.start_year, self.latest_start_year


@dataclass(frozen=True, slots=True)
class LineChange:
    """One initiative in two versions; None where a version did not have it."""

    number: str
    before: Line | None
    after: Line | None

    @property
    def years_changed(self) -> bool:
        """Whether it starts at another time now."""
        both = self.before is not None and self.after is not None
        return both and self.before.years != self.after.years  # type: ignore[union-attr]  # both

    @property
    def places_up(self) -> int:
        """Return how many places it has moved towards the top; below 0 towards the end."""
        if self.before is None or self.after is None:
            return 0
        return self.before.priority - self.after.priority

    @property
    def changed(self) -> bool:
        """Whether anything about it is different."""
        return self.before is None or self.after is None or self.years_changed or self.moved

    @property
    def moved(self) -> bool:
        """Whether its place in the order is another."""
        return self.places_up != 0


def compare(before: Iterable[Line], after: Iterable[Line]) -> tuple[LineChange, ...]:
    """Return every initiative of either version, in the order of the later one; gone ones last."""
    old = {line.number: line for line in before}
    new = sorted(after, key=lambda line: line.priority)
    found = [LineChange(line.number, old.pop(line.number, None), line) for line in new]
    gone = sorted(old.values(), key=lambda line: line.priority)
    return tuple(found + [LineChange(line.number, line, None) for line in gone])


def rank_problems(ranks: Sequence[int]) -> tuple[int, ...]:
    """Return the ranks that stand more than once; an order needs one of each."""
    return tuple(sorted({rank for rank in ranks if ranks.count(rank) > 1}))
