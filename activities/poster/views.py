"""The printed programme: as PDF, and as a page for browsers that print themselves."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.addresses import absolute
from activities.calendar_views import city_name
from activities.models import Occurrence
from activities.poster import pdf
from activities.poster.asked import FORMATS, Asked, read
from activities.poster.layout import Layout, arranged, first_guess, layouts
from activities.poster.programme import Programme, city_programme, venue_programme
from activities.subscriptions import Freshness, missing
from activities.venue_outlets import moved_to, page_path, venue_at
from core.domain.dates import day_bounds, local_day
from core.http import plain_answer
from core.page_cache import cache_may_be_down, changes_at
from directory.models import VenuePage

EDITION = 1  # one up when posters look different: kept ones end with it
KEPT_SECONDS = 24 * 3600
PAGE = "/steder/{venue}/program/"
PDF = "/steder/{venue}/program.pdf"
SHEET = "activities/poster/document.html"


@require_safe
def venue_pdf(request: HttpRequest, venue: str) -> HttpResponseBase:
    """`/steder/<venue>/program.pdf`."""

    def elsewhere() -> HttpResponseBase:
        return moved_to(request, venue, PDF) or missing(request)

    def build(page: VenuePage, asked: Asked, today: dt.date) -> Programme:
        return _of_venue(request, page, asked, today)

    return _pdf(
        request,
        lambda: venue_at(venue),
        build,
        name=venue,
        page=reverse("venue_poster", args=[venue]),
        elsewhere=elsewhere,
    )


@require_safe
def city_pdf(request: HttpRequest) -> HttpResponseBase:
    """`/program.pdf`: all venues."""

    def build(title: str, asked: Asked, today: dt.date) -> Programme:
        return _of_city(title, asked, today)

    return _pdf(
        request,
        lambda: city_name(request),
        build,
        name="alle-steder",
        page=reverse("city_poster"),
        elsewhere=lambda: missing(request),
    )


@require_safe
def venue_page(request: HttpRequest, venue: str) -> HttpResponseBase:
    """`/steder/<venue>/program/`: the same to look at, and for the browser to print."""
    page = venue_at(venue)
    if page is None:
        leads = moved_to(request, venue, PAGE)
        if leads is None:
            raise Http404
        return leads
    asked, problems, today = _read(request)
    programme = _of_venue(request, page, asked, today)
    back = (page.title, page_path(page, request))
    return _page(request, programme, problems, reverse("venue_poster_pdf", args=[venue]), back)


@require_safe
def city_page(request: HttpRequest) -> HttpResponseBase:
    """`/program/`: all venues."""
    asked, problems, today = _read(request)
    programme = _of_city(city_name(request), asked, today)
    return _page(
        request, programme, problems, reverse("city_poster_pdf"), (_("Activities"), "/aktiviteter/")
    )


def _of_venue(request: HttpRequest, page: VenuePage, asked: Asked, today: dt.date) -> Programme:
    return venue_programme(
        page,
        Occurrence.objects.public(),
        asked,
        today,
        page_url=absolute(page_path(page, request)),
        follow_url=absolute(f"{reverse('subscribe')}?{urlencode({'sted': page.slug})}"),
    )


def _of_city(title: str, asked: Asked, today: dt.date) -> Programme:
    return city_programme(
        title,
        Occurrence.objects.public(),
        asked,
        today,
        page_url=absolute("/aktiviteter/"),
        follow_url=absolute(reverse("subscribe")),
    )


def _read(request: HttpRequest) -> tuple[Asked, list[str], dt.date]:
    today = local_day(timezone.now())
    return *read(request.GET, today), today


def _page(
    request: HttpRequest,
    programme: Programme,
    problems: list[str],
    pdf_path: str,
    back: tuple[str, str],
) -> HttpResponse:
    asked = programme.asked
    changes_at(request, day_bounds(programme.printed_on)[1])  # the day of printing stands on it
    layout = first_guess(programme)
    context: dict[str, Any] = {
        "programme": programme,
        "layout": layout,
        "columns": arranged(programme, layout),
        "problems": problems,
        "no_pdf": request.GET.get("pdf") == "nej",
        "pdf_url": f"{pdf_path}?{asked.query()}",
        "papers": [(paper, _paper_name(paper), asked.on(paper)) for paper in FORMATS],
        "earlier": asked.shifted(-1),
        "later": asked.shifted(1),
        "other": asked.as_week() if asked.by_month else asked.as_month(),
        "back_label": back[0],
        "back_url": back[1],
    }
    return render(request, "activities/poster/page.html", context)


def _paper_name(paper: str) -> str:
    return {"a4": "A4", "a3": "A3", "stor": _("Large print")}[paper]


def _pdf(
    request: HttpRequest,
    find: Callable[[], Any],
    build: Callable[[Any, Asked, dt.date], Programme],
    *,
    name: str,
    page: str,
    elsewhere: Callable[[], HttpResponseBase],
) -> HttpResponseBase:
    asked, problems, today = _read(request)
    if problems:
        return plain_answer(problems[0], 400)
    midnight, next_midnight = day_bounds(today)
    fresh = Freshness.of(request, EDITION, asked.query(), since=[midnight], until=[next_midnight])

    def written(found: Any) -> HttpResponseBase:
        key = f"poster:{fresh.etag}"
        body = None
        with cache_may_be_down():
            body = cache.get(key)
        if body is None:
            programme = build(found, asked, today)
            try:
                body = pdf.make_pdf(lambda layout: _document(programme, layout), layouts(programme))
            except pdf.PaperMissing:
                return HttpResponseRedirect(f"{page}?{asked.query()}&pdf=nej")
            except pdf.PaperBusy:
                busy = plain_answer(_("Many people are printing now. Try again in a minute."), 503)
                busy.headers["Retry-After"] = "60"
                return busy
            with cache_may_be_down():
                cache.set(key, body, KEPT_SECONDS)
        response = HttpResponse(body, content_type="application/pdf")
        file_name = f"program-{name}-{asked.key.lower()}-{asked.paper}.pdf"
        response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
        return response

    if fresh.is_known(request):
        return fresh.not_modified(request)
    found = find()
    if found is None:
        return elsewhere()
    return fresh.answer(request, lambda: written(found))


def _document(programme: Programme, layout: Layout) -> str:
    columns = arranged(programme, layout)
    return render_to_string(SHEET, {"programme": programme, "layout": layout, "columns": columns})
