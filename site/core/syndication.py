"""RSS 2.0 and Atom 1.0 out of plain values, with feedgen and round its corners.

Left alone feedgen writes the clock into every feed, takes the last link for the channel's own,
turns the order of entries round, forgets what an Atom link is for, and stops at a control
character.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from core.domain.text import clean

RSS_TYPE = "application/rss+xml"
ATOM_TYPE = "application/atom+xml"
GENERATOR = "Fristed"
MINUTES_KEPT = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that goes with an item: absolute address, true length in bytes, media type."""

    url: str
    length: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news. `uid` is a tag: URI that never changes; `paragraphs` are plain text."""

    uid: str
    title: str
    url: str
    announced_at: dt.datetime
    paragraphs: tuple[str, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of news, newest first. `page_url` is the page it belongs to, `url` its own address.

    `changed_at` is told where there are no items to take the date from.
    """

    uid: str
    title: str
    description: str
    author: str
    page_url: str
    url: str
    changed_at: dt.datetime
    items: tuple[Item, ...]
    language: str = "da"


def rss(feed: Feed) -> bytes:
    """Return `feed` as RSS 2.0."""
    generator = _generator(feed, RSS_TYPE)
    generator.ttl(MINUTES_KEPT)
    for item in feed.items:
        entry = _add(generator, item)
        entry.guid(item.uid, permalink=False)
        entry.pubDate(_second(item.announced_at))
        if item.picture is not None:
            picture = item.picture
            entry.enclosure(picture.url, str(picture.length), picture.media_type)
    return bytes(generator.rss_str())


def atom(feed: Feed) -> bytes:
    """Return `feed` as Atom 1.0, without pictures: feedgen forgets what an Atom link is for."""
    generator = _generator(feed, ATOM_TYPE)
    for item in feed.items:
        entry = _add(generator, item)
        entry.id(item.uid)
        entry.published(_second(item.announced_at))
    return bytes(generator.atom_str())


def newest_first(items: Iterable[Item], limit: int) -> tuple[Item, ...]:
    """Return the `limit` newest items, always in the same order."""
    ordered = sorted(items, key=lambda item: item.uid)
    ordered.sort(key=lambda item: item.announced_at, reverse=True)
    return tuple(ordered[:limit])


def _generator(feed: Feed, media_type: str) -> FeedGenerator:
    generator = FeedGenerator()
    generator.id(feed.uid)
    generator.title(_line(feed.title))
    generator.subtitle(_line(feed.description))
    generator.description(_line(feed.description))
    generator.author({"name": _line(feed.author)})
    generator.language(feed.language)
    generator.generator(GENERATOR)
    generator.link(href=feed.url, rel="self", type=media_type)
    # Last: RSS takes the channel's link from here.
    generator.link(href=feed.page_url, rel="alternate", type="text/html")
    changed_at = feed.items[0].announced_at if feed.items else feed.changed_at
    generator.updated(_second(changed_at))
    return generator


def _add(generator: FeedGenerator, item: Item) -> FeedEntry:
    entry = generator.add_entry(order="append")
    entry.title(_line(item.title))
    entry.link(href=item.url, rel="alternate")
    entry.updated(_second(item.announced_at))
    # HTML, escaped once by the XML writer: "html" keeps feedgen from calling it CDATA.
    entry.content("".join(map(_paragraph, item.paragraphs)) or None, type="html")
    return entry


def _paragraph(text: str) -> str:
    lines = "<br>".join(str(escape(line)) for line in clean(text).strip().split("\n"))
    return f"<p>{lines}</p>" if lines else ""


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _second(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)
