"""Addresses for machines that look after the site."""

import datetime as dt

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Page

from activities.models import ActivityPage
from core.models import Heartbeat, SiteSettings
from newsletter.models import IssuePage

WORKER_SILENCE = dt.timedelta(minutes=5)


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether the site can serve: 503 without a database. A silent worker is only told."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        beat = Heartbeat.objects.filter(name="worker").values_list("seen_at", flat=True).first()
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    fresh = beat is not None and timezone.now() - beat < WORKER_SILENCE
    return JsonResponse({"database": True, "worker": fresh})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody read the public site and its feeds, and nobody the rest."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /intern/",
        "Disallow: /enhed/",
        "Disallow: /konto/",
        "Disallow: /soeg/",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to write to about a weakness (RFC 9116); 404 until the site has an address."""
    email = SiteSettings.for_request(request).contact_email
    if not email:
        raise Http404
    next_year = timezone.localdate().year + 1
    lines = [
        f"Contact: mailto:{email}",
        f"Expires: {next_year}-12-31T00:00:00Z",
        "Preferred-Languages: da, en",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class PublicSitemap(Sitemap):
    """Every page the public may read, with the time of its last publication."""

    def items(self) -> QuerySet[Page]:
        """Live pages; activities by their own rules, and no letters to colleagues."""
        root = self.get_wagtail_site().root_page
        hidden = ActivityPage.objects.exclude(pk__in=ActivityPage.objects.public())
        pages = root.get_descendants(inclusive=True).live().public()
        pages = pages.exclude(pk__in=IssuePage.objects.for_staff().values("pk"))
        return pages.exclude(pk__in=hidden.values("pk")).order_by("path")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page for search engines."""
    return wagtail_sitemap(request, {"pages": PublicSitemap})
