"""Open data: what the public site tells, as files for other systems. Whole, or an error."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.outlets import event_database, hsds
from activities.subscriptions import Freshness, site_names
from core.domain.dates import day_bounds, local_day
from core.http import plain_answer

JSON_TYPE = "application/json; charset=utf-8"
MOST_A_PAGE = 1000
LAST_PAGE = 100_000
OPENAPI = "docs/openapi.json"


@require_safe
def events(request: HttpRequest) -> HttpResponseBase:
    """All activities with their dates, as the event database reads them."""
    try:
        page, limit = _paging(request.GET)
    except ValueError:
        text = _("page and limit are whole numbers; limit is at most %(most)d.")
        return plain_answer(text % {"most": MOST_A_PAGE}, 400)
    return _daily(
        request,
        lambda today: {"events": event_database.events(today, page=page, limit=limit)},
        page,
        limit,
    )


@require_safe
def venues(request: HttpRequest) -> HttpResponseBase:
    """All venues, as other directories of services read them."""
    return _daily(request, lambda today: hsds.page_of(hsds.services(today, site_names(request))))


@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of all of it for programs."""
    text = (settings.ROOT / OPENAPI).read_bytes()
    return HttpResponse(text, content_type=JSON_TYPE)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What there is, for people."""
    context = {
        "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        "months": settings.FRISTED_EVENT_FEED_MONTHS,
        "licence": settings.FRISTED_DATA_LICENCE,
    }
    return render(request, "activities/open_data.html", context)


def _daily(
    request: HttpRequest, build: Callable[[dt.date], dict[str, Any]], *parts: object
) -> HttpResponseBase:
    """Answer with what holds today; the text is ready before the first byte is sent."""
    today = local_day(timezone.now())
    midnight, next_midnight = day_bounds(today)
    fresh = Freshness.of(request, *parts, since=[midnight], until=[next_midnight])
    if fresh.is_known(request):
        return fresh.not_modified(request)

    def written() -> HttpResponseBase:
        text = json.dumps(build(today), ensure_ascii=False)
        response = HttpResponse(text, content_type=JSON_TYPE)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return fresh.answer(request, written)


def _paging(query: QueryDict) -> tuple[int, int | None]:
    """Return which page, and of how many; all of it when there is no limit.

    Raises ValueError for anything but whole numbers in range.
    """
    page, limit = _number(query, "page", LAST_PAGE), _number(query, "limit", MOST_A_PAGE)
    if page is not None and limit is None:
        limit = 100
    return page or 1, limit


def _number(query: QueryDict, name: str, most: int) -> int | None:
    text = query.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
        raise ValueError(name)
    return int(text)
