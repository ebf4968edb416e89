"""Mail made of pieces that are encoded once and joined for each reader.

An issue goes to thousands, and four fifths of it are the same for all of them. Encoding is what
costs, so every piece is kept ready to be sent (`EncodedFragment`), and what is left to do for a
reader is to choose, to join, and to write five lines that are theirs.

The order of the pieces and their keys say how they belong together: `list:0` … `/list:0` hold the
days `day:0:2026-11-24` … `/day:0:2026-11-24`, and those the dates `act:0:4711`. A day or a list of
which nothing is chosen is left out whole. `more:0` is said when a list was cut, because large mail
programs hide what comes after some hundred thousand letters, the way out at the foot too.
"""

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from newsletter.domain.headers import (
    Envelope,
    Reader,
    checked_url,
    fields,
    own_headers,
    shared_headers,
)
from newsletter.domain.quoted import inside, mail_address

UNSUBSCRIBE = b"\x01unsubscribe\x01"
MANAGE = b"\x01manage\x01"
GROUPS = ("list:", "day:")
MORE = "more:"
OWN = ("intro", "block:")  # pieces that are worth a mail also without a date
MOST_BODIES = 64
MOST_HTML = 96_000  # bytes, encoded; Gmail cuts at 102,400
GIVEN = {"From", "To", "Subject", "MIME-Version", "Content-Type"}  # a service writes these itself
_MARKERS = re.compile(b"(\x01[a-z]+\x01)")


@dataclass(frozen=True, slots=True)
class EncodedFragment:
    """One piece of an issue, ready to be sent: `html` and `text` are quoted-printable lines.

    A date has an `occurrence_id`, and its venues and districts decide who gets it.
    """

    key: str
    order: int
    html_qp: bytes
    text_qp: bytes
    venue_ids: frozenset[int] = frozenset()
    district_ids: frozenset[int] = frozenset()
    occurrence_id: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """A message for a service that takes its parts by HTTP and joins them itself."""

    to: str
    from_name: str
    from_address: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Group:
    opening: EncodedFragment
    closing: EncodedFragment
    inner: "tuple[EncodedFragment | _Group, ...]"


@dataclass(slots=True)
class _Room:
    """How many bytes of dates there is still room for, and whether one was left out."""

    left: int
    cut: bool = False

    def takes(self, fragment: EncodedFragment) -> bool:
        """Whether a date fits; when one has not, no later one does."""
        self.left -= len(fragment.html_qp)
        self.cut = self.cut or self.left < 0
        return not self.cut


@dataclass(slots=True)
class Letter:
    """An issue prepared for joining; make one with `prepare()` and ask it for each reader."""

    envelope: Envelope
    boundary: str
    top: bytes
    nodes: "tuple[EncodedFragment | _Group, ...]"
    bodies: dict[object, tuple[bytes, ...] | None] = field(default_factory=dict)

    def to(self, reader: Reader) -> bytes | None:
        """Return the whole message for `reader`, or None when it would say nothing.

        Raises MimeError if what is the reader's cannot stand in a mail.
        """
        body = self._body(reader)
        if body is None:
            return None
        values = {
            UNSUBSCRIBE: inside(checked_url(reader.unsubscribe_url)),
            MANAGE: inside(checked_url(reader.manage_url)),
        }
        head = b"".join((self.top, own_headers(reader)))
        return head + b"".join([values.get(piece, piece) for piece in body])

    def parts(self, reader: Reader) -> Parts | None:
        """Return the same message in parts, or None when it would say nothing."""
        chosen = self._chosen(reader)
        if chosen is None:
            return None
        headers = fields(self.top) | fields(own_headers(reader))
        return Parts(
            to=mail_address(reader.address),
            from_name=self.envelope.from_name,
            from_address=self.envelope.from_address,
            subject=self.envelope.subject,
            text=_decoded([each.text_qp for each in chosen], reader),
            html=_decoded([each.html_qp for each in chosen], reader),
            headers={name: value for name, value in headers.items() if name not in GIVEN},
        )

    def _body(self, reader: Reader) -> tuple[bytes, ...] | None:
        """Readers who follow the same get the same body: it is kept, as pieces between markers."""
        kind: object = None
        if not reader.follows_everything:
            kind = (reader.venue_ids, reader.district_ids)
        if kind not in self.bodies:
            if len(self.bodies) >= MOST_BODIES:
                self.bodies.clear()
            chosen = self._chosen(reader)
            self.bodies[kind] = None if chosen is None else self._joined(chosen)
        return self.bodies[kind]

    def _chosen(self, reader: Reader) -> list[EncodedFragment] | None:
        fixed = sum(len(node.html_qp) for node in self.nodes if not isinstance(node, _Group))
        chosen = list(_choose(self.nodes, reader, _Room(MOST_HTML - fixed)))
        if any(each.occurrence_id is not None or each.key.startswith(OWN) for each in chosen):
            return chosen
        return None

    def _joined(self, chosen: Sequence[EncodedFragment]) -> tuple[bytes, ...]:
        line = f"--{self.boundary}".encode("ascii")
        plain = b"".join(each.text_qp for each in chosen)
        rich = b"".join(each.html_qp for each in chosen)
        parts = (line, _part("plain"), plain, line, _part("html"), rich, line, b"--\r\n")
        return tuple(_MARKERS.split(b"".join(parts)))


