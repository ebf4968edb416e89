"""Addresses of the public site that are not pages in the tree."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.domain.text import clean
from core.models import SiteSettings
from core.samples import samples
from directory.listing import row
from directory.status import venue_states
from pages import context
from pages import search as finding
from pages.front import need_doors

LONGEST = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find venues, activities and pages; without words the page says what one can ask."""
    typed = " ".join(clean(request.GET.get("q", "")).split())
    words = typed[:LONGEST]
    home = context.front_page()
    now = timezone.now()
    results = finding.find(words, now=now) if words else None
    venues = results.venues if results else []
    states = venue_states(venues, now)
    response = render(
        request,
        "pages/search.html",
        {
            "words": words,
            "cut": len(typed) > LONGEST,
            "longest": LONGEST,
            "results": results,
            "venues": [row(venue, states[venue.pk], now) for venue in venues],
            "hint": home.search_hint if home else "",
            "needs": need_doors(),
            "now": now,
        },
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """Lead to the statement in WAS-Tool, or to our own page while there is none.

    The short address /was is asked for by bekendtgørelse nr. 904 of 22 August 2019.
    """
    site = SiteSettings.for_request(request)
    return HttpResponseRedirect(site.was_url or "/tilgaengelighed/")


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """Return the municipality's own colours as a style sheet."""
    site = SiteSettings.for_request(request)
    chosen = [(name, getattr(site, name)) for name in context.THEME_FIELDS]
    rules = "".join(f"--{name}:{value};" for name, value in chosen if value)
    # Dark mode keeps the tested dark palette: five light values cannot make one.
    body = f"@media not (prefers-color-scheme: dark){{:root{{{rules}}}}}\n" if rules else "\n"
    return HttpResponse(body, content_type="text/css; charset=utf-8")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with sample values, for those who build pages."""
    response = render(request, "styleguide.html", samples())
    response["X-Robots-Tag"] = "noindex"
    return response


def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer as if there were nothing: an address of Wagtail's that must not be used here."""
    raise Http404


def approval_step(request: HttpRequest, page_id: int) -> HttpResponse:
    """Lead on to a step of Wagtail's approvals, for whoever may edit the page.

    Left alone some of the steps name a page, a draft too, before they ask who wants to know.
    """
    page = Page.objects.filter(pk=page_id).first()
    user: Any = request.user
    if page is None or not page.specific.permissions_for_user(user).can_edit():
        raise Http404
    inside = request.path_info.removeprefix("/admin")
    request.resolver_match = match = resolve(inside, urlconf="wagtail.admin.urls")
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the address cannot be read, without reading it: its host may be the fault."""
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    values: dict[str, Any] = {"request_path": clean(request.path)[:200]}
    return render(request, f"{status}.html", values, status=status)
