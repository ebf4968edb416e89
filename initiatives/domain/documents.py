"""Which documents may be kept as evidence: those of an office, whose first bytes fit the name."""

from dataclasses import dataclass

LARGEST = 10 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
KINDS = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _ZIP),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "odt": (f"{_OPEN}.text", _ZIP),
    "ods": (f"{_OPEN}.spreadsheet", _ZIP),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody hands in: its name, without folders, and its bytes."""

    name: str
    body: bytes

    @property
    def ending(self) -> str:
        """Return the name's last part in lower case: `pdf`."""
        return self.name.rpartition(".")[2].lower()

    @property
    def kind(self) -> str:
        """Return the content type that fits the name; KeyError for a kind that is not kept."""
        return KINDS[self.ending][0]


def document_problem(upload: Upload) -> str:
    """Return why `upload` is not kept: `empty`, `too_large`, `kind`, `content`, or "" if it is."""
    if not upload.body:
        return "empty"
    if len(upload.body) > LARGEST:
        return "too_large"
    if upload.ending not in KINDS:
        return "kind"
    return "" if upload.body.startswith(KINDS[upload.ending][1]) else "content"
