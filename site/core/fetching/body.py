"""The body of an answer, whole or not at all, counted after unpacking."""

import zlib
from collections.abc import Iterator
from http.client import HTTPResponse

from core.fetching.errors import FetchError, FetchProblem

BLOCK = 64 * 1024
PLAIN = {"", "identity"}
PACKED = {"gzip", "x-gzip", "deflate"}
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


def read_body(response: HTTPResponse, *, limit_bytes: int) -> bytes:
    """Return the unpacked body.

    Raises FetchError: "too_large" over `limit_bytes`, packed or not; "cut" when the sender
    stopped early; "packed" for a coding that was not asked for, or two.
    """
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in PLAIN | PACKED:
        raise FetchError(FetchProblem.PACKED, "unknown coding")
    if response.length is not None and response.length > limit_bytes:
        raise FetchError(FetchProblem.TOO_LARGE, "announced length")
    blocks = _blocks(response)
    if coding in PACKED:
        blocks = _unpacked(blocks, limit_bytes)
    body = bytearray()
    for block in blocks:
        body += block
        if len(body) > limit_bytes:
            raise FetchError(FetchProblem.TOO_LARGE, "body")
    return bytes(body)


def _blocks(response: HTTPResponse) -> Iterator[bytes]:
    while block := response.read(BLOCK):
        yield block
    if response.length:  # what http.client still waits for
        raise FetchError(FetchProblem.CUT, "shorter than announced")


def _unpacked(blocks: Iterator[bytes], limit_bytes: int) -> Iterator[bytes]:
    """Unpack in small steps, so that a bomb is met long before it fills the memory."""
    unpacker, begun, packed = _unpacker(), False, 0
    for block in blocks:
        packed += len(block)
        if packed > limit_bytes:
            raise FetchError(FetchProblem.TOO_LARGE, "packed body")
        rest = block
        while rest:
            begun = True
            yield _step(unpacker, rest)
            rest = unpacker.unconsumed_tail
            if unpacker.eof:  # gzip may hold several members, one after the other
                rest, unpacker, begun = unpacker.unused_data, _unpacker(), False
    if begun:
        raise FetchError(FetchProblem.CUT, "packed body ends early")


def _unpacker() -> "zlib._Decompress":
    return zlib.decompressobj(_GZIP_OR_ZLIB)


def _step(unpacker: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return unpacker.decompress(data, BLOCK)
    except zlib.error as error:
        raise FetchError(FetchProblem.PACKED, "not what it says") from error
