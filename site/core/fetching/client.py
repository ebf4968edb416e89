"""One fetch: address, gate, connection, redirects, body. No cookies, no proxies, no credentials."""

import enum
import http.client
import logging
from dataclasses import dataclass

from core.fetching.body import read_body
from core.fetching.errors import FetchError, FetchProblem
from core.fetching.gate import PUBLIC, Gate
from core.fetching.web_address import WebAddress, follow, read_address
from core.fetching.wire import Clock, Connection

logger = logging.getLogger(__name__)

LIMIT_BYTES = 10 * 1024 * 1024
SECONDS = 12.0
MOST_REDIRECTS = 5
LONGEST_VALIDATOR = 512
REDIRECTS = {301, 302, 303, 307, 308}
PROBLEMS = {
    401: FetchProblem.LOGIN,
    403: FetchProblem.LOGIN,
    404: FetchProblem.MISSING,
    410: FetchProblem.MISSING,
    429: FetchProblem.BUSY,
    503: FetchProblem.BUSY,
}
AGENT = "Fristed/1 (calendar subscription)"


class FetchStatus(enum.Enum):
    OK = "ok"
    NOT_MODIFIED = "not_modified"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `etag` and `last_modified` are for the next time, `body` is unpacked."""

    status: FetchStatus
    body: bytes
    etag: str
    last_modified: str
    final_url: str


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    limit_bytes: int = LIMIT_BYTES,
    seconds: float = SECONDS,
    gate: Gate = PUBLIC,
) -> Fetched:
    """Fetch `url` from the public Internet.

    `etag` and `last_modified` are what the last answer said: then nothing new is a short answer
    with status NOT_MODIFIED. `limit_bytes` counts after unpacking, `seconds` is for everything
    together, redirects (at most five, each checked anew) included. Raises FetchError.
    """
    clock = Clock(seconds)
    headers = _headers(etag, last_modified)
    address: WebAddress | None = None
    try:
        address = read_address(url)
        for _hop in range(MOST_REDIRECTS + 1):
            answer = _ask(address, headers, clock, gate, limit_bytes)
            if isinstance(answer, Fetched):
                return answer
            address = follow(address, answer)
        raise FetchError(FetchProblem.REDIRECTS, "too many redirects")
    except FetchError as error:
        logger.info("Not fetched from %s: %s", address.host if address else "-", error)
        raise


def _headers(etag: str, last_modified: str) -> dict[str, str]:
    headers = {
        "User-Agent": AGENT,
        "Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return headers


def _ask(
    address: WebAddress, headers: dict[str, str], clock: Clock, gate: Gate, limit_bytes: int
) -> Fetched | str:
    """Return what `address` gives, or where it redirects to."""
    numbers = gate.numbers(address, seconds=clock.left())
    connection = Connection(address, numbers, clock)
    try:
        connection.request("GET", address.target, headers=headers)
        response = connection.getresponse()
        connection.allow(2 * limit_bytes)  # chunks have a frame around them
        return _read(response, address, headers, limit_bytes)
    except http.client.IncompleteRead as error:
        raise FetchError(FetchProblem.CUT, "incomplete") from error
    except (http.client.HTTPException, UnicodeError, ValueError) as error:
        raise FetchError(FetchProblem.ANSWER, type(error).__name__) from error
    except OSError as error:
        raise FetchError(FetchProblem.CUT, type(error).__name__) from error
    finally:
        connection.hang_up()


def _read(
    response: http.client.HTTPResponse,
    address: WebAddress,
    headers: dict[str, str],
    limit_bytes: int,
) -> Fetched | str:
    if response.status in REDIRECTS:
        return response.headers.get("Location", "")
    asked = "If-None-Match" in headers or "If-Modified-Since" in headers
    if response.status == 304 and asked:
        return _fetched(FetchStatus.NOT_MODIFIED, b"", response, address)
    if response.status != 200:
        code = PROBLEMS.get(response.status, FetchProblem.ANSWER)
        raise FetchError(code, f"status {response.status}")
    body = read_body(response, limit_bytes=limit_bytes)
    return _fetched(FetchStatus.OK, body, response, address)


def _fetched(
    status: FetchStatus, body: bytes, response: http.client.HTTPResponse, address: WebAddress
) -> Fetched:
    return Fetched(
        status=status,
        body=body,
        etag=_validator(response, "ETag"),
        last_modified=_validator(response, "Last-Modified"),
        final_url=str(address),
    )


def _validator(response: http.client.HTTPResponse, name: str) -> str:
    """Return a header that we send back later: only if it is short and plain."""
    value = response.headers.get(name, "").strip()
    plain = value.isascii() and value.isprintable()
    return value if plain and len(value) <= LONGEST_VALIDATOR else ""
