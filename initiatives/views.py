"""The leaders' section inside Wagtail's admin: the catalogue, to read."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from initiatives.models import GuidingPrinciple, Initiative
from initiatives.permissions import may_see_initiatives
from initiatives.wording import end_text, start_text, strength_text


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the initiatives under their guiding principles."""
    _check(request)
    principles = GuidingPrinciple.objects.prefetch_related("initiatives")
    return render(request, "initiatives/catalogue.html", {"principles": principles})


@require_safe
def initiative(request: HttpRequest, number: str) -> HttpResponse:
    """Show one initiative: what, why, who, when, and what it asks for."""
    _check(request)
    wanted = get_object_or_404(
        Initiative.objects.select_related("guiding_principle"), number=number
    )
    values = {
        "initiative": wanted,
        "start": start_text(wanted.time_perspective),
        "end": end_text(wanted.time_perspective),
        "requirements": [
            (strength_text(row.get("strength", "")), row.get("text_da", ""))
            for row in wanted.requirements
        ],
        "records": [row.get("label_da", "") for row in wanted.record],
        "builds_on": Initiative.objects.filter(number__in=wanted.builds_on),
    }
    return render(request, "initiatives/initiative.html", values)


def _check(request: HttpRequest) -> None:
    if not may_see_initiatives(request.user):
        raise PermissionDenied
