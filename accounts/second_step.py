"""Two steps at sign-in: who needs them, and the way there."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateForm
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import sealing
from accounts.actions.login import begin_try, note_success
from accounts.forms import in_our_words
from directory.permissions import rights_of

GUARDED = ("/admin/", "/intern/", "/konto/", "/dokumenter/")
OPEN = (
    "/admin/login/",
    "/admin/logout/",
    "/konto/bekraeft/",
    "/konto/invitation/",
    "/konto/log-ind/",
    "/konto/log-ud/",
    "/konto/ny-adgangskode/",
    "/konto/oidc/",
    "/konto/totrin/",
)


ON_THE_WAY = ("/konto/totrin/", "/konto/bekraeft/", "/konto/log-ud/")


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code does not fit. Wait for the next one in the app."),
        "too_many_codes": _("Too many codes did not fit. Wait a quarter of an hour."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)


class _Counted:
    """A form whose codes are counted: five wrong ones, and the account waits."""

    def clean_code(self) -> str:
        attempt = begin_try(email=f"code {self.user.pk}", network="", now=timezone.now())  # type: ignore[attr-defined]
        if attempt is None:
            raise SecondStepAdapter().validation_error("too_many_codes")
        code: str = super().clean_code()  # type: ignore[misc]
        note_success(attempt)
        return code


class AuthenticateForm(_Counted, BaseAuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=_("Code"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ReauthenticateForm(_Counted, BaseReauthenticateForm):  # type: ignore[misc]  # as above
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=_("Code"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ActivateForm(BaseActivateForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=_("The six digits"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


def has_second_step(user: Any) -> bool:
    """Whether the person has set up an app that shows codes."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def is_missing(user: Any) -> bool:
    """Whether the person's role asks for a second step that they have not set up."""
    rights = rights_of(user)
    if not (rights.edits_site or rights.heads_area or rights.leads):
        return False
    return not has_second_step(user)


def came_by_two_steps(request: HttpRequest) -> bool:
    """Whether the municipality's own system let this session in, and asks for two steps itself."""
    if not settings.OIDC_TWO_STEPS:
        return False
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "socialaccount" for record in records)


def is_missing_here(request: HttpRequest) -> bool:
    """Whether whoever asks needs a second step and came without one."""
    return is_missing(request.user) and not came_by_two_steps(request)


class SecondStepMiddleware:
    """Leads those who need a second step to its page until they have one.

    Pages for everybody they see as any visitor does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.FRISTED_REQUIRE_2FA and self.has_to_go_there(request):
            if request.path_info.startswith(GUARDED):
                return redirect("mfa_index")
            request.user = AnonymousUser()
        return self.get_response(request)

    @staticmethod
    def has_to_go_there(request: HttpRequest) -> bool:
        """Whether this is somebody without the second step, and not on the way to it.

        Who brings no session is not looked up: pages for everybody stay the same for everybody.
        """
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        return not request.path_info.startswith(OPEN) and is_missing_here(request)


def second_step(request: HttpRequest) -> dict[str, bool]:
    """Tell the pages on the way to a second step whether it is needed first."""
    if not (settings.FRISTED_REQUIRE_2FA and request.path_info.startswith(ON_THE_WAY)):
        return {}
    return {"second_step_needed": is_missing_here(request)}
