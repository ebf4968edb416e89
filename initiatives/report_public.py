"""The files of a yearly report that stands on the public site."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from initiatives.models import AnnualReportPage
from initiatives.report_files import FILES, file_answer


@require_safe
def published_file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """`/rapporter/<report>/rapport.pdf`: 404 unless the report's page can be read by all."""
    kind = next((file for file in FILES if file.name == name), None)
    if kind is None:
        raise Http404
    page = get_object_or_404(AnnualReportPage.objects.live().public(), report=pk)
    return file_answer(page.report, kind)
