"""An issue cut into pieces: what everybody gets, and one piece for each date.

The keys and their order are what `newsletter.domain.mime` puts a reader's copy together from.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext

from core.domain.dates import local_time
from core.wording import column_time, date_text, sentence
from newsletter.domain.content import Block, BlockKind, Entry, IssueContent, Kind, by_day

TIME_COLUMN = 7


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece before it is rendered: its key, its templates' name, and what they show."""

    key: str
    template: str
    context: Mapping[str, Any]
    entry: Entry | None = None


def pieces(content: IssueContent) -> Iterator[Piece]:
    """Yield what stands between head and foot of an issue.

    Only what an editor wrote counts as a reason to send: in mail that is made by itself the
    greeting and the words around the dates do not.
    """
    written = content.kind == Kind.ISSUE
    if content.greeting_text.strip():
        yield Piece("intro" if written else "hello", "greeting", {"content": content})
    for number, block in enumerate(content.blocks):
        if block.entries:
            yield from _list(number, block)
        elif block.text.strip() or block.picture_url or block.empty_text:
            key = "block" if written else "aside"
            yield Piece(f"{key}:{number}", "block", {"block": block})


def entry_piece(entry: Entry, number: int, kind: str) -> Piece:
    """Return the piece of one date in the list at `number`, whose block is of `kind`."""
    shared = kind == BlockKind.SHARED
    title = entry.title
    if entry.cancelled:
        title = gettext("CANCELLED: %(title)s") % {"title": title}
    starts = local_time(entry.starts_at)
    if not shared:
        title = f"{column_time(starts.time()):<{TIME_COLUMN}}{title}"
    moved_word, moved_rest = _bold(entry.moved)
    context = {
        "entry": entry,
        "moved_word": moved_word,
        "moved_rest": moved_rest,
        "title": title,
        "change": (entry.reason if entry.cancelled else entry.moved),
        "facts": _facts(entry, with_time=not shared),
        "moment": f"{capfirst(date_text(entry.day, year=False))} {entry.when}",
    }
    key = f"{'shared' if shared else 'act'}:{number}:{entry.occurrence_id}"
    return Piece(key, "shared" if shared else "entry", context, entry)


def kind_of_key(key: str) -> tuple[int, str]:
    """Return the number and the kind of the list that a date's key belongs to."""
    name, number, _occurrence = key.split(":")
    return int(number), BlockKind.SHARED if name == "shared" else BlockKind.ACTIVITIES


def _list(number: int, block: Block) -> Iterator[Piece]:
    key = f"list:{number}"
    context = {"block": block, "calendar_url": f"{settings.BASE_URL}/aktiviteter/"}
    yield Piece(key, "list", context)
    if block.kind == BlockKind.SHARED:
        for entry in block.entries:
            yield entry_piece(entry, number, block.kind)
    else:
        for day, entries in by_day(block.entries):
            yield from _day(number, block, day, entries)
    yield Piece(f"more:{number}", "more", context)
    yield Piece(f"/{key}", "list_end", context)


def _day(number: int, block: Block, day: dt.date, entries: tuple[Entry, ...]) -> Iterator[Piece]:
    key = f"day:{number}:{day.isoformat()}"
    yield Piece(key, "day", {"day": day, "heading": "h3" if block.heading else "h2"})
    for entry in entries:
        yield entry_piece(entry, number, block.kind)
    yield Piece(f"/{key}", "day_end", {})


def _facts(entry: Entry, *, with_time: bool) -> str:
    """`Kl. 14-16. Perlen, Havnegade 12. Gratis.`"""
    parts = [entry.when if with_time else "", entry.place, *entry.tags, entry.note]
    return " ".join(sentence(part) for part in parts if part)


def _bold(moved: str) -> tuple[str, str]:
    """Return the word that is set in bold, `Flyttet` or what ends in a colon, and the rest."""
    for mark in (gettext("Moved"), moved.partition(":")[0] + ":"):
        if moved.startswith(mark):
            return mark, moved.removeprefix(mark).strip()
    return "", moved
