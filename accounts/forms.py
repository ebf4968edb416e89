"""Forms around one's own account."""

from typing import Any

from allauth.account.forms import LoginForm as BaseLoginForm
from allauth.account.forms import ResetPasswordForm as BaseResetForm
from allauth.account.forms import ResetPasswordKeyForm as BaseNewPasswordForm
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from core.models import User


def in_our_words(form: BaseForm, **labels: Any) -> None:
    """Give the fields our labels, and no placeholder: it looks like something filled in."""
    for name, label in labels.items():
        form.fields[name].label = label
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class LoginForm(BaseLoginForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail and password. The fields are named as Django's own form names them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, login=_("E-mail address"), password=_("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""

    def add_prefix(self, field_name: str) -> str:
        return str(super().add_prefix("username" if field_name == "login" else field_name))


class ResetPasswordForm(BaseResetForm):  # type: ignore[misc]  # allauth is untyped
    """Where to send the link. People are found by the address they sign in with, no other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, email=_("E-mail address"))

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        self.users = list(User.objects.filter(email__iexact=email, is_active=True))
        return email


class NewPasswordForm(BaseNewPasswordForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, password1=_("New password"), password2=_("The new password again"))
        self.fields["password1"].help_text = password_validators_help_text_html()
