"""What every answer passes through: headers, the page cache, and a check of the address."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from core import page_cache, policy

Answer = Callable[[HttpRequest], HttpResponseBase]

HSTS = "max-age=31536000; includeSubDomains"


class PolicyMiddleware(CSPMiddleware):
    """The content security policy: strict on the public site, wider in Wagtail's admin."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None:
            parts.config = policy.for_path(request.path_info)["DIRECTIVES"]
        return parts


class HeadersMiddleware:
    """Headers that every answer carries, errors and files too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", policy.PERMISSIONS)
        if self.is_encrypted(request):
            response.headers.setdefault("Strict-Transport-Security", HSTS)
            for cookie in response.cookies.values():
                cookie["secure"] = True
        if request.path_info.startswith(page_cache.PERSONAL_PREFIXES):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    @staticmethod
    def is_encrypted(request: HttpRequest) -> bool:
        """Whether the visitor's side is https. Taken from the proxy's word only to add care."""
        return request.is_secure() or request.headers.get("X-Forwarded-Proto") == "https"


class PublicCacheMiddleware:
    """Answers everybody alike from the page cache; see core.page_cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not page_cache.may_be_shared(request):
            return self.get_response(request)
        now = timezone.now()
        kept = page_cache.find(request, now)
        if kept is None:
            response = self.get_response(request)
            kept = page_cache.keep(request, response, now)
            if kept is None:
                return response
        return page_cache.answer(request, kept, now)


class PlainAddressMiddleware:
    """Refuses addresses that no browser of ours makes: NUL and other control characters."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in request.path_info):
            return HttpResponse(
                _("This address cannot be read."),
                status=400,
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)
