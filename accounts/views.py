"""Signing in, and one's own account."""

from typing import Any

from allauth.account.views import LoginView as BaseLoginView
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.oidc import let_forms_lead_out, oidc_name
from accounts.permissions import home_of, manages_anybody
from accounts.second_step import has_second_step
from directory.permissions import rights_of


class LoginView(BaseLoginView):  # type: ignore[misc]  # allauth is untyped
    """The one sign-in page; `home` names where it leads when no page was asked for.

    Without `home` the person's roles decide: accounts.permissions.home_of.
    """

    home = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return super().get(request, *args, **kwargs)
        if request.user.has_perm("wagtailadmin.access_admin"):
            home = home_of(rights_of(request.user))
            return redirect(self.get_success_url() or home)
        return render(request, "accounts/no_access.html", status=403)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"oidc_name": oidc_name()}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)
        let_forms_lead_out(response)
        return response

    def get_default_success_url(self) -> str | None:
        return reverse(self.home) if self.home else None

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts"):
            response.status_code = 429
        return response


@never_cache
@login_required
@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """Show who one is signed in as, and what one may do where."""
    user: Any = request.user
    memberships = user.memberships.select_related("venue").order_by("venue__title", "role")
    context = {
        "memberships": memberships,
        "manages_people": manages_anybody(rights_of(user)),
        "second_step_on": has_second_step(user),
        "current": "account",
    }
    return render(request, "accounts/my_account.html", context)
