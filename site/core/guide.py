"""The editors' guide: Markdown files in docs/editors/, set as pages for the admin.

`README.md` is the list of contents: its headings are the chapters, its links the topics in the
order of the work. Links between topics and pictures are written as they are on disk, so that the
guide reads as well where the code is kept; here they become addresses of the admin.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from core.domain.text import fold

FOLDER = Path(settings.ROOT) / "docs" / "editors"
PICTURES = FOLDER / "billeder"
CONTENTS = "README"
SHARPNESS = 2  # pixels of a picture for each pixel on the page

AddressOf = Callable[[str], str]
NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")
SLUG = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a topic with the words below it, for searching."""

    heading: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the guide. `tokens` are its Markdown without the title."""

    slug: str
    title: str
    tokens: tuple[Token, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the list of contents and the topics below it."""

    title: str
    topics: tuple[tuple[str, str, str], ...]  # slug, title, what it is about


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the guide where all the words asked for stand."""

    slug: str
    title: str
    heading: str
    anchor: str


def markdown() -> MarkdownIt:
    """Return the reader of Markdown: tables, and no HTML of anybody's own."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=64)
def read_topic(slug: str) -> Topic:
    """Return one topic; raise KeyError when there is no such file."""
    path = FOLDER / f"{slug}.md"
    if not (SLUG.fullmatch(slug) or slug == CONTENTS) or not path.is_file():
        raise KeyError(slug)
    tokens = markdown().parse(path.read_text(encoding="utf-8"))
    title = tokens[1].content
    return Topic(slug, title, tuple(tokens[3:]), tuple(_sections(title, tokens[3:])))


def _sections(title: str, tokens: list[Token]) -> Iterator[Section]:
    heading = title
    words: list[str] = []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            yield _section(heading, title, words)
            heading, words = _plain(tokens[number + 1]), []
        elif token.type == "inline":
            words.append(_plain(token))
    yield _section(heading, title, words)


def _section(heading: str, title: str, words: list[str]) -> Section:
    return Section(heading, "" if heading == title else anchor_of(heading), " ".join(words))


def _plain(token: Token) -> str:
    """Return the words of a line, without stars, and with a picture's words."""
    parts = [" " if child.type == "softbreak" else child.content for child in token.children or ()]
    return "".join(parts)


def anchor_of(heading: str) -> str:
    """Return the name a heading is found under, made as code forges make theirs."""
    return NOT_IN_ANCHORS.sub("", heading.lower()).replace(" ", "-")


@lru_cache(maxsize=1)
def chapters() -> tuple[Chapter, ...]:
    """Return the list of contents: chapters and their topics in the order of the work."""
    found: list[Chapter] = []
    tokens = read_topic(CONTENTS).tokens
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            found.append(Chapter(_plain(tokens[number + 1]), ()))
        elif token.type == "inline" and found and (topic := _entry(token)):
            found[-1] = Chapter(found[-1].title, (*found[-1].topics, topic))
    return tuple(found)


def _entry(token: Token) -> tuple[str, str, str] | None:
    children = token.children or []
    if not children or children[0].type != "link_open":
        return None
    slug = str(children[0].attrs["href"]).removesuffix(".md")
    title, _, about = _plain(token).partition(": ")
    return slug, title, about


def topics() -> list[Topic]:
    """Return all topics in the order of the list of contents."""
    return [read_topic(slug) for chapter in chapters() for slug, _, _ in chapter.topics]


def around(slug: str) -> tuple[Topic | None, Topic | None]:
    """Return the topics before and after one in the list of contents."""
    slugs = [topic.slug for topic in topics()]
    if slug not in slugs:
        return None, None
    place = slugs.index(slug)
    before = read_topic(slugs[place - 1]) if place else None
    after = read_topic(slugs[place + 1]) if place + 1 < len(slugs) else None
    return before, after


def search(query: str) -> list[Hit]:
    """Return the sections that hold every word asked for; those named by them come first."""
    words = fold(query).split()
    hits: list[tuple[int, Hit]] = []
    for topic in topics() if words else ():
        for section in topic.sections:
            place = _place_of(words, topic, section)
            if place is not None:
                hit = Hit(topic.slug, topic.title, section.heading, section.anchor)
                hits.append((place, hit))
    return [hit for _, hit in sorted(hits, key=lambda pair: pair[0])]


def _place_of(words: list[str], topic: Topic, section: Section) -> int | None:
    """Return 0 where the heading has all words, 1 where the text does, None where some miss.

    The title of the topic helps a section only when the section has a word of its own.
    """
    heading = fold(section.heading)
    if all(word in heading for word in words):
        return 0
    own = f"{heading} {fold(section.text)}"
    known = f"{own} {fold(topic.title)}"
    found = any(word in own for word in words) and all(word in known for word in words)
    return 1 if found else None


def html_of(topic: Topic, topic_url: AddressOf, picture_url: AddressOf) -> str:
    """Return a topic as HTML; the two functions make addresses of a slug and of a file."""
    reader = markdown()
    tokens = list(_with_anchors(topic.tokens))
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrs["href"] = _link(str(child.attrs["href"]), topic_url)
            elif child.type == "image":
                _place(child, picture_url)
    html: str = reader.renderer.render(tokens, reader.options, {})
    return html


def _with_anchors(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """Yield copies, so that a topic can be set again with other addresses."""
    for number, token in enumerate(tokens):
        children = [child.copy(attrs=dict(child.attrs)) for child in token.children or ()]
        copied = token.copy(attrs=dict(token.attrs), children=children or None)
        if token.type == "heading_open":
            copied.attrs["id"] = anchor_of(_plain(tokens[number + 1]))
        yield copied


def _link(href: str, topic_url: AddressOf) -> str:
    path, hash_, anchor = href.partition("#")
    if not path.endswith(".md") or "/" in path:
        return href
    return topic_url(path.removesuffix(".md")) + hash_ + anchor


def _place(image: Token, picture_url: AddressOf) -> None:
    name = Path(str(image.attrs["src"])).name
    width, height = size_of(name)
    image.attrs |= {
        "src": picture_url(name),
        "width": width // SHARPNESS,
        "height": height // SHARPNESS,
        "loading": "lazy",
    }


@lru_cache(maxsize=256)
def size_of(name: str) -> tuple[int, int]:
    """Return a picture's width and height in pixels; raise OSError when it is not there."""
    with Image.open(PICTURES / name) as picture:
        return picture.size
