"""What one cell says, read as people write it, or a message that says what to write instead."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from core.domain.text import close_words, fold
from core.forms import ClockField, DayField, KronerField
from core.sheets import Formula
from core.validators import validate_phone

Options = Mapping[str, Any]  # word → what it stands for


class CellError(ValueError):
    """A cell that cannot be used; the text says what to write instead."""


def text_of(cell: Any) -> str:
    """Return what the cell shows: whole numbers without decimals, days as 3.3.2026."""
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        raise CellError(
            _("This is a formula. Copy the cell and paste it as a value, then it can be used.")
        )
    if isinstance(cell, bool):
        return _("Yes") if cell else _("No")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, dt.time):
        return f"{cell:%H.%M}"
    return str(cell).strip()


def read_text(most: int) -> Callable[[Any], str]:
    """Return a reader of text with at most so many characters."""

    def read(cell: Any) -> str:
        text = text_of(cell)
        if len(text) > most:
            raise CellError(
                _("The text is too long: %(length)d characters. There is room for %(most)d.")
                % {"length": len(text), "most": most}
            )
        return text

    return read


def read_line(most: int) -> Callable[[Any], str]:
    """Return a reader of text on one line."""
    read = read_text(most)
    return lambda cell: " ".join(read(cell).split())


def read_word(options: Callable[[], Options]) -> Callable[[Any], Any]:
    """Return a reader of one word from a list; another word gets a suggestion."""

    def read(cell: Any) -> Any:
        return one_of(text_of(cell), options())

    return read


def one_of(word: str, options: Options) -> Any:
    """Return what `word` stands for, however its letters are written."""
    folded = {fold(name): value for name, value in options.items()}
    key = fold(word)
    if key in folded:
        return folded[key]
    raise CellError(unknown_text(word, options))


def unknown_text(word: str, options: Iterable[str]) -> str:
    """Say that a word is not on the list, and which one may have been meant."""
    names = list(options)
    near = (
        close_words(word, names, limit=2)
        or [name for name in names if fold(word) and fold(word) in fold(name)][:2]
    )
    shown = {"word": word[:60], "list": ", ".join(names[:16])}
    if near:
        meant = _(" or ").join(f"“{name}”" for name in near)
        return _("We do not know “%(word)s”. Did you mean %(meant)s?") % {**shown, "meant": meant}
    if 0 < len(names) <= 16:
        return _("We do not know “%(word)s”. Write one of: %(list)s.") % shown
    return _("We do not know “%(word)s”. The template lists the words.") % shown


def read_words(options: Callable[[], Options]) -> Callable[[Any], list[Any]]:
    """Return a reader of several words from a list, with commas between them."""

    def read(cell: Any) -> list[Any]:
        known = options()
        parts = [part.strip() for part in text_of(cell).replace(";", ",").split(",")]
        found = [one_of(part, known) for part in parts if part]
        return list(dict.fromkeys(found))

    return read


def read_field(field: forms.Field) -> Callable[[Any], Any]:
    """Return a reader that understands what the editor's own form field does."""

    def read(cell: Any) -> Any:
        try:
            return field.clean(cell if isinstance(cell, dt.time) else text_of(cell))
        except ValidationError as error:
            raise CellError(str(error.messages[0])) from error

    return read


def read_clock(cell: Any) -> dt.time:
    """Return a time of day, also when the spreadsheet keeps it as a part of a day."""
    if isinstance(cell, dt.datetime):
        cell = cell.time()
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60) % (24 * 60)
        cell = dt.time(minutes // 60, minutes % 60)
    time: dt.time = read_field(ClockField())(cell)
    return time.replace(second=0, microsecond=0)


def read_day(cell: Any) -> dt.date:
    day: dt.date = read_field(DayField())(cell)
    if not 1970 <= day.year < 2200:
        raise CellError(_("Choose a year between 1970 and 2199."))
    return day


def read_number(least: int, most: int) -> Callable[[Any], int]:
    """Return a reader of whole numbers."""

    def read(cell: Any) -> int:
        text = text_of(cell)
        if not (text.isascii() and text.isdigit()) or not least <= int(text[:9]) <= most:
            raise CellError(
                _("Write a whole number from %(least)d to %(most)d.")
                % {"least": least, "most": most}
            )
        return int(text)

    return read


def read_phone(cell: Any) -> str:
    return _validated(validate_phone, " ".join(text_of(cell).split())[:40])


def read_email(cell: Any) -> str:
    try:
        return _validated(validate_email, text_of(cell)[:260])
    except CellError:
        raise CellError(_("Write an e-mail address such as perlen@kommune.dk.")) from None


def read_website(cell: Any) -> str:
    text = text_of(cell)
    address = text if "://" in text else f"https://{text}"
    try:
        return _validated(URLValidator(schemes=["http", "https"]), address[:200])
    except CellError:
        raise CellError(_("Write an address such as https://www.perlen.dk.")) from None


def read_postal_code(cell: Any) -> str:
    code = text_of(cell).zfill(4)
    if not (code.isascii() and code.isdigit() and len(code) == 4):
        raise CellError(_("Write a postal code with four digits."))
    return code


def _validated(check: Callable[[str], None], text: str) -> str:
    try:
        check(text)
    except ValidationError as error:
        raise CellError(str(error.messages[0])) from error
    return text


@dataclass(frozen=True, slots=True)
class Price:
    """What something costs: a PriceType and amounts in øre."""

    kind: str
    lowest: int | None = None
    highest: int | None = None


def read_price(words: Callable[[], Options]) -> Callable[[Any], Price]:
    """Return a reader of "gratis", 25, "25,50 kr.", "20-40" and the other words for a price."""
    kroner = read_field(KronerField(required=False))

    def read(cell: Any) -> Price:
        text = text_of(cell).replace(".0", "") if isinstance(cell, float) else text_of(cell)
        if isinstance(cell, float) and not cell.is_integer():
            text = f"{cell:.2f}".replace(".", ",")
        first, dash, last = text.replace("–", "-").partition("-")
        if text[:1].isdigit():
            if dash and last.strip():
                low, high = kroner(first), kroner(last)
                if low >= high:
                    raise CellError(_("Write the lower price first, for example 20-40."))
                return Price("range", low, high)
            amount = kroner(text)
            return Price("fixed", amount) if amount else Price("free")
        known = words()
        kind = one_of(text, known)
        if kind in {"fixed", "range"}:
            raise CellError(_("Write the amount in kroner, for example 25 or 20-40."))
        return Price(kind)

    return read
