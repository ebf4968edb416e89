"""What a spreadsheet program would run when it opens a file, made into plain text.

A cell that begins with `=` is a formula wherever the text came from, and some programs look past a
quote, a blank or a full-width sign. XLSX can say that a cell is text; CSV cannot, so there an
apostrophe goes first, which every spreadsheet reads as "this is text".
"""

import unicodedata

from core.domain.text import clean

SIGNS = frozenset("=+-@|")
CONTROLS = frozenset("\t\r\n\0")
QUOTES = frozenset("\"'`´‘’“”«»")
GUARD = "'"


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might do something else with `text` than show it."""
    if text[:1] in CONTROLS and text:
        return True
    plain = unicodedata.normalize("NFKC", text)
    bare = (
        char
        for char in plain
        if not (char in QUOTES or char.isspace() or unicodedata.category(char) in {"Cc", "Cf"})
    )
    return next(bare, "") in SIGNS


def csv_text(text: str) -> str:
    """Return `text` for a CSV file: visible characters only, and never a formula."""
    shown = printable(text)
    return f"{GUARD}{shown}" if is_risky(text) else shown


def printable(text: str) -> str:
    """Return `text` without characters that an XLSX file cannot hold; line breaks stay."""
    return clean(text)


def unguarded(text: str) -> str:
    """Return what stood in a cell before `csv_text` put an apostrophe before it."""
    bare = text.removeprefix(GUARD)
    return bare if bare != text and is_risky(bare) else text
