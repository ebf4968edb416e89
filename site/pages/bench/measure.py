"""What one answer costs in processor time, without any cache, and against doing nothing."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client

from core.models import ContentVersion

ROUNDS = 15
VISITOR = Client(headers={"Host": "localhost"})  # one handler, as a server has


@dataclass(frozen=True, slots=True)
class Cost:
    """The median processor time of one answer in milliseconds, and its size in bytes."""

    milliseconds: float
    size: int


def cost(call: Callable[[], HttpResponseBase], *, rounds: int = ROUNDS) -> Cost:
    """Return what `call` costs; the first call warms up and does not count."""
    size = _size(call())
    times = []
    for _ in range(rounds):
        start = time.process_time()
        _size(call())
        times.append((time.process_time() - start) * 1000)
    return Cost(statistics.median(times), size)


def page(path: str, **headers: str) -> Callable[[], HttpResponseBase]:
    """Return a call that fetches `path` as a new visitor right after something was edited."""

    def call() -> HttpResponseBase:
        cache.clear()
        ContentVersion.bump()
        return get(path, 200, **headers)

    return call


def known(path: str) -> Callable[[], HttpResponseBase]:
    """Return a call that fetches `path` as somebody who has it already: a 304."""
    first = get(path, 200)
    _size(first)
    headers = {"If-None-Match": first["ETag"]}
    return lambda: get(path, 304, **headers)


def nothing(request: HttpRequest | None = None) -> HttpResponseBase:
    """The least a view can do, through the same client: what every ratio is measured against."""
    return get("/healthz", 200)


def get(path: str, status: int, **headers: str) -> HttpResponseBase:
    """Fetch `path`; anything but `status` ends the measurement, for it would measure nothing."""
    answer = VISITOR.get(path, headers=headers)
    if answer.status_code != status:
        raise AssertionError(f"{path} answered {answer.status_code} instead of {status}")
    return answer


def _size(answer: HttpResponseBase) -> int:
    if isinstance(answer, StreamingHttpResponse):
        return sum(len(part) for part in answer)
    return len(answer.getvalue()) if isinstance(answer, HttpResponse) else 0
