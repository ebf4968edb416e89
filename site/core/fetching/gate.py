"""Which addresses may be dialled, decided on the numbers a name resolves to."""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings

from core.fetching.errors import FetchError, FetchProblem
from core.fetching.web_address import USUAL_PORTS, WebAddress

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_NUMBERS = 20
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")  # all that IANA has given out (RFC 4291)
_PROTOCOL_V4 = ipaddress.ip_network("192.0.0.0/24")
_RELAY_V4 = ipaddress.ip_network("192.88.99.0/24")  # 6to4 relays, RFC 7526


def is_public(number: IPAddress) -> bool:
    """Whether `number` is an ordinary address of the public Internet.

    IPv4 in the clothes of IPv6 (mapped, 6to4, Teredo, NAT64) never is: who knows where it ends.
    """
    if number.is_multicast or number.is_reserved or not number.is_global:
        return False
    if isinstance(number, ipaddress.IPv4Address):
        return number not in _PROTOCOL_V4 and number not in _RELAY_V4
    wrapped = number.ipv4_mapped or number.sixtofour or number.teredo
    return number in _GLOBAL_V6 and wrapped is None


def resolve(host: str, port: int) -> list[str]:
    """Return every number of `host`, IPv4 and IPv6, in the system's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def usual_ports() -> frozenset[int]:
    return frozenset({*USUAL_PORTS.values(), *settings.FETCH_EXTRA_PORTS})


@dataclass(frozen=True, slots=True)
class Gate:
    """What `fetch` may dial. The default is the public Internet, and nothing but a test needs
    another: it is an argument, never a setting or a variable of the environment.
    """

    admits: Callable[[IPAddress], bool] = is_public
    resolve: Callable[[str, int], list[str]] = resolve
    ports: frozenset[int] | None = field(default=None)  # None: 80, 443 and FETCH_EXTRA_PORTS

    def numbers(self, address: WebAddress, *, seconds: float) -> list[IPAddress]:
        """Return the numbers that `address` may be asked at.

        Raises FetchError when the port is another, when there are none, or when a single one of
        them is not admitted: a name that is half private is not to be trusted.
        """
        ports = usual_ports() if self.ports is None else self.ports
        if address.port not in ports:
            raise FetchError(FetchProblem.UNREACHABLE, f"port {address.port}")
        numbers = [_number(text) for text in self._resolved(address, seconds)]
        if not numbers or len(numbers) > MOST_NUMBERS:
            raise FetchError(FetchProblem.UNREACHABLE, "no number, or too many")
        if not all(self.admits(number) for number in numbers):
            raise FetchError(FetchProblem.UNREACHABLE, "not a public address")
        return numbers

    def _resolved(self, address: WebAddress, seconds: float) -> list[str]:
        """Ask for the numbers in a thread: the system's resolver knows no time limit."""
        answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.resolve(address.host, address.port))
            except (OSError, UnicodeError) as error:
                answers.put(error if isinstance(error, OSError) else OSError(str(error)))

        threading.Thread(target=ask, daemon=True, name="fetch-resolve").start()
        try:
            answer = answers.get(timeout=max(seconds, 0.01))
        except queue.Empty:
            raise FetchError(FetchProblem.UNREACHABLE, "name not resolved in time") from None
        if isinstance(answer, OSError):
            raise FetchError(FetchProblem.UNREACHABLE, "name does not resolve") from answer
        return answer


def _number(text: str) -> IPAddress:
    try:
        return ipaddress.ip_address(text)  # one with a zone, fe80::1%eth0, is link-local anyway
    except ValueError as error:
        raise FetchError(FetchProblem.UNREACHABLE, "odd number") from error


PUBLIC = Gate()
