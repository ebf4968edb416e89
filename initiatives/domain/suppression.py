"""Which counts of people may be told, so that no few of them can be worked out.

Every figure that is ever told is a sum of whole blocks. A block is one month of one venue when
enough people were counted in it, else that month together with the following ones until there
are enough. What is still too small waits untold. Blocks never overlap and never change, so
nothing that can be added or subtracted - totals, filters, periods, yesterday's page and
today's - gives less than a block.

Nobody counted is told as nobody: nought people are no small group.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """How many people were counted at one venue in one month, on how many dates.

    `month` is its first day. Months must be closed: a cell that still grows gives itself away.
    """

    venue: int
    month: dt.date
    people: int
    dates: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Cells of one venue that are only ever told together."""

    cells: tuple[Cell, ...]

    @property
    def people(self) -> int:
        return sum(cell.people for cell in self.cells)

    @property
    def dates(self) -> int:
        return sum(cell.dates for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of some venues and months.

    `exact` is whether everything counted there is in `people`. If not, there were more than that;
    how many more is not told. `people` is None when nothing may be told, or nothing was counted.
    """

    people: int | None
    dates: int
    exact: bool

    @property
    def counted(self) -> bool:
        """Whether anything was counted at all, told or untold."""
        return self.people is not None or not self.exact

    @property
    def each(self) -> float | None:
        """How many came to a date, as a mean; None unless everything is told."""
        if not self.exact or self.people is None or not self.dates:
            return None
        return self.people / self.dates


def told_blocks(cells: Iterable[Cell], *, smallest: int = SMALLEST) -> list[Block]:
    """Return the blocks that may be told, by venue and in order of time.

    A month with fewer than `smallest` people, but not none, waits for the venue's next month with
    anybody in it, and they go on together until there are enough. Blocks follow from earlier
    months alone, so a month that is added later never changes one that has been told.
    """
    blocks: list[Block] = []
    waiting: dict[int, list[Cell]] = defaultdict(list)
    for cell in sorted(cells):
        if not cell.people:
            blocks.append(Block((cell,)))
            continue
        together = [*waiting[cell.venue], cell]
        enough = sum(each.people for each in together) >= smallest
        if enough:
            blocks.append(Block(tuple(together)))
        waiting[cell.venue] = [] if enough else together
    return blocks


class Release:
    """What is told of some cells, whatever is asked about them and however often."""

    def __init__(self, cells: Iterable[Cell], *, smallest: int = SMALLEST) -> None:
        self._cells = {(cell.venue, cell.month): cell for cell in cells}
        self.blocks = told_blocks(self._cells.values(), smallest=smallest)
        self._block_of = {cell: block for block in self.blocks for cell in block.cells}

    def venues_in(self, months: Collection[dt.date]) -> set[int]:
        """Return the venues where anybody counted in one of the months, told or untold."""
        return {venue for venue, month in self._cells if month in months}

    def told(self, venues: Collection[int], months: Collection[dt.date]) -> Told:
        """Return what may be told of some venues in some months (first days), taken together.

        Any choice may be asked for: the answer adds up the blocks that lie wholly within it, and
        says whether that is everything that was counted.
        """
        wanted = (self._cells.get((venue, month)) for venue in venues for month in months)
        asked = {cell for cell in wanted if cell is not None}
        touched = {self._block_of[cell] for cell in asked if cell in self._block_of}
        inside = [block for block in touched if asked.issuperset(block.cells)]
        return Told(
            people=sum(block.people for block in inside) if inside else None,
            dates=sum(block.dates for block in inside),
            exact=sum(len(block.cells) for block in inside) == len(asked),
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """What people answered at one venue in one period: `agree` of `people` said yes."""

    venue: int
    people: int
    agree: int


def may_tell_share(answers: Answers, *, smallest: int = SMALLEST) -> bool:
    """Whether a share may be told: enough people on the one side, and on the other.

    "Nineteen of twenty" tells of one; that one may be known.
    """
    return min(answers.agree, answers.people - answers.agree) >= smallest


def told_answers(answers: Iterable[Answers], *, smallest: int = SMALLEST) -> list[Answers]:
    """Return the venues' answers that may be told. A total is of these alone.

    A venue that is left out is in no total, so that no difference gives it back.
    """
    return [each for each in answers if may_tell_share(each, smallest=smallest)]
