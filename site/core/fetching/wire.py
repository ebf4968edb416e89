"""A connection to one checked number, with one clock for everything that happens on it."""

import http.client
import io
import socket
import ssl
import time
from typing import Any

from core.fetching.errors import FetchError, FetchProblem
from core.fetching.gate import IPAddress
from core.fetching.web_address import WebAddress

CONNECT_SECONDS = 5.0
MOST_TRIED = 3
HEADER_BYTES = 64 * 1024


class Clock:
    """How much is left of the time for the whole fetch. A limit for each read alone would let a
    slow sender go on for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return seconds; raises FetchError when there are none."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise FetchError(FetchProblem.SLOW, "time is up")
        return left


class Reader(io.RawIOBase):
    """Reads a socket within the clock, and no more bytes than it was allowed."""

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._sock = sock
        self._clock = clock
        self.allowed = HEADER_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.allowed <= 0:
            raise FetchError(FetchProblem.TOO_LARGE, "more bytes than allowed")
        self._sock.settimeout(self._clock.left())
        room = min(len(buffer), self.allowed)
        try:
            count = self._sock.recv_into(memoryview(buffer)[:room])
        except TimeoutError:
            raise FetchError(FetchProblem.SLOW, "no more bytes in time") from None
        self.allowed -= count
        return count


class _Socket:
    """The little of a socket that http.client asks for."""

    def __init__(self, sock: socket.socket, clock: Clock, reader: Reader) -> None:
        self._sock = sock
        self._clock = clock
        self._reader = reader

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._clock.left())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._reader)

    def close(self) -> None:
        """Nothing: http.client closes before the body has been read. See `hang_up`."""


class Connection(http.client.HTTPConnection):
    """Dials the numbers it is given, never the name; Host and certificate keep the name."""

    def __init__(self, address: WebAddress, numbers: list[IPAddress], clock: Clock) -> None:
        super().__init__(address.host, address.port)
        self._address = address
        self._numbers = numbers
        self._clock = clock
        self._line: socket.socket | None = None
        self._reader: Reader | None = None
        # http.client leaves out the port of the Host header when it is this one.
        self.default_port = 443 if address.scheme == "https" else 80

    def connect(self) -> None:
        self._line = self._dial()
        if self._address.scheme == "https":
            self._line = self._wrap(self._line)
        self._reader = Reader(self._line, self._clock)
        self.sock: Any = _Socket(self._line, self._clock, self._reader)

    def allow(self, count: int) -> None:
        """Let `count` bytes more be read, now that the headers are in."""
        if self._reader:
            self._reader.allowed = count

    def hang_up(self) -> None:
        if self._line:
            self._line.close()

    def _dial(self) -> socket.socket:
        for number in self._numbers[:MOST_TRIED]:
            family = socket.AF_INET if number.version == 4 else socket.AF_INET6
            sock = socket.socket(family, socket.SOCK_STREAM)
            sock.settimeout(min(CONNECT_SECONDS, self._clock.left()))
            try:
                sock.connect((str(number), self._address.port))
            except OSError:
                sock.close()
            else:
                return sock
        raise FetchError(FetchProblem.UNREACHABLE, "nobody answers")

    def _wrap(self, sock: socket.socket) -> socket.socket:
        try:
            sock.settimeout(min(CONNECT_SECONDS, self._clock.left()))
            return ssl.create_default_context().wrap_socket(
                sock, server_hostname=self._address.host
            )
        except (OSError, ValueError) as error:
            sock.close()
            raise FetchError(FetchProblem.UNREACHABLE, "no safe connection") from error
