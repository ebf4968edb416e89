"""From bytes to components: the outer grammar of RFC 5545, read leniently.

Every encoding and line end that calendars are found in is taken, a letter cut in two by a fold
included. A line that makes no sense costs that line, an entry that is not closed that entry.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_DEPTH = 20

_LINE_END = re.compile(rb"\r\n|\n|\r")
_NAME_END = re.compile(r"[:;]")
_SPACE = re.compile(r"\s+")
_PARAMETER = re.compile(
    r';\s*([A-Za-z0-9 -]{1,64})=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)'
)
_LAST_VALUE = re.compile(r":\s*([0-9TZtz,/+PDWHMSpdwhms -]+)$")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DATES = frozenset(("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"))


@dataclass(frozen=True, slots=True)
class Property:
    """One line: NAME;PARAMETER=…:value, the value as it was written."""

    name: str
    parameters: dict[str, str]  # the first of several values, without its quotes
    value: str
    line: int


@dataclass(slots=True)
class Component:
    """BEGIN … END with the properties that were asked for."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    bad_lines: list[int] = field(default_factory=list)
    closed: bool = False

    def all(self, name: str) -> list[Property]:
        """Every property of that name, in the order of the file."""
        return [each for each in self.properties if each.name == name]

    def first(self, name: str) -> Property | None:
        """The first property of that name."""
        return next((each for each in self.properties if each.name == name), None)

    def value(self, name: str) -> str:
        """The value of the first property of that name, trimmed; "" without one."""
        found = self.first(name)
        return found.value.strip() if found else ""


def read_components(body: bytes, wanted: frozenset[str]) -> list[Component]:
    """The outermost components of `body`, with the properties named in `wanted`.

    Never raises. What stands inside of more than `MAX_DEPTH` others is passed over.
    """
    tree = _Tree()
    for number, raw in logical_lines(body):
        text = _decoded(raw)
        match = _NAME_END.search(text)
        if match is None:
            if text.strip():
                tree.bad_line(number)
            continue
        name = _SPACE.sub("", text[: match.start()]).upper()
        if name == "BEGIN":
            tree.begin(text[match.end() :].strip().upper(), number)
        elif name == "END":
            tree.end(text[match.end() :].strip().upper())
        elif name in wanted and tree.open:
            tree.add(_property(name, text, match.start(), number))
    return tree.roots


def logical_lines(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Each unfolded line with the number it begins at, from 1. Blank lines are left out."""
    begun = 0
    parts: list[bytes] = []
    for number, line in enumerate(_LINE_END.split(_plain(body)), 1):
        if line[:1] in (b" ", b"\t") and parts:
            parts.append(line[1:])
        elif line:
            if parts:
                yield begun, b"".join(parts)
            begun, parts = number, [line]
    if parts:
        yield begun, b"".join(parts)


def _plain(body: bytes) -> bytes:
    """`body` in an encoding in which line ends and spaces are single bytes, without NUL."""
    if body.startswith(_UTF16_MARKS):
        body = body.decode("utf-16", "replace").encode()
    elif body[:40].count(b"\0") > 10:  # without a mark: every second byte of Latin letters
        order = "utf-16-be" if body[:1] == b"\0" else "utf-16-le"
        body = body.decode(order, "replace").encode()
    return body.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"")


def _decoded(raw: bytes) -> str:
    """One line as text. A line that is not UTF-8 was written by an old Windows program."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return (
            raw.decode("cp1252", "replace")
            if not _cut_letter(raw)
            else raw.decode("utf-8", "ignore")
        )


def _cut_letter(raw: bytes) -> bool:
    """Whether only the last letter is incomplete: the file was cut off in it."""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.end == len(raw)
    return False


def _property(name: str, text: str, name_end: int, line: int) -> Property:
    parameters: dict[str, str] = {}
    position = name_end
    while text[position : position + 1] == ";" and (match := _PARAMETER.match(text, position)):
        key = _SPACE.sub("", match[1]).upper()
        parameters.setdefault(key, _first_value(match[2]))
        position = match.end()
    colon = text.find(":", position)
    value = text[colon + 1 :] if colon >= 0 else ""
    if name in _DATES and (last := _LAST_VALUE.search(text)) and last[1].strip() != value.strip():
        # A zone's display name with a colon in it and no quotes: "(UTC+01:00) Paris".
        zone = text[name_end : last.start()].partition("TZID=")[2]
        return Property(name, {**parameters, "TZID": zone.strip('" ')}, last[1], line)
    return Property(name, parameters, value, line)


def _first_value(written: str) -> str:
    """The first of a parameter's values; a comma without quotes belongs to a zone's name."""
    if written.startswith('"'):
        return written[1:].partition('"')[0].strip()
    return written.strip()


class _Tree:
    """The components while they are being read."""

    def __init__(self) -> None:
        self.roots: list[Component] = []
        self.open: list[Component] = []
        self.too_deep = 0

    def begin(self, name: str, line: int) -> None:
        if name in ("VEVENT", "VCALENDAR"):
            self._leave_unclosed(name)
        if self.too_deep or len(self.open) >= MAX_DEPTH:
            self.too_deep += 1
            return
        component = Component(name, line)
        (self.open[-1].parts if self.open else self.roots).append(component)
        self.open.append(component)

    def _leave_unclosed(self, name: str) -> None:
        """Calendars stand by themselves and events right in one: the rest was never closed."""
        names = [each.name for each in self.open]
        inside = name == "VEVENT" and "VCALENDAR" in names
        del self.open[names.index("VCALENDAR") + 1 if inside else 0 :]
        self.too_deep = 0

    def end(self, name: str) -> None:
        """Close the innermost component of that name; an END without BEGIN changes nothing."""
        if self.too_deep:
            self.too_deep -= 1
            return
        for position in range(len(self.open) - 1, -1, -1):
            if self.open[position].name == name:
                self.open[position].closed = True
                del self.open[position:]
                return

    def add(self, found: Property) -> None:
        if not self.too_deep:
            self.open[-1].properties.append(found)

    def bad_line(self, number: int) -> None:
        if self.open:
            self.open[-1].bad_lines.append(number)
