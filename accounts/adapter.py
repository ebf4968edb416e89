"""How allauth signs people in here: by e-mail, nobody signs up, mail leaves through core.post."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import known_browsers
from accounts.actions.login import begin_try, note_success
from accounts.actions.password import mail_link
from accounts.permissions import home_of
from core.models import User
from core.throttle import network
from directory.permissions import rights_of


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The e-mail address and password do not fit each other, or the account is closed."
        ),
        "too_many_login_attempts": _(
            "This account has been tried too many times from here. Wait a quarter of an hour, or "
            "choose a new password below."
        ),
        "incorrect_password": _("That is not your password."),
        "incorrect_code": _("That code does not fit. Wait for the next one in the app."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say what happened; Wagtail's admin would show allauth's words as well."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        email = str(credentials.get("email", ""))
        self.attempt = begin_try(
            email=email,
            network=network(request),
            browser=known_browsers.browser_of(request, email),
            now=timezone.now(),
        )
        if self.attempt is None:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        if user is not None and self.attempt is not None:
            note_success(self.attempt)
        return user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(rights_of(request.user))

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **more: Any
    ) -> HttpResponseBase:
        response: HttpResponseBase = super().post_login(request, user, **more)
        known_browsers.remember(request, response, user.get_username())
        return response

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether `password` is the signed-in person's own; counted like any other attempt."""
        try:
            found = self.authenticate(self.request, email=user.email, password=password)
        except ValidationError:
            return False
        return found is not None and found.pk == user.pk

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail: ours, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.BASE_URL}{path.replace('UID-KEY', key)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the link to a new password; allauth's other mails are not used."""
        if template_prefix == "account/email/password_reset_key":
            now = timezone.now()
            mail_link(context["user"], context["password_reset_url"], now=now)
