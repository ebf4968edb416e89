"""Signing in through the municipality's own system (OpenID Connect), where settings name one.

It opens accounts that exist here already, or are invited, and nobody else's. People are known by
an e-mail address that the system has checked; after the first time by their number there.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from accounts.actions.people import accept
from accounts.models import Invitation
from core.models import User


class OidcAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person's account here, or refuse."""
        if sociallogin.is_existing:
            return
        email = checked_address(sociallogin.account.extra_data)
        user = find_person(email, sociallogin.user) if email else None
        if user is None:
            refused = render(request, "socialaccount/refused.html", status=403)
            raise ImmediateHttpResponse(refused)
        sociallogin.connect(request, user)


def checked_address(told: dict[str, Any]) -> str:
    """Return the address that the other system vouches for, else ""."""
    claims = told.get("userinfo") or told.get("id_token") or told
    if claims.get("email_verified") is True or settings.OIDC_TRUST_EMAIL:
        return str(claims.get("email") or "").strip().lower()
    return ""


def find_person(email: str, told: User) -> User | None:
    """Return the active account of an address, made now for somebody invited."""
    now = timezone.now()
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    for invitation in Invitation.objects.open(now).filter(email__iexact=email):
        names = {"first_name": told.first_name, "last_name": told.last_name}
        user = accept(invitation, now=now, **names)
    return user
