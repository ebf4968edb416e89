"""A browser that has signed in before: it says so with a signed cookie.

Its attempts are counted by themselves, so that nobody, not even in the same house, can keep a
colleague out by guessing at their account. The cookie opens nothing.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from accounts.actions.login import KNOWN_FOR, account_hash

SALT = "accounts.known-browser"
ACCOUNTS = 4  # on a computer that several share


def browser_of(request: HttpRequest, email: str) -> str:
    """Return this browser's own mark if `email` has signed in with it, else ""."""
    mark, accounts = _read(request)
    return mark if account_hash(email) in accounts else ""


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Have the browser remember that `email` has signed in with it."""
    mark, accounts = _read(request)
    account = account_hash(email)
    accounts = [account, *(other for other in accounts if other != account)][:ACCOUNTS]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps([mark or secrets.token_hex(8), accounts], salt=SALT),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    cookie = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, "")
    try:
        mark, accounts = signing.loads(cookie, salt=SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return "", []
    return mark, accounts
