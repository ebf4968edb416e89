"""The board as its page shows it: initiatives down, venues across, squares in words and signs."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.wording import day_month
from directory.models import VenuePage
from initiatives.board_words import LETTERS, MARK_WORDS, SHORT_MARKS
from initiatives.domain.board import Mark, PlanYears, Tally, Terms, marks_of, tally
from initiatives.domain.progress import ProgressState
from initiatives.models import GuidingPrinciple, Initiative, PlanLine
from initiatives.permissions import TrackerRights
from initiatives.reading import board_on, plan_lines, state_of, tracked_venues
from initiatives.taxonomy import Status


@dataclass(frozen=True, slots=True)
class Sign:
    """A status as letter, shape and word; the shape is a symbol of the page with this code."""

    code: str
    letter: str
    word: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One square. `venue` is None for what is kept once for all."""

    initiative: Initiative
    venue: VenuePage | None
    state: ProgressState
    marks: tuple[Mark, ...]

    @property
    def sign(self) -> Sign:
        return sign_of(self.state.status)

    @property
    def mark(self) -> Mark | None:
        """The most pressing mark."""
        return self.marks[0] if self.marks else None

    @property
    def short_mark(self) -> str:
        return str(SHORT_MARKS[self.mark]) if self.mark else ""

    @property
    def mark_words(self) -> str:
        """All marks, for those who hear the board: "over frist, ikke bekræftet for nylig"."""
        return ", ".join(str(MARK_WORDS[mark]) for mark in self.marks)

    @property
    def summary(self) -> str:
        """What a joint square says beside its sign: "I drift for alle steder samlet, …"."""
        words = {"status": self.sign.word}
        text = _("%(status)s for all venues together") % words
        if self.state.agreed_deadline and not self.state.reached:
            when = day_month(self.state.agreed_deadline, year=True)
            text = _("%(text)s, deadline %(day)s") % {"text": text, "day": when}
        return text


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative. `cells` follow the board's venues; None where a filter leaves it out."""

    initiative: Initiative
    joint: Cell | None
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one guiding principle."""

    principle: GuidingPrinciple
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page shows. `tally` counts every square one may see, filtered or not."""

    day: dt.date
    venues: Sequence[VenuePage]
    groups: Sequence[Group]
    cells: Sequence[Cell]
    tally: Tally

    @property
    def shown(self) -> list[Cell]:
        """The squares that the filter leaves, in the order of the board."""
        rows = [row for group in self.groups for row in group.rows]
        return [cell for row in rows for cell in (row.joint, *row.cells) if cell]


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What to leave on the board; None and empty leave everything."""

    principle: int | None = None
    venue: str = ""
    status: str = ""
    mark: Mark | None = None

    def keeps(self, cell: Cell) -> bool:
        """Whether a square is shown; joint ones stay whichever venue is chosen."""
        principle = cell.initiative.guiding_principle.number
        return (
            self.principle in (None, principle)
            and (not self.venue or cell.venue is None or cell.venue.slug == self.venue)
            and self.status in ("", cell.state.status)
            and (self.mark is None or self.mark in cell.marks)
        )


def sign_of(status: str) -> Sign:
    code = Status(status)
    return Sign(code.value, str(LETTERS[code]), str(code.label))


def all_signs() -> list[Sign]:
    """Return every status for the key, in the order of progress."""
    return [sign_of(code) for code in Status.values]


def terms_on(day: dt.date) -> Terms:
    return Terms(day=day, fresh_days=settings.FRISTED_PROGRESS_FRESH_DAYS)


def cells_on(day: dt.date, venues: Iterable[VenuePage]) -> list[Cell]:
    """Return every square of the local `day`, joint ones first in each row. Three queries."""
    board, lines, terms = board_on(day), plan_lines(day), terms_on(day)
    places = list(venues)
    found = []
    for initiative in Initiative.objects.select_related("guiding_principle"):
        years = plan_years(lines, initiative)
        wanted = [None] if initiative.joint else []
        for venue in [*wanted, *(places if initiative.at_venues else [])]:
            state = state_of(board, initiative, venue)
            found.append(Cell(initiative, venue, state, marks_of(state, years, terms)))
    return found


def plan_years(lines: Mapping[int, PlanLine], initiative: Initiative) -> PlanYears | None:
    """Return the years that a plan's `lines` give; None before the first plan."""
    line = lines.get(initiative.pk)
    return PlanYears(line.start_year, line.latest_start_year) if line else None


def seen_venues(rights: TrackerRights, day: dt.date) -> list[VenuePage]:
    """Return the venues that stood on the local `day` and that the person may see, by name."""
    found: Any = tracked_venues(day)
    if rights.venues is not None:
        found = found.filter(pk__in=rights.venues)
    return list(found)


def board_for(day: dt.date, venues: Sequence[VenuePage], wanted: BoardFilter) -> Board:
    """Return the board of the local `day` for the venues one may see, with a filter applied."""
    cells = cells_on(day, venues)
    shown = [venue for venue in venues if not wanted.venue or venue.slug == wanted.venue]
    return Board(
        day=day,
        venues=shown,
        groups=_groups(cells, shown, wanted),
        cells=cells,
        tally=tally((cell.state, cell.marks) for cell in cells),
    )


def _groups(cells: Iterable[Cell], venues: Sequence[VenuePage], wanted: BoardFilter) -> list[Group]:
    by_initiative: dict[int, dict[int | None, Cell]] = {}
    for cell in cells:
        if wanted.keeps(cell):
            places = by_initiative.setdefault(cell.initiative.pk, {})
            places[cell.venue.pk if cell.venue else None] = cell
    groups: dict[int, list[Row]] = {}
    principles: dict[int, GuidingPrinciple] = {}
    for places in by_initiative.values():
        initiative = next(iter(places.values())).initiative
        row = Row(
            initiative=initiative,
            joint=places.get(None),
            cells=tuple(places.get(venue.pk) for venue in venues) if initiative.at_venues else (),
        )
        principle = initiative.guiding_principle
        principles[principle.pk] = principle
        groups.setdefault(principle.pk, []).append(row)
    return [Group(principles[key], tuple(rows)) for key, rows in groups.items()]
