"""Text as 7-bit mail: quoted-printable bodies (RFC 2045, 6.7) and encoded header words (RFC 2047).

Everything leaves as ASCII in lines of at most 76 characters, so that no server on the way has a
reason to encode it anew after it was signed. What is encoded here can be joined byte by byte.
"""

import re
from collections.abc import Mapping

WIDTH = 76
END = b"\r\n"
SOFT = b"=\r\n"
_WORD_WIDTH = 75
_LINE_BREAK = re.compile(r"\r\n?|\n")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_IN_WORDS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)

_FROM = [b"F", b"r", b"o", b"m", b" "]
_PLAIN = re.compile(rb"[!-<>-~]*")  # neither blanks nor an equals sign
_STOP = ord(".")
_TOKENS = tuple(
    bytes([byte]) if 32 <= byte <= 126 and byte != ord("=") else b"=%02X" % byte
    for byte in range(256)
)


class MimeError(ValueError):
    """Something that cannot stand in a mail; `code` is line_break, empty, or address."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code


def quoted(text: str, markers: Mapping[str, bytes] | None = None) -> bytes:
    """Return whole lines of `text` as quoted-printable UTF-8 with CRLF, ending with CRLF.

    Each of `markers` (words in the text → control bytes) comes out at the beginning of a line of
    its own, where `inside()` of another value can be put instead. Dots that begin a line are
    encoded too: such a body needs no dot-stuffing.
    """
    lines = _LINE_BREAK.split(text)
    if lines[-1] == "":
        lines.pop()
    return b"".join(_line(line, markers or {}) for line in lines)


def inside(value: str) -> bytes:
    """Return `value` (one line) for the place of a marker: it goes on in the line it stands in."""
    return b"".join(chunk + SOFT for chunk in _chunks(value))


def one_line(text: str) -> str:
    """Return `text` for a header, stripped.

    Raises MimeError `line_break` if it holds a line break or another control character: that is
    how foreign headers are smuggled in, and no honest subject has one.
    """
    if _CONTROL.search(text):
        raise MimeError("line_break", text)
    return text.strip()


def header(name: str, text: str) -> bytes:
    """Return an unstructured header of `text`, encoded where needed, folded, with CRLF.

    Raises MimeError if `text` has a line break or says nothing.
    """
    value = one_line(text)
    if not value:
        raise MimeError("empty", name)
    start = f"{name}: "
    if value.isascii() and "=?" not in value and len(start) + len(value) <= WIDTH:
        return f"{start}{value}\r\n".encode("ascii")
    words = _words(value, WIDTH - len(start))
    return (start + "\r\n ".join(words) + "\r\n").encode("ascii")


def named(name: str, display: str, rest: str) -> bytes:
    """Return a structured header: a name for people (may be empty) and `<rest>`, folded.

    Raises MimeError if either has a line break.
    """
    display, rest = one_line(display), one_line(rest)
    start = f"{name}: "
    if not display:
        return f"{start}<{rest}>\r\n".encode("ascii")
    plain = _PHRASE.fullmatch(display) and "=?" not in display
    words = [display] if plain else _words(display, WIDTH - len(start))
    line = start + "\r\n ".join(words)
    gap = "\r\n " if len(line.rpartition("\n")[2]) + len(rest) + 3 > WIDTH else " "
    return f"{line}{gap}<{rest}>\r\n".encode("ascii")


def mail_address(text: str) -> str:
    """Return an address as it goes over the wire: the domain in ASCII (punycode).

    Raises MimeError `address` for what is not one address, or has more than ASCII before the @,
    which few servers take.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        wire = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise MimeError("address", text) from error
    address = f"{local}{at}{wire}"
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    labels = [_LABEL.fullmatch(label) for label in wire.split(".")]
    if not _ADDRESS.fullmatch(address) or dots or not all(labels) or len(labels) < 2:
        raise MimeError("address", text)
    return address


def _line(line: str, markers: Mapping[str, bytes]) -> bytes:
    parts = re.split(f"({'|'.join(map(re.escape, markers))})", line) if markers else [line]
    *before, last = parts
    start = b"".join(markers[part] if part in markers else inside(part) for part in before)
    return start + SOFT.join(_chunks(last, ends_line=True)) + END


def _chunks(text: str, *, ends_line: bool = False) -> list[bytes]:
    """Cut the encoded text into pieces that fit a line with its soft break.

    What begins a line must be neither SMTP's full stop nor the mailbox format's "From ".
    """
    data = text.encode("utf-8")
    if _PLAIN.fullmatch(data):
        return _plain_chunks(data)
    tokens = [_TOKENS[byte] for byte in data]
    if ends_line and tokens and tokens[-1] == b" ":
        tokens[-1] = b"=20"
    chunks: list[bytes] = []
    piece = b""
    for place, token in enumerate(tokens):
        if len(piece) + len(token) >= WIDTH:
            chunks.append(piece)
            piece = b""
        if not piece and (token == b"." or tokens[place : place + len(_FROM)] == _FROM):
            token = b"=%02X" % token[0]
        piece += token
    return [*chunks, piece] if piece or not chunks else chunks


def _plain_chunks(data: bytes) -> list[bytes]:
    """Cut what needs no encoding but that of a first full stop, such as an address on the web."""
    chunks, start = [], 0
    while start < len(data):
        if data[start] == _STOP:
            chunks.append(b"=2E" + data[start + 1 : start + WIDTH - 3])
            start += WIDTH - 3
        else:
            chunks.append(data[start : start + WIDTH - 1])
            start += WIDTH - 1
    return chunks or [b""]


def _words(text: str, room: int) -> list[str]:
    """Return encoded words that give `text` when read one after another; no letter is cut."""
    words: list[str] = []
    piece, width = "", min(room, _WORD_WIDTH)
    for char in text:
        token = "".join(_word_token(byte) for byte in char.encode("utf-8"))
        if piece and len(piece) + len(token) + len("=?utf-8?q??=") > width:
            words.append(f"=?utf-8?q?{piece}?=")
            piece, width = "", _WORD_WIDTH
        piece += token
    return [*words, f"=?utf-8?q?{piece}?="]


def _word_token(byte: int) -> str:
    if byte in _IN_WORDS:
        return chr(byte)
    return "_" if byte == ord(" ") else f"={byte:02X}"
