"""Two steps at sign-in: who needs them, and the way there."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateForm
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.login import begin_try, note_success
from accounts.forms import in_our_words
from directory.permissions import rights_of

GUARDED = ("/admin/", "/intern/", "/konto/personer/")
OPEN = ("/admin/login/", "/admin/logout/")


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code does not fit. Wait for the next one in the app."),
        "too_many_codes": _("Too many codes did not fit. Wait a quarter of an hour."),
    }


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


class ReauthenticateForm(_Counted, BaseReauthenticateForm):  # type: ignore[misc]  # as above
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=_("Code"))


class ActivateForm(BaseActivateForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, code=_("The six digits"))


def is_missing(user: Any) -> bool:
    """Whether the person's role asks for a second step that they have not set up."""
    rights = rights_of(user)
    if not (rights.edits_site or rights.heads_area or rights.leads):
        return False
    return not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


class SecondStepMiddleware:
    """Leads those who need a second step to its page until they have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        guarded = path.startswith(GUARDED) and not path.startswith(OPEN)
        if settings.FRISTED_REQUIRE_2FA and guarded and is_missing(request.user):
            return redirect("mfa_index")
        return self.get_response(request)


def second_step(request: HttpRequest) -> dict[str, bool]:
    """Tell the page on two steps whether they are needed."""
    if not (settings.FRISTED_REQUIRE_2FA and request.path_info.startswith("/konto/totrin/")):
        return {}
    return {"second_step_needed": is_missing(request.user)}
