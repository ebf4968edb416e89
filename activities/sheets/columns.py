"""The columns of a sheet: their headings, what they hold, and reading a whole row by them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.sheets.cells import CellError
from core.domain.text import close_words, fold
from core.sheets import SheetError, Table, TableRow

EXAMPLE = gettext_lazy("Example")  # the row of a template that begins with this word is left out


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` in our code, `heading` in the sheet, `read` for what stands below it.

    `show` turns a stored value into the words for a list of changes and for an export; `options`
    are the words one can choose from.
    """

    name: str
    heading: Any
    read: Callable[[Any], Any]
    help: Any = ""
    example: Any = ""
    required: bool = False
    show: Callable[[Any], Any] = str
    options: Callable[[], Mapping[str, Any]] | None = None
    width: int = 18

    def shown(self, value: Any) -> Any:
        """Return `value` as the sheet would have it; nothing for nothing."""
        return "" if value in (None, "", [], ()) else self.show(value)


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell about a cell or a row; `column` is its heading, "" for the whole row."""

    row: int
    column: str
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "text": self.text}


@dataclass(slots=True)
class Line:
    """One row of a sheet, read: values by column name, and what is wrong with it.

    Columns without anything in the cell are not in `values`.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def refuse(self, text: str, column: Any = "") -> None:
        self.messages.append(Message(self.number, str(column), text))


def place_columns(table: Table, columns: Sequence[Column]) -> tuple[dict[int, Column], list[str]]:
    """Return which column of the table is which of ours, and notes about the others.

    Raises SheetError when a column is missing that every sheet of the kind needs, or comes twice.
    """
    by_heading = {fold(str(column.heading)): column for column in columns}
    placed: dict[int, Column] = {}
    notes: list[str] = []
    for place, heading in enumerate(table.headings):
        key = fold(heading.rstrip("* "))
        if not key:
            continue
        column = by_heading.get(key)
        if column is None:
            notes.append(_unknown_heading(heading, columns))
        elif column in placed.values():
            raise SheetError(
                "double_heading", _("The column “%(name)s” is there twice.") % {"name": heading}
            )
        else:
            placed[place] = column
    missing = [str(c.heading) for c in columns if c.required and c not in placed.values()]
    if missing:
        names = ", ".join(f"“{name}”" for name in missing)
        raise SheetError(
            "missing_columns",
            _(
                "The sheet lacks these columns: %(names)s. Headings stand in the first row; "
                "the template has them all."
            )
            % {"names": names},
        )
    return placed, notes


def _unknown_heading(heading: str, columns: Sequence[Column]) -> str:
    shown = {"name": heading[:60]}
    near = close_words(heading, [str(column.heading) for column in columns], limit=1)
    if near:
        return _("The column “%(name)s” was left out. Did you mean “%(meant)s”?") % {
            **shown,
            "meant": near[0],
        }
    return _("The column “%(name)s” was left out: it is none of ours.") % shown


def read_lines(table: Table, placed: Mapping[int, Column]) -> list[Line]:
    """Read every row; the template's example row is left out."""
    return [
        _read_line(row, placed)
        for row in table.rows
        if not any(str(cell or "").startswith(f"{EXAMPLE}:") for cell in row.cells)
    ]


def _read_line(row: TableRow, placed: Mapping[int, Column]) -> Line:
    line = Line(row.number)
    for place, column in placed.items():
        cell = row.cell(place)
        if cell is None:
            continue
        try:
            line.values[column.name] = column.read(cell)
        except CellError as error:
            line.refuse(str(error), column.heading)
    return line


def require(line: Line, columns: Sequence[Column]) -> None:
    """Say which cells must not be empty."""
    told = {message.column for message in line.messages}
    for column in columns:
        if line.values.get(column.name) in (None, "", []) and str(column.heading) not in told:
            line.refuse(_("This must be filled in."), column.heading)
