"""Forms around one's own account."""

from typing import Any

from allauth.account.forms import LoginForm as BaseLoginForm
from allauth.account.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.account.forms import ResetPasswordForm as BaseResetForm
from allauth.account.forms import ResetPasswordKeyForm as BaseNewPasswordForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.password import as_if_mailing
from accounts.permissions import may_manage, roles_to_give, venues_to_fill
from core.models import User
from directory.models import Membership, VenuePage
from directory.permissions import Rights

PASSWORD_HINT = _("At least 12 characters. Three words that only you would put together are good.")


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

    def save(self, request: HttpRequest, **more: Any) -> str:
        email = str(super().save(request, **more))
        if not self.users:
            path = reverse("account_reset_password")
            as_if_mailing(email, f"{settings.BASE_URL}{path}", now=timezone.now())
        return email


class ReauthenticateForm(BaseReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, password=_("Password"))
        self.fields["password"].help_text = ""


class NewPasswordForm(BaseNewPasswordForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self, password1=_("New password"), password2=_("The new password again"))
        self.fields["password1"].help_text = PASSWORD_HINT


class InviteForm(forms.Form):
    """Whom to invite, to what. Only roles and venues that the one who asks may give."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"))
    venue = forms.ModelChoiceField(
        VenuePage.objects.none(), label=_("Venue"), required=False, empty_label=_("All venues")
    )

    def __init__(self, rights: Rights, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rights = rights
        roles: Any = self.fields["role"]
        roles.choices = [(role.value, role.label) for role in roles_to_give(rights)]
        venues: Any = self.fields["venue"]
        own = [venue.pk for venue in venues_to_fill(rights)]
        venues.queryset = VenuePage.objects.filter(pk__in=own).order_by("title")
        if not rights.heads_area:
            venues.empty_label = None
            venues.required = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        role, venue = values.get("role"), values.get("venue")
        if role in Membership.EVERYWHERE:
            values["venue"] = None
        elif role and venue is None and "venue" not in self.errors:
            self.add_error("venue", _("Choose the venue where the person works."))
        elif role and not may_manage(self.rights, role, venue.pk if venue else None):
            self.add_error("role", _("You cannot give this role here."))
        return values


class AcceptForm(forms.Form):
    """Who the invited person is, and the password they want."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        self.fields["password1"].help_text = PASSWORD_HINT

    @property
    def words(self) -> dict[str, str]:
        """Name and password as `accept` takes them."""
        values = self.cleaned_data
        return {
            "first_name": values["first_name"],
            "last_name": values["last_name"],
            "password": values["password1"],
        }

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        person = User(
            email=self.email,
            first_name=self.cleaned_data.get("first_name", ""),
            last_name=self.cleaned_data.get("last_name", ""),
        )
        validate_password(password, person)
        return password

    def clean_password2(self) -> str:
        again = str(self.cleaned_data["password2"])
        first = self.cleaned_data.get("password1")
        if first and first != again:
            raise ValidationError(_("The two passwords are not the same."))
        return again
