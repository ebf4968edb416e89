"""How a programme is set: columns and size of letters, from large to small."""

from dataclasses import dataclass, replace

from activities.poster.programme import PosterDay, Programme

# Rows of type that fit below the arch, by columns and step of `poster.css`: measured on A4.
ROOM = {(1, 1): 14, (1, 2): 21, (1, 3): 28, (1, 4): 34, (2, 4): 54, (2, 5): 66, (2, 6): 86}
STEPS = list(ROOM)
HOPE = 1.25  # begin with letters that may be too large: what fits is seen when it is laid out
MOST_TRIES = 4
CARE = 1.2  # a browser's page is not measured: rather a little too small
FULL = 5  # from this step on a day may be cut in two


@dataclass(frozen=True, slots=True)
class Layout:
    """`steps` of poster.css: 1 is the largest type. `flows` over as many sheets as it needs."""

    paper: str
    columns: int
    step: int
    flows: bool = False

    @property
    def classes(self) -> str:
        """Return the classes of the sheet."""
        flow = "flows" if self.flows else "one-sheet"
        dense = " dense" if self.step > 3 or self.flows else ""
        return f"on-{self.paper} columns-{self.columns} step-{self.step} {flow}{dense}"


def layouts(programme: Programme) -> list[Layout]:
    """Return what to try for a programme, the most readable first; the last one always holds."""
    paper = programme.asked.paper
    if paper == "stor":
        return [Layout(paper, 1, 1, flows=True)]
    weight = programme.weight
    tries = [key for key in STEPS if ROOM[key] * HOPE >= weight][:MOST_TRIES]
    last = Layout(paper, 1, 4, flows=True)
    return [*(Layout(paper, columns, step) for columns, step in tries), last]


def first_guess(programme: Programme) -> Layout:
    """Return the layout for a page in the browser, where nothing is measured."""
    fits = [key for key in STEPS if ROOM[key] >= programme.weight * CARE]
    if programme.asked.paper == "stor" or not fits:
        return layouts(programme)[-1]
    return Layout(programme.asked.paper, *fits[0])


def arranged(programme: Programme, layout: Layout) -> list[tuple[PosterDay, ...]]:
    """Return the days of each column, so that both are about as long.

    On a full sheet a day may go on in the second column, under its name once more.
    """
    days = programme.days
    if layout.columns == 1 or len(days) < 2:
        return [days]

    def unevenness(columns: list[tuple[PosterDay, ...]]) -> float:
        left, right = (sum(day.weight for day in column) for column in columns)
        return abs(left - right)

    cuts = [[days[:place], days[place:]] for place in range(1, len(days))]
    if layout.step >= FULL:
        cuts += [
            [(*days[:place], *head), (*tail, *days[place + 1 :])]
            for place, day in enumerate(days)
            for head, tail in _halves(day)
        ]
    return min(cuts, key=unevenness)


def _halves(day: PosterDay) -> list[tuple[tuple[PosterDay], tuple[PosterDay]]]:
    """Every way to cut a day with at least two lines on both sides."""
    return [
        (
            (replace(day, lines=day.lines[:place]),),
            (replace(day, lines=day.lines[place:], hours="", special="", goes_on=True),),
        )
        for place in range(2, len(day.lines) - 1)
    ]
