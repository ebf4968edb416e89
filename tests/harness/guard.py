"""No test talks to the outside world."""

import ipaddress
import socket
from typing import Any

LOCAL_NAMES = {"localhost", "", None, "fristed.example", "testserver"}


class OutsideWorldError(RuntimeError):
    """A test tried to reach another machine."""


def is_local(host: object) -> bool:
    """Return whether `host`, a name or an address, is this machine."""
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse_outside_world() -> None:
    """Make every connection and every name lookup beyond this machine an error."""
    connect, connect_ex, lookup = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def check(host: object) -> None:
        if not is_local(host):
            raise OutsideWorldError(f"A test tried to reach {host!r}.")

    def checked_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            check(address[0])
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family != socket.AF_UNIX:
            check(address[0])
        return connect_ex(self, address)

    def checked_lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        check(host.decode() if isinstance(host, bytes) else host)
        return lookup(host, *args, **kwargs)

    socket.socket.connect = checked_connect  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = checked_connect_ex  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = checked_lookup
