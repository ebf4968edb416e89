"""What an issue says, as plain values: the same for the archive on the web and for every mail.

A page is turned into `IssueContent` once; from there the archive shows all of it, and mail chooses
the entries that fit each reader. Nothing in here knows a reader or a clock.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """Why a mail is sent: an editor's issue, the week's programme, or a cancellation."""

    ISSUE = "issue"
    WEEKLY = "weekly"
    ALERT = "alert"


class BlockKind(StrEnum):
    """What a part of an issue is."""

    TEXT = "text"
    PICTURE = "picture"
    NOTICE = "notice"
    ACTIVITIES = "activities"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of an activity as an issue tells of it.

    `venue_ids` and `district_ids` decide which readers get it: the venues that hold it, and the
    districts of those venues and of the place. `starts_at` is UTC, `day` the local date. `when`
    is the hours in words ("kl. 13.30–15"), `moved` a whole sentence about the time it had
    before, or empty, and `same_time` whether it moved to another place alone. `tags` are short
    words in Danish. `url` is absolute. Of a cancelled date `reason` says in whole sentences why,
    and when it is on next ("Bussen er i stykker. Næste gang er den 1. december."), or is empty.
    `note` is a word from the venue about this one date.
    """

    occurrence_id: int
    activity_id: int
    venue_ids: frozenset[int]
    district_ids: frozenset[int]
    starts_at: dt.datetime
    day: dt.date
    when: str
    title: str
    place: str
    url: str
    cancelled: bool = False
    moved: str = ""
    same_time: bool = False
    reason: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One part of an issue.

    `html` is safe markup and `text` says the same without it, with every link written out. A
    list of dates that is empty for everybody shows `empty_text`, if it has one; a list with
    dates of which none is for the reader is left out. `picture_url` is absolute, `alt` is what
    the picture shows, `width` and `height` its size in pixels.
    """

    kind: BlockKind
    heading: str = ""
    html: str = ""
    text: str = ""
    picture_url: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0
    entries: tuple[Entry, ...] = ()
    empty_text: str = ""

    @property
    def lists_entries(self) -> bool:
        """Whether the block is a list of dates, chosen for each reader."""
        return self.kind in {BlockKind.ACTIVITIES, BlockKind.SHARED}


@dataclass(frozen=True, slots=True)
class IssueContent:
    """All that one issue says. `web_url` is the absolute address of the same thing on the web."""

    subject: str
    preheader: str
    greeting_html: str
    greeting_text: str
    blocks: tuple[Block, ...]
    web_url: str
    kind: Kind = Kind.ISSUE

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return every date the issue tells of, in order, each once."""
        found = {entry.occurrence_id: entry for block in self.blocks for entry in block.entries}
        return tuple(found.values())

    @property
    def says_something(self) -> bool:
        """Whether there is anything to read: words of its own, a picture, or a date."""
        return bool(self.greeting_text.strip()) or any(map(_says_something, self.blocks))


def by_day(entries: tuple[Entry, ...]) -> Iterator[tuple[dt.date, tuple[Entry, ...]]]:
    """Yield each local day with its entries, in the order they begin."""
    ordered = sorted(entries, key=lambda entry: (entry.starts_at, entry.title, entry.occurrence_id))
    for day in dict.fromkeys(entry.day for entry in ordered):
        yield day, tuple(entry for entry in ordered if entry.day == day)


def concerns(
    entry: Entry, *, everything: bool, venue_ids: frozenset[int], district_ids: frozenset[int]
) -> bool:
    """Whether a reader who follows these venues and districts, or everything, gets `entry`."""
    return everything or bool(entry.venue_ids & venue_ids or entry.district_ids & district_ids)


def chosen_for(
    content: IssueContent,
    *,
    everything: bool,
    venue_ids: frozenset[int],
    district_ids: frozenset[int],
) -> IssueContent:
    """Return `content` with the entries of one kind of reader; lists without any are left out."""

    def fitted(block: Block) -> Block:
        kept = tuple(
            entry
            for entry in block.entries
            if concerns(
                entry, everything=everything, venue_ids=venue_ids, district_ids=district_ids
            )
        )
        return replace(block, entries=kept, empty_text="")

    blocks = [fitted(block) if block.entries else block for block in content.blocks]
    return replace(content, blocks=tuple(filter(_shows_something, blocks)))


def _says_something(block: Block) -> bool:
    return bool(block.entries or block.text.strip() or block.picture_url)


def _shows_something(block: Block) -> bool:
    return _says_something(block) or bool(block.empty_text)
