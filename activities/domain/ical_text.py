"""Rich text for calendar programs, which show tags as they stand: paragraphs become lines.

A link keeps its address in brackets after its words, since nobody can press the words.
"""

import re
from html.parser import HTMLParser

from core.domain.text import clean

_BLOCKS = {"p", "ul", "ol", "li", "br", "h2", "h3", "h4", "blockquote", "hr"}
_LIVE_LINKS = ("http://", "https://")


def plain_text(html: str) -> str:
    """`html` as plain text, a line for each paragraph and "– " before each point of a list."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in clean("".join(reader.parts)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n– " if tag == "li" else "\n")
        if tag == "a":
            self.address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.parts.append("\n")
        if tag == "a" and self.address.startswith(_LIVE_LINKS):
            self.parts.append(f" ({self.address})")

    def handle_data(self, data: str) -> None:
        self.parts.append(" ".join(re.split(r"\s", data)))
