"""The editors' guide in the admin: contents with search, one page a task, and its pictures."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core import guide

LONGEST_QUERY = 100


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """The chapters and their topics; with `?q=` also the places where those words stand."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    values = {
        "chapters": guide.chapters(),
        "query": query,
        "hits": guide.search(query) if query else [],
    }
    return render(request, "core/guide/contents.html", values)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One task; 404 when there is no such page."""
    if slug not in {found.slug for found in guide.topics()}:
        raise Http404(slug)
    found = guide.read_topic(slug)
    before, after = guide.around(slug)
    values = {
        "topic": found,
        "sections": [section for section in found.sections if section.anchor],
        "html": guide.html_of(found, topic_url, picture_url),
        "before": before,
        "after": after,
    }
    return render(request, "core/guide/topic.html", values)


@require_safe
@cache_control(private=True, max_age=3600)
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """One picture of the guide; 404 when there is no such file."""
    path = guide.PICTURES / Path(name).name
    if path.suffix != ".webp" or not path.is_file():
        raise Http404(name)
    return HttpResponse(path.read_bytes(), content_type="image/webp")


def topic_url(slug: str) -> str:
    """Return the address of a topic in the admin."""
    return reverse("guide_topic", args=[slug])


def picture_url(name: str) -> str:
    """Return the address of a picture of the guide."""
    return reverse("guide_picture", args=[name])
