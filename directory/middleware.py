"""What directory does around each request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from directory.permissions import rights_remembered


class RightsMiddleware:
    """Ask Membership once a request for each person, however many ask what they may do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with rights_remembered():
            return self.get_response(request)
