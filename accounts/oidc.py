"""Signing in through the municipality's own system (OpenID Connect), where settings name one.

It opens accounts that exist here already, or are invited, and nobody else's. People are known by
an e-mail address that the system has checked; after the first time by their number there. An
address that is given to somebody new does not bring the old one's account along.
"""

from typing import Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
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
        told = sociallogin.account.extra_data
        if sociallogin.state.get("process") != AuthProcess.LOGIN or not tells_of_one(told):
            raise refusal(request)
        if sociallogin.is_existing:
            return
        email = checked_address(told)
        user = find_person(email, sociallogin.user) if email else None
        if user is None:
            raise refusal(request)
        sociallogin.connect(request, user)


def oidc_name() -> str:
    """Return what the municipality's system is called on the button, "" where there is none."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""


def let_forms_lead_out(response: HttpResponse) -> None:
    """Allow a page's button to lead to the municipality's system, where there is one."""
    if settings.OIDC_ISSUER:
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(settings.OIDC_ISSUER))
        response._csp_update = {"form-action": [origin]}  # type: ignore[attr-defined]  # of csp


def refusal(request: HttpRequest) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))


def tells_of_one(told: dict[str, Any]) -> bool:
    """Whether the signed token and the answer to who it is are about the same person.

    Demanded by OpenID Connect Core 1.0, section 5.3.2.
    """
    subject = (told.get("id_token") or {}).get("sub")
    return bool(subject) and (told.get("userinfo") or {}).get("sub", subject) == subject


def checked_address(told: dict[str, Any]) -> str:
    """Return the address that the other system vouches for, else ""."""
    claims = told["id_token"] | told.get("userinfo", {})
    if claims.get("email_verified") is True or settings.OIDC_TRUST_EMAIL:
        return str(claims.get("email") or "").strip().lower()
    return ""


def find_person(email: str, told: User) -> User | None:
    """Return the active account of an address, made now for somebody invited.

    None when it is known under another number there: then the address is somebody else's by now,
    and nothing that waits for it is given to the account.
    """
    now = timezone.now()
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is not None and SocialAccount.objects.filter(user=user).exists():
        return None
    for invitation in Invitation.objects.open(now).filter(email__iexact=email):
        names = {"first_name": told.first_name, "last_name": told.last_name}
        user = accept(invitation, now=now, **names)
    return user
