"""Public answers kept until something changes, or until they would change by themselves.

A page says with `changes_at` when it would look different without anybody editing: a venue
closes, a day ends. No cache, ours or a proxy's, keeps it beyond that moment, so that nobody
is told "open" after closing time.
"""

import contextlib
import datetime as dt
import gzip
import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotModified
from django.utils.http import http_date, parse_http_date_safe

from core.models import ContentVersion

log = logging.getLogger(__name__)

KEPT_SECONDS = 600
SHARED_SECONDS = 30
KEPT_HEADERS = ("Content-Type", "Content-Language", "Link")
PERSONAL_PREFIXES = ("/admin/", "/intern/", "/konto/", "/enhed/")
PRIVATE_PREFIXES = (
    *PERSONAL_PREFIXES,
    "/static/",
    "/media/",
    "/dokumenter/",
    "/healthz",
    "/readyz",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One public answer: its body, what it said of itself, and how long it holds (UTC)."""

    body: bytes
    zipped: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    built_at: dt.datetime
    holds_until: dt.datetime


def changes_at(request: HttpRequest, moment: dt.datetime | None) -> None:
    """Note that this answer will look different from `moment` (aware) on by itself."""
    if moment is None:
        return
    earlier = getattr(request, "changes_at", None)
    request.changes_at = min(earlier, moment) if earlier else moment  # type: ignore[attr-defined]


def may_be_shared(request: HttpRequest) -> bool:
    """Whether the answer is the same for everybody: no login, no form, no search words."""
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.startswith(PRIVATE_PREFIXES)
        and "q" not in request.GET
        and len(request.META.get("QUERY_STRING", "")) <= 300
    )


def content_version(request: HttpRequest) -> tuple[int, dt.datetime]:
    """Return the content version this request works with; asked of the database once."""
    version = getattr(request, "content_version", None)
    if version is None:
        version = ContentVersion.current()
        request.content_version = version  # type: ignore[attr-defined]
    return version


def key(request: HttpRequest) -> str:
    """Return the cache key of a request under the present content version."""
    number, _ = content_version(request)
    # A page names its own address, so http and https are two pages.
    address = f"{request.scheme} {request.get_host()} {request.get_full_path()}"
    return f"page:{number}:{hashlib.sha256(address.encode()).hexdigest()[:32]}"


@contextlib.contextmanager
def cache_may_be_down() -> Iterator[None]:
    """Go on without the cache when it does not answer; a page is worth more than speed."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  (whatever the cache's driver raises)
        log.warning("The cache does not answer: %s", type(error).__name__)


def find(request: HttpRequest, now: dt.datetime) -> Kept | None:
    """Return the kept answer to this request if it still holds at `now`."""
    kept: Kept | None = None
    with cache_may_be_down():
        kept = cache.get(key(request))
    return kept if kept and kept.holds_until > now else None


def keep(request: HttpRequest, response: HttpResponseBase, now: dt.datetime) -> Kept | None:
    """Keep a fresh answer if it is one for everybody, and return it."""
    if not (isinstance(response, HttpResponse) and is_public(response)):
        return None
    moment = getattr(request, "changes_at", None)
    latest = now + dt.timedelta(seconds=KEPT_SECONDS)
    is_page = response.get("Content-Type", "").startswith("text/html")
    kept = Kept(
        body=response.content,
        # No secret and nothing of the visitor's stands in a public page: safe to compress.
        zipped=gzip.compress(response.content, 6, mtime=0) if is_page else b"",
        headers=tuple((name, response[name]) for name in KEPT_HEADERS if name in response),
        etag=f'"{hashlib.sha256(response.content).hexdigest()[:32]}"',
        built_at=now,
        holds_until=max(min(moment, latest), now) if moment else latest,
    )
    with cache_may_be_down():
        cache.set(key(request), kept, KEPT_SECONDS)
    return kept


def is_public(response: HttpResponseBase) -> bool:
    """Whether a response may be shown to others than the one who asked."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("ETag")
        and "cookie" not in response.get("Vary", "").lower()
        and not response.has_header("Content-Disposition")
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
    )


def answer(request: HttpRequest, kept: Kept, now: dt.datetime) -> HttpResponse:
    """Return the kept answer, or 304 when the visitor has it already (RFC 9110, 13.2.2)."""
    zipped = bool(kept.zipped) and accepts_gzip(request)
    etag = f'{kept.etag[:-1]}-gzip"' if zipped else kept.etag
    response: HttpResponse
    if is_known(request, etag, kept.built_at):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(kept.zipped if zipped else kept.body)
        for name, value in kept.headers:
            response[name] = value
        if zipped:
            response["Content-Encoding"] = "gzip"
    if kept.zipped:
        response["Vary"] = "Accept-Encoding"
    left = int((kept.holds_until - now).total_seconds())
    response["ETag"] = etag
    response["Last-Modified"] = http_date(kept.built_at.timestamp())
    response["Cache-Control"] = f"public, max-age={max(0, min(left, SHARED_SECONDS))}"
    return response


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether the visitor's browser asks for compressed answers (gzip with no q=0)."""
    wanted = [
        part.replace(" ", "") for part in request.headers.get("Accept-Encoding", "").split(",")
    ]
    return any(part.split(";")[0] == "gzip" and not part.endswith("q=0") for part in wanted)


def is_known(request: HttpRequest, etag: str, built_at: dt.datetime) -> bool:
    """Whether the visitor's copy is this one; the tag decides where both are given."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        given = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return etag in given or "*" in given
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(built_at.timestamp()) <= since
