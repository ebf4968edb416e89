"""Answers a reader may already have: strong tags, dates and 304 (RFC 9110, 8.8 and 13).

The tag is made from what an answer depends on, before it is built, so that a reader who has
the answer costs no more than the asking.
"""

import datetime as dt
import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags

PLAIN = "text/plain; charset=utf-8"


def strong_etag(*parts: object) -> str:
    """Return a tag, with its quotes, that differs whenever one of `parts` does."""
    text = "\n".join(str(part) for part in parts)
    return f'"{hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def has_copy(request: HttpRequest, etag: str) -> bool:
    """Whether the reader names this very answer, so that it must still exist.

    Neither "*" nor a date says so: those are looked at once the thing has been found.
    """
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    return etag in {tag.removeprefix("W/") for tag in tags}


def answer(
    request: HttpRequest,
    build: Callable[[], HttpResponseBase],
    *,
    etag: str,
    changed_at: dt.datetime,
    max_age: int,
) -> HttpResponseBase:
    """Return what `build` gives, or 304 or 412 without building it.

    `max_age` is in seconds. A HEAD request gets the headers of the GET and no body.
    """
    changed = int(changed_at.timestamp())
    ready = get_conditional_response(request, etag=etag, last_modified=changed)
    response = build() if ready is None else ready
    if request.method == "HEAD":
        _drop_body(response)
    if response.status_code in {200, 304}:
        response.headers["ETag"] = etag
        response.headers["Last-Modified"] = http_date(changed)
        response.headers["Cache-Control"] = f"public, max-age={max(0, max_age)}"
    return response


def plain_answer(text: str, status: int) -> HttpResponse:
    """Return one plain line, for programs and for people who look."""
    line = " ".join(text.split())
    return HttpResponse(f"{line}\n", status=status, content_type=PLAIN)


def _drop_body(response: HttpResponseBase) -> None:
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
