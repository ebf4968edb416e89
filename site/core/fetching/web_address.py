"""An address as somebody typed it, read once and strictly: two readers that disagree are a hole."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from core.fetching.errors import FetchError, FetchProblem

LONGEST = 2000
SCHEMES = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}
USUAL_PORTS = {"http": 80, "https": 443}

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
# The last label begins with a letter, so that no spelling of a number is a name.
_NAME = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])\.?")
_KEPT = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A name, a port and what to ask for there, all plain ASCII."""

    scheme: str  # "http" or "https"
    host: str  # a dotted name in lower case, never a number
    port: int
    target: str  # path and query, beginning with "/"

    def __str__(self) -> str:
        port = "" if self.port == USUAL_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.target}"


def read_address(text: str) -> WebAddress:
    """Return the address in `text`; webcal:// means https://.

    Raises FetchError("address") for anything but an ordinary web address with a dotted name:
    numbers in place of a name, credentials, control characters, other schemes.
    """
    plain = text.strip()
    if not plain or len(plain) > LONGEST or _FORBIDDEN.search(plain):
        raise FetchError(FetchProblem.ADDRESS, "length or characters")
    try:
        parts = urlsplit(plain)
        port = parts.port
    except ValueError as error:
        raise FetchError(FetchProblem.ADDRESS, "unreadable") from error
    scheme = SCHEMES.get(parts.scheme)
    if scheme is None or "@" in parts.netloc or not parts.hostname:
        raise FetchError(FetchProblem.ADDRESS, "scheme, name or credentials")
    target = quote(parts.path or "/", safe=_KEPT)
    if parts.query:
        target += "?" + quote(parts.query, safe=_KEPT)
    usual = USUAL_PORTS[scheme]
    return WebAddress(scheme, _host(parts.hostname), usual if port is None else port, target)


def follow(address: WebAddress, location: str) -> WebAddress:
    """Return where a redirect from `address` leads. Raises FetchError like `read_address`."""
    try:
        text = location.encode("latin-1").decode("utf-8")  # how headers arrive
    except UnicodeError:
        text = location
    if not text.strip() or _FORBIDDEN.search(text.strip()):
        raise FetchError(FetchProblem.ADDRESS, "redirect to nowhere")
    try:
        joined = urljoin(str(address), text.strip())
    except ValueError as error:
        raise FetchError(FetchProblem.ADDRESS, "unreadable redirect") from error
    following = read_address(joined)
    if address.scheme == "https" and following.scheme == "http":
        raise FetchError(FetchProblem.UNREACHABLE, "redirect from https to http")
    return following


def _host(name: str) -> str:
    try:
        ascii_name = name.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise FetchError(FetchProblem.ADDRESS, "name") from error
    if len(ascii_name) > 253 or not _NAME.fullmatch(ascii_name):
        raise FetchError(FetchProblem.ADDRESS, "name")
    return ascii_name.rstrip(".")
