"""Foreign texts made safe: plain, visible, short, with links that lead somewhere harmless."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import nh3

from activities.domain.ical_text import plain_text
from activities.domain.imports.lines import Component
from activities.domain.imports.values import Limits, Problem
from core.domain.text import clean, shorten

_TAGS = {"p", "br", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "hr"}
_SCHEMES = {"http", "https"}
_HTML = re.compile(
    r"</?(?:p|br|a|b|i|u|s|em|strong|span|div|font|ul|ol|li|h[1-6]|table|tr|td|html|body|img"
    r"|script|style|svg|iframe|blockquote|pre|hr|o:p)\b[^<>]*>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"<(?:p|br|div|li|h[1-6]|tr|blockquote)\b", re.IGNORECASE)
_DIVISION = re.compile(r"<(/?)(?:div|tr|table|pre)\b", re.IGNORECASE)
_LIST_END = re.compile(r"</[uo]l>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\;,nN])")
_BLANK_LINES = re.compile(r"\n{3,}")
_LIST_COMMA = re.compile(r"(?<!\\),")
_GEO = re.compile(
    r"(?:geo:)?\s*(-?\d{1,2}(?:\.\d+)?)\s*[;,]\s*(-?\d{1,3}(?:\.\d+)?)", re.IGNORECASE
)

_CANCELLED = r"(?:annull?eret|aflyst|cancell?ed|aflysning|avlyst|inst[äa]lld|abgesagt)"
_SHOUTED = r"(?:AFLYST|ANNULLERET|CANCELL?ED)"
_CANCELLED_ONLY = re.compile(rf"\W*{_CANCELLED}\W*\Z", re.IGNORECASE)
_CANCELLED_FIRST = re.compile(
    rf"\A\s*(?:\[{_CANCELLED}\]|\({_CANCELLED}\)|\*+\s*{_CANCELLED}\s*\*+|{_CANCELLED}\s*(?:[:!]|[-–—]\s)"
    rf"|(?-i:{_SHOUTED})\s+(?=\w))"
    r"[\s:!–—-]*",
    re.IGNORECASE,
)
_CANCELLED_LAST = re.compile(
    rf"\s*(?:\[{_CANCELLED}\]|\({_CANCELLED}\)|\s[-–—]\s*{_CANCELLED}|:\s*{_CANCELLED})[\s!]*\Z",
    re.IGNORECASE,
)
_BUSY = frozenset(
    (
        "optaget", "travl", "ledig", "foreløbig", "ikke til stede", "arbejder et andet sted",
        "busy", "free", "tentative", "away", "out of office", "working elsewhere", "unavailable",
        "privat", "privat aftale", "privat begivenhed", "private", "private appointment",
        "private event",
    )
)  # fmt: skip
_MAX_CATEGORIES = 20
_CATEGORY = 60
_MAX_URL = 500


@dataclass(frozen=True, slots=True)
class Texts:
    """What one entry says, fit to be shown, and what was dropped or cut on the way."""

    title: str
    description: str
    location: str
    url: str
    categories: tuple[str, ...]
    geo: tuple[float, float] | None
    cancelled: bool
    notes: tuple[Problem, ...]


def read_texts(component: Component, limits: Limits) -> Texts:
    """The texts of a VEVENT."""
    title, cancelled, title_cut = title_of(component, limits)
    description, description_cut = description_of(component, limits)
    url, dropped = link_of(component)
    notes = {
        Problem.NO_TITLE: not title,
        Problem.TEXT_CUT: title_cut or description_cut,
        Problem.LINK_DROPPED: dropped,
    }
    return Texts(
        title=title,
        description=description,
        location=location_of(component, limits),
        url=url,
        categories=categories_of(component),
        geo=geo_of(component),
        cancelled=cancelled or component.value("STATUS").upper() == "CANCELLED",
        notes=tuple(code for code, holds in notes.items() if holds),
    )


def unescaped(value: str) -> str:
    r"""TEXT of RFC 5545 section 3.3.11: `\n`, `\,`, `\;` and `\\` become what they stand for."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def line_of(component: Component, name: str, most: int) -> tuple[str, bool]:
    """The text on one line of at most `most` letters, and whether some of it was cut off."""
    value = component.value(name)
    line = shorten(unescaped(value[: most * 8]), most)
    return line, line.endswith("…") and not value.endswith("…")


def title_of(component: Component, limits: Limits) -> tuple[str, bool, bool]:
    """The title without what says "cancelled", whether it said so, and whether it was cut."""
    title, cut = line_of(component, "SUMMARY", limits.title)
    if _CANCELLED_ONLY.match(title):
        return title, True, cut
    bare = _CANCELLED_LAST.sub("", _CANCELLED_FIRST.sub("", title, count=1))
    return bare, bare != title, cut


def says_busy(title: str) -> bool:
    """Whether the title is only what a program shows instead of the real one."""
    return title.casefold().strip(" .") in _BUSY


def description_of(component: Component, limits: Limits) -> tuple[str, bool]:
    """The description as plain text with line breaks, and whether it was cut."""
    value = component.value("DESCRIPTION") or component.value("X-ALT-DESC")
    most = limits.description
    text = unescaped(value[: most * 2])
    text = from_html(text) if _HTML.search(text) else _tidy(text)
    cut = len(value) > most * 2 or len(text) > most
    return (text[: most - 1].rstrip() + "…" if cut else text), cut


def from_html(html: str) -> str:
    """HTML as plain text; a link's address follows its words if it leads to the web."""
    if not _BLOCK.search(html):
        html = html.replace("\n", "<br>")
    safe = nh3.clean(
        _LIST_END.sub("</ul><br>", _DIVISION.sub(r"<\1p", html)),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return _tidy(plain_text(safe))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def location_of(component: Component, limits: Limits) -> str:
    """The place on one line: its lines are joined with commas."""
    text = clean(unescaped(component.value("LOCATION")[: limits.location * 8]))
    if _HTML.search(text):
        text = from_html(text)
    parts = (" ".join(part.split()).rstrip(",") for part in text.split("\n"))
    return shorten(", ".join(part for part in parts if part), limits.location)


def link_of(component: Component) -> tuple[str, bool]:
    """The entry's own address if it is one on the web, and whether another one was dropped."""
    value = component.value("URL")
    if not value:
        return "", False
    url = clean(value[: _MAX_URL + 1]).strip()
    try:
        parts = urlsplit(url)
        good = parts.scheme in _SCHEMES and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good or len(url) > _MAX_URL or re.search(r"[\s<>\"\\]", url):
        return "", True
    return url, False


def categories_of(component: Component) -> tuple[str, ...]:
    """The categories in the order of the file, each once."""
    found: dict[str, None] = {}
    for each in component.all("CATEGORIES"):
        for part in _LIST_COMMA.split(each.value[:4000]):
            name = " ".join(clean(unescaped(part[: _CATEGORY * 4])).split())[:_CATEGORY].strip()
            if name:
                found.setdefault(name)
    return tuple(found)[:_MAX_CATEGORIES]


def geo_of(component: Component) -> tuple[float, float] | None:
    """Latitude and longitude from GEO or from Apple's own property."""
    for name in ("GEO", "X-APPLE-STRUCTURED-LOCATION"):
        if match := _GEO.match(component.value(name)[:80].strip()):
            latitude, longitude = float(match[1]), float(match[2])
            if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude):
                return latitude, longitude
    return None
