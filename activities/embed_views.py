"""The programme in a frame, for any site that wants to show it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from activities.filters import CalendarFilter
from activities.models import Occurrence
from activities.outlets.embed import current_slug, embed_context
from activities.subscriptions import site_names
from core.domain.dates import local_day
from core.http import plain_answer
from directory.models import VenuePage


@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """What happens, chosen as in the calendar."""
    return _page(request, None)


@require_safe
def embed_venue(request: HttpRequest, venue: str) -> HttpResponse:
    """What happens at one venue; the other choices hold too."""
    page = VenuePage.objects.public().filter(slug=venue).first()
    if page is not None:
        return _page(request, page)
    today = local_day(timezone.now())
    slug = current_slug(venue, Site.find_for_request(request), today)
    if not slug:
        return plain_answer(_("We cannot find it. Perhaps the place has got another name."), 404)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(f"{reverse('embed_venue', args=[slug])}{query}")


def _page(request: HttpRequest, venue: VenuePage | None) -> HttpResponse:
    now = timezone.now()
    wanted, problems = CalendarFilter.parse(request.GET, today=local_day(now))
    if venue is not None:
        wanted = replace(wanted, venues=(venue.slug,))
    found = embed_context(request, wanted, Occurrence.objects.public(), now)
    context = {
        "problems": problems,
        "venue": venue,
        "site_name": site_names(request).site_name,
        "canonical_url": request.build_absolute_uri(found["all_url"]),
        **found,
    }
    return render(request, "activities/embed.html", context)