def prepare(fragments: Sequence[EncodedFragment], envelope: Envelope, *, dispatch: UUID) -> Letter:
    """Return the issue ready to be joined for any number of readers.

    `fragments` may come in any order. Raises MimeError if a header cannot be written, and
    ValueError if a list or a day is not closed.
    """
    boundary = f"=_{dispatch.hex}"  # `=_` never stands in quoted-printable
    ordered = sorted(fragments, key=lambda each: each.order)
    top = shared_headers(envelope, boundary)
    return Letter(envelope, boundary, top, _tree(iter(ordered), closing=""))


def assemble(
    fragments: Sequence[EncodedFragment], reader: Reader, envelope: Envelope, *, dispatch: UUID
) -> bytes | None:
    """Return one message; for many readers `prepare()` once and ask the letter."""
    return prepare(fragments, envelope, dispatch=dispatch).to(reader)


def _part(subtype: str) -> bytes:
    return (
        f"\r\nContent-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode("ascii")


def _tree(
    ordered: Iterator[EncodedFragment], *, closing: str
) -> "tuple[EncodedFragment | _Group, ...]":
    """Return the pieces up to `closing` with lists and days as groups; "" reads to the end."""
    nodes: list[EncodedFragment | _Group] = []
    for each in ordered:
        if closing and each.key == closing:
            return (*nodes, each)
        if each.key.startswith(GROUPS):
            *inner, end = _tree(ordered, closing=f"/{each.key}")
            if not isinstance(end, EncodedFragment) or end.key != f"/{each.key}":
                raise ValueError(f"{each.key} is not closed")
            nodes.append(_Group(each, end, tuple(inner)))
        else:
            nodes.append(each)
    return tuple(nodes)


def _choose(
    nodes: "Sequence[EncodedFragment | _Group]", reader: Reader, room: _Room
) -> Iterator[EncodedFragment]:
    for node in nodes:
        if isinstance(node, _Group):
            inner = list(_choose(node.inner, reader, room))
            if inner:
                yield from (node.opening, *inner, node.closing)
        elif _is_for(node, reader, room):
            yield node


def _is_for(fragment: EncodedFragment, reader: Reader, room: _Room) -> bool:
    if fragment.key.startswith(MORE):
        return room.cut
    if fragment.occurrence_id is None:
        return True
    return _concerns(fragment, reader) and room.takes(fragment)


def _concerns(fragment: EncodedFragment, reader: Reader) -> bool:
    return reader.follows_everything or not (
        fragment.venue_ids.isdisjoint(reader.venue_ids)
        and fragment.district_ids.isdisjoint(reader.district_ids)
    )


def _decoded(pieces: Sequence[bytes], reader: Reader) -> str:
    """Return the readable text of joined pieces, with the reader's addresses in their places."""
    text = quopri.decodestring(b"".join(pieces)).decode("utf-8").replace("\r\n", "\n")
    for marker, url in ((UNSUBSCRIBE, reader.unsubscribe_url), (MANAGE, reader.manage_url)):
        text = text.replace(marker.decode(), checked_url(url))
    return text
