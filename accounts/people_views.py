"""The people of one's venues: who has which role, inviting, ending; and the invited one's page."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import people, second_step
from accounts.forms import AcceptForm, InviteForm
from accounts.models import Invitation
from accounts.oidc import let_forms_lead_out, oidc_name
from accounts.permissions import (
    endable,
    manages_anybody,
    may_forget_second_step,
    may_manage,
    memberships_seen,
)
from core.models import User
from directory.models import Membership
from directory.permissions import Rights, rights_of

DONE = {
    "inviteret": _("The invitation is on its way. The link in it works once, within 14 days."),
    "trukket": _("The invitation is taken back. Its link no longer works."),
    "rolle": _("The role is ended. The person keeps their other roles."),
    "lukket": _("The role is ended, and the account is closed."),
    "totrin": _("The second step is taken away. The person has had a mail about it."),
}


def _rights(request: HttpRequest) -> Rights:
    rights = rights_of(request.user)
    if not manages_anybody(rights):
        raise PermissionDenied
    return rights


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_list(request: HttpRequest) -> HttpResponse:
    """Show who has a role at one's venues and who is invited; take a new invitation."""
    rights = _rights(request)
    form = InviteForm(rights, request.POST or None)
    if request.method == "POST" and form.is_valid() and _invite(request, form):
        return redirect(f"{reverse('people')}?gjort=inviteret#indhold")
    rows = Membership.objects.filter(memberships_seen(rights), user__is_active=True)
    rows = rows.select_related("user", "venue")
    rows = rows.order_by(F("venue__title").asc(nulls_first=True), "role", "user__first_name")
    invitations = Invitation.objects.open(timezone.now()).select_related("venue")
    context = {
        "form": form,
        "rows": [(row, endable(rights, row)) for row in rows],
        "lost": _may_have_lost(rights, request.user),
        "invitations": [i for i in invitations if may_manage(rights, i.role, i.venue_id)],
        "done": DONE.get(request.GET.get("gjort", "")) if request.method != "POST" else None,
        "current": "account",
    }
    return render(request, "accounts/people.html", context)


def _may_have_lost(rights: Rights, asking: Any) -> set[int]:
    """Return the ids of those with a second step that may be taken away on the list."""
    with_app = User.objects.filter(authenticator__type="totp", is_active=True).exclude(pk=asking.pk)
    seen = with_app.filter(memberships__in=Membership.objects.filter(memberships_seen(rights)))
    people = seen.distinct().prefetch_related("memberships")
    return {user.pk for user in people if may_forget_second_step(rights, user)}


def _invite(request: HttpRequest, form: InviteForm) -> bool:
    by: Any = request.user
    base_url = settings.BASE_URL + reverse("invited", kwargs={"secret": "x"}).removesuffix("x/")
    values = form.cleaned_data
    try:
        people.invite(
            email=values["email"],
            role=values["role"],
            venue=values["venue"],
            by=by,
            base_url=base_url,
            now=timezone.now(),
        )
    except people.PeopleError as error:
        form.add_error("email", str(error))
        return False
    return True


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, saying what follows, and end a role."""
    rights = _rights(request)
    membership = get_object_or_404(Membership.objects.select_related("user", "venue"), pk=pk)
    if not endable(rights, membership):
        raise Http404
    by: Any = request.user
    if request.method == "POST":
        closed = people.end_membership(membership, by=by, now=timezone.now())
        return redirect(f"{reverse('people')}?gjort={'lukket' if closed else 'rolle'}")
    person = membership.user
    last = not person.is_superuser and person.memberships.count() == 1
    context = {"row": membership, "last": last, "own": person == by, "current": "account"}
    return render(request, "accounts/end_role.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lost_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, saying what follows, and take away the second step of somebody who has lost it."""
    rights = _rights(request)
    user = get_object_or_404(User.objects.filter(authenticator__type="totp"), pk=pk)
    by: Any = request.user
    if user == by or not may_forget_second_step(rights, user):
        raise Http404
    if request.method == "POST":
        second_step.forget_second_step(user, by=by, now=timezone.now())
        return redirect(f"{reverse('people')}?gjort=totrin")
    context = {"person": user, "current": "account"}
    return render(request, "accounts/lost_second_step.html", context)


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    rights = _rights(request)
    invitation = get_object_or_404(Invitation, pk=pk)
    if not may_manage(rights, invitation.role, invitation.venue_id):
        raise Http404
    people.withdraw(invitation, now=timezone.now())
    return redirect(f"{reverse('people')}?gjort=trukket")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the link in the mail. Looking at it does nothing."""
    now = timezone.now()
    invitation = people.find_invitation(secret, now=now)
    if invitation is None:
        return _over(request)
    known = people.active_account(invitation)
    form = None if known else AcceptForm(invitation.email, request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        words = form.words if form else {}
        try:
            people.accept(invitation, now=now, **words)
        except people.PeopleError:
            return _over(request)
        return redirect("invitation_taken")
    context = {"invitation": invitation, "form": form, "oidc_name": oidc_name()}
    response = _secretly(request, "accounts/invited.html", context)
    let_forms_lead_out(response)
    return response


def _over(request: HttpRequest) -> HttpResponse:
    return _secretly(request, "accounts/invitation_over.html", {}, status=404)


def _secretly(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page whose address is a secret: it neither stands in the page nor leaves the site.

    Not `no-referrer`: then a browser does not say where the form comes from, and it is refused.
    """
    response = render(request, template, {"canonical_url": "", **context}, status=status)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@never_cache
def invitation_taken(request: HttpRequest) -> HttpResponse:
    """Say that the role is given, and lead to the sign-in page."""
    return render(request, "accounts/invitation_taken.html")
