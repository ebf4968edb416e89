"""Files that editors uploaded. The public gets the copies that its pages show, and no others."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

COPIES = "images/"
FOR_EDITORS = ("original_images/", "avatar_images/")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send a copy of a picture to anybody, the picture itself to whoever edits.

    The picture is larger than what is shown, and stays when the consent to show it has ended.
    Documents have an address of their own that asks who may read them. Raises Http404 for them
    and for all else.
    """
    name = posixpath.normpath(path)
    if name.startswith(COPIES):
        return serve(request, name, document_root=str(settings.MEDIA_ROOT))
    if name.startswith(FOR_EDITORS) and request.user.has_perm("wagtailadmin.access_admin"):
        answer = serve(request, name, document_root=str(settings.MEDIA_ROOT))
        answer["Cache-Control"] = "private"
        return answer
    raise Http404
