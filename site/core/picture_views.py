"""Pictures whose consent ends soon or has ended, for those who may do something about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import ReferenceIndex

from core.pictures import lapsing


@require_safe
def lapsing_pictures(request: HttpRequest) -> HttpResponse:
    """List the pictures in use that the person may change, the soonest to end first."""
    pictures = list(lapsing(request.user, timezone.localdate()))
    rows = [(picture, _uses(picture)) for picture in pictures]
    return render(request, "core/lapsing_pictures.html", {"rows": rows})


def _uses(picture: object) -> int:
    """How many pages, drafts and settings show the picture."""
    count: int = ReferenceIndex.get_grouped_references_to(picture).count()
    return count
