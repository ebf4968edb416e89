"""Reading the data files, and the little markup their texts use."""

import hashlib
import re
import tomllib
import uuid
from pathlib import Path
from typing import Any

from django.utils.html import escape

DATA = Path(__file__).resolve().parent / "data"
NAMES = uuid.UUID("6d1f0a52-5f0b-5b0e-9c59-0e3a2b7c4d18")

_NUMBERED = re.compile(r"\d+\. ")

Table = dict[str, Any]


def read(name: str) -> Table:
    """Return the content of one data file."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def read_venues() -> dict[str, Table]:
    """Return the venues by their address part, which is the name of their file."""
    paths = sorted((DATA / "venues").glob("*.toml"))
    return {path.stem: read(f"venues/{path.name}") for path in paths}


def uid(name: str) -> uuid.UUID:
    """Return the identity of something by its name, the same in every demo."""
    return uuid.uuid5(NAMES, name)


def key(name: str) -> str:
    """Return eight characters for the key of a schedule, the same in every demo."""
    return hashlib.blake2b(name.encode(), digest_size=4).hexdigest()


def rich_text(text: str) -> str:
    """Return paragraphs, "- " lists and "1. " lists as the HTML that editors' fields store."""
    return "".join(_paragraph(part) for part in re.split(r"\n\s*\n", text.strip()) if part)


def _paragraph(part: str) -> str:
    lines = [line.strip() for line in part.strip().splitlines()]
    if all(line.startswith("- ") for line in lines):
        return _list("ul", [line[2:] for line in lines])
    if all(_NUMBERED.match(line) for line in lines):
        return _list("ol", [_NUMBERED.sub("", line, count=1) for line in lines])
    return f"<p>{escape(' '.join(lines))}</p>"


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</{tag}>"


def blocks(text: str, name: str) -> list[Table]:
    """Return a page's body as stored blocks: headings, texts, boxes, questions.

    `name` gives the blocks their ids.
    """
    found: list[tuple[str, Any]] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        block, value = _block(part.strip())
        if block == "text" and found and found[-1][0] == "text":
            found[-1] = ("text", found[-1][1] + value)
        else:
            found.append((block, value))
    return [
        {"type": block, "value": value, "id": str(uid(f"{name}:{place}"))}
        for place, (block, value) in enumerate(found)
    ]


def _block(part: str) -> tuple[str, Any]:
    first, _, rest = part.partition("\n")
    mark, _, title = first.partition(" ")
    if mark == "##":
        return "heading", title
    if mark == "?":
        return "question", {"question": title, "answer": rich_text(rest)}
    if mark == "!":
        return "fact_box", {"heading": title, "text": rich_text(rest)}
    return "text", rich_text(part)
