"""Opening a workbook that a stranger may have made: an XLSX file is a zip of XML files.

What it would come to is added up before anything is unpacked, and whatever could reach outside
or run is refused: macros, links to other workbooks, document types and entities.
"""

import io
import logging
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

MAX_UNPACKED = 50 * 1024 * 1024
MAX_MEMBERS = 100
MAX_HELPER = 10 * 1024 * 1024  # styles, workbook and other parts that are read whole
MAX_CELLS = 1_000_000
CHUNK = 1 << 20
FORBIDDEN = (
    "vbaproject",
    "externallinks/",
    "activex/",
    "embeddings/",
    "macrosheets/",
    "querytables/",
)
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = (
    OLE,
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"Rar!",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\x7fELF",
)
ALWAYS_READ_WHOLE = ("xl/styles.xml", "xl/workbook.xml", "[content_types].xml")


class SheetError(ValueError):
    """A file that cannot be used as a table; the text is for whoever uploaded it."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip archive, as an XLSX file is."""
    return data.startswith(ZIP)


def is_foreign(data: bytes) -> bool:
    """Whether the bytes are some other known kind of file, such as an old .xls or a picture."""
    return data.startswith(FOREIGN)


def open_workbook(data: bytes) -> Any:
    """Return the openpyxl workbook in `data`, to be read row by row.

    Raises SheetError when it is no workbook, could do something, or is too large unpacked.
    """
    with unreadable_refused():
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _check(packed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features that are not read here
            return openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=False, keep_links=False
            )


@contextmanager
def unreadable_refused() -> Iterator[None]:
    """Turn whatever a broken file makes the reader do into a SheetError."""
    try:
        yield
    except SheetError:
        raise
    except Exception as error:  # a file can be broken in every way, and none may stop the site
        logger.info("a spreadsheet could not be read: %s", type(error).__name__)
        raise SheetError(
            "unreadable",
            _("The file cannot be read. Open it in your spreadsheet and save it anew as .xlsx."),
        ) from error


def _check(packed: zipfile.ZipFile) -> None:
    members = packed.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise SheetError("too_large", _("The file is too large when it is unpacked. Split it."))
    names = [member.filename.lower() for member in members]
    if any(part in name for name in names for part in FORBIDDEN):
        raise SheetError(
            "active",
            _("The file has macros or links to other files. Save a copy as plain .xlsx."),
        )
    cells = sum(_scan(packed, member) for member in members if _is_xml(member.filename))
    if cells > MAX_CELLS:
        raise SheetError("too_many_cells", _("The sheet has too many cells. Split it."))


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _scan(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Return how many cells a part has; refuse what an honest spreadsheet never holds."""
    if member.file_size > MAX_HELPER and member.filename.lower() in ALWAYS_READ_WHOLE:
        raise SheetError("too_large", _("The file is too large when it is unpacked. Split it."))
    cells, tail, seen = 0, b"", 0
    with packed.open(member) as part:
        while chunk := part.read(CHUNK):
            if not seen and b"\0" in chunk[:4]:
                raise ValueError("not UTF-8")
            seen += len(chunk)
            text = tail + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise ValueError("document type")
            cells += (
                text.count(b"<c ") + text.count(b"<c>") + text.count(b":c ") + text.count(b"<c/")
            )
            tail = text[-8:]
    return cells
