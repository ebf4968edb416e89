"""The timeline as its page shows it: a bar for each initiative, and a table that says the same."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from directory.models import VenuePage
from initiatives.board import Cell, Sign, cells_on
from initiatives.domain.board import Mark
from initiatives.domain.deadlines import suggestion
from initiatives.domain.status import REACHED, Code
from initiatives.domain.timeline import Scale, Stretch, hull, scale_for
from initiatives.models import Initiative, PlanLine
from initiatives.reading import plan_lines

LEFT, WIDTH, ROW, TOP = 330, 750, 34, 34


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn stretch. `kinds` are CSS classes that only repeat what the row's words say."""

    x: float
    width: float
    kinds: str
    open_end: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative: what is drawn, and the words of the table beside it."""

    initiative: Initiative
    y: float
    plan: Bar | None
    bar: Bar | None
    years: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    suggested_on: dt.date | None
    begun: int
    reached: int
    squares: int
    overdue: int
    sign: Sign | None

    @property
    def text_y(self) -> float:
        return self.y + ROW / 2

    @property
    def bar_y(self) -> float:
        return self.y + 8

    @property
    def plan_y(self) -> float:
        return self.y + 3


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything the page draws, in a box of `width` by `height`."""

    rows: tuple[Row, ...]
    years: list[tuple[float, float, int]]
    today_x: float
    width: float
    height: float


def timeline_on(day: dt.date, venues: Sequence[VenuePage], *, joint: bool = True) -> Timeline:
    """Return the timeline of some venues as it was known on the local `day`.

    With one venue each row is that venue's own; `joint` adds what is kept once for all.
    """
    lines = plan_lines(day)
    by_initiative: dict[int, list[Cell]] = {}
    for cell in cells_on(day, venues):
        if cell.venue is not None or joint:
            by_initiative.setdefault(cell.initiative.pk, []).append(cell)
    groups = list(by_initiative.values())
    scale = _scale(groups, lines.values(), day)
    rows = tuple(
        _row(cells, lines.get(cells[0].initiative.pk), scale, TOP + place * ROW)
        for place, cells in enumerate(groups)
    )
    height = TOP + len(rows) * ROW + 8
    return Timeline(rows, scale.years(), scale.x(day), LEFT + WIDTH + 10, height)


def _scale(groups: Sequence[Sequence[Cell]], lines: Collection[PlanLine], day: dt.date) -> Scale:
    states = [cell.state for cells in groups for cell in cells]
    days = [state.agreed_start for state in states] + [state.agreed_deadline for state in states]
    years = [line.start_year for line in lines] + [line.latest_start_year for line in lines]
    return scale_for((each for each in days if each), years, day, left=LEFT, width=WIDTH)


def _row(cells: Sequence[Cell], line: PlanLine | None, scale: Scale, y: float) -> Row:
    initiative = cells[0].initiative
    begun = [cell for cell in cells if cell.state.begun and cell.state.agreed_start]
    stretch = hull(_stretch(cell) for cell in begun)
    overdue = sum(Mark.OVERDUE in cell.marks for cell in cells)
    hint = suggestion(initiative.time_perspective, stretch.first) if stretch else None
    return Row(
        initiative=initiative,
        y=y,
        plan=_plan_bar(line, scale) if line else None,
        bar=_bar(begun, stretch, scale, late=bool(overdue)) if stretch else None,
        years=line.years if line else initiative.start_year_text,
        starts_on=stretch.first if stretch else None,
        ends_on=stretch.last if stretch else None,
        suggested_on=hint.deadline if hint else None,
        begun=sum(cell.state.begun for cell in cells),
        reached=sum(cell.state.reached for cell in cells),
        squares=len(cells),
        overdue=overdue,
        sign=cells[0].sign if len(cells) == 1 else None,
    )


def _stretch(cell: Cell) -> Stretch:
    """From the agreed start to the deadline; what is in operation, or never ends, goes on."""
    state = cell.state
    goes_on = cell.initiative.endless or Code(state.status) is Code.IN_OPERATION
    first = state.agreed_start or dt.date.min
    return Stretch(first, None if goes_on else state.agreed_deadline)


def _plan_bar(line: PlanLine, scale: Scale) -> Bar:
    years = Stretch(dt.date(line.start_year, 1, 1), dt.date(line.latest_start_year, 12, 31))
    return Bar(*scale.bar(years), kinds="plan", open_end=False)


def _bar(cells: Sequence[Cell], stretch: Stretch, scale: Scale, *, late: bool) -> Bar:
    codes = {Code(cell.state.status) for cell in cells}
    kinds = ["bar"]
    kinds += ["bar-reached"] if codes <= REACHED else []
    kinds += ["bar-paused"] if codes == {Code.PAUSED} else []
    kinds += ["bar-late"] if late else []
    return Bar(*scale.bar(stretch), kinds=" ".join(kinds), open_end=stretch.last is None)
