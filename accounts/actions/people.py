"""Inviting people, and what happens when they leave.

The link in the mail is used once and proves that the person reads mail at the address. Whoever
loses their last role is deactivated, wherever it was ended: the account stays, for the history, but
its sessions end at once and its password is gone, so that coming back takes a new invitation.
Invitations that somebody could not send any more are withdrawn.
"""

import datetime as dt
import hashlib
import secrets

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from accounts.models import Invitation
from accounts.permissions import may_manage
from core.models import User
from core.post import post_template
from directory.models import Membership, VenuePage
from directory.permissions import forget_rights, rights_of

VALID = dt.timedelta(days=14)
JOINED = "accounts.joined"
LEFT = "accounts.left"
DEACTIVATED = "accounts.deactivated"


class PeopleError(ValueError):
    """What cannot be done, in words for the person who tried."""


def hash_of(secret: str) -> str:
    """Return what is kept of an invitation's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(
    *, email: str, role: str, venue: VenuePage | None, by: User, base_url: str, now: dt.datetime
) -> Invitation:
    """Write an invitation down and its mail with it; an older open one for the same is withdrawn.

    `base_url` is the address the link begins with, without the secret. Raises PeopleError when
    the person has that role already.
    """
    email = email.strip().lower()
    there = Membership.objects.filter(
        user__email__iexact=email, user__is_active=True, role=role, venue=venue
    )
    if there.exists():
        raise PeopleError(_("This person has that role already."))
    same = Invitation.objects.open(now).filter(email=email, role=role, venue=venue)
    same.update(withdrawn_at=now)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        venue=venue,
        invited_by=by,
        secret_hash=hash_of(secret),
        created_at=now,
        expires_at=now + VALID,
    )
    post_template(
        template="mail/accounts/invitation",
        context={"invitation": invitation, "by": by, "url": f"{base_url}{secret}/"},
        to=email,
        purpose="account_invitation",
        key=f"account-invitation-{invitation.pk}",
        now=now,
    )
    return invitation


def find_invitation(secret: str, *, now: dt.datetime) -> Invitation | None:
    """Return the open invitation that a link names; None for a wrong, used or old one alike."""
    found = Invitation.objects.open(now).select_related("venue")
    return found.filter(secret_hash=hash_of(secret)).first()


def active_account(invitation: Invitation) -> User | None:
    """Return the account the invited person already has and can use."""
    return User.objects.filter(email__iexact=invitation.email, is_active=True).first()


@transaction.atomic
def accept(
    invitation: Invitation,
    *,
    now: dt.datetime,
    first_name: str = "",
    last_name: str = "",
    password: str = "",
) -> User:
    """Give the invited person the role, and an account where they have none.

    Name and password are used for a new or a closed account only; without a password the account
    is opened by the municipality's own system alone. Raises PeopleError when the
    link has been used in the meantime.
    """
    if not Invitation.objects.open(now).filter(pk=invitation.pk).update(used_at=now):
        raise PeopleError(_("This link has been used or is too old."))
    user = active_account(invitation)
    if user is None:
        user = _reopened(invitation.email)
        user.first_name, user.last_name = first_name, last_name
        user.set_password(password or None)  # without one: not by password
        user.save()
    membership, made = Membership.objects.get_or_create(
        user=user, venue=invitation.venue, role=invitation.role
    )
    if made:
        log(instance=user, action=JOINED, user=invitation.invited_by, data=_told(membership))
    return user


@transaction.atomic
def withdraw(invitation: Invitation, *, now: dt.datetime) -> None:
    """Make an invitation's link useless."""
    Invitation.objects.open(now).filter(pk=invitation.pk).update(withdrawn_at=now)


@transaction.atomic
def end_membership(membership: Membership, *, by: User, now: dt.datetime) -> bool:
    """End a role; return whether it was the last one, so that the account was deactivated."""
    user = membership.user
    log(instance=user, action=LEFT, user=by, data=_told(membership))
    membership.delete()  # role_has_ended follows
    user.refresh_from_db()
    return not user.is_active


@transaction.atomic
def role_has_ended(user: User, *, now: dt.datetime) -> None:
    """Draw the conclusions of a role that is gone, ended by hand or along with its venue."""
    withdraw_unfounded(user, now=now)
    active = User.objects.filter(pk=user.pk, is_active=True, is_superuser=False)
    if active.exists() and not Membership.objects.filter(user=user).exists():
        deactivate(user)


@transaction.atomic
def withdraw_unfounded(user: User, *, now: dt.datetime) -> None:
    """Withdraw open invitations that `user` sent and could not send any more."""
    forget_rights()
    rights = rights_of(user)
    for invitation in Invitation.objects.open(now).filter(invited_by=user):
        if not may_manage(rights, invitation.role, invitation.venue_id):
            withdraw(invitation, now=now)


@transaction.atomic
def deactivate(user: User) -> None:
    """Close an account: nobody is signed in with it any more, and its password is gone."""
    user.is_active = False
    user.set_unusable_password()  # what sessions are checked against, so each of them ends
    user.save(update_fields=["is_active", "password"])
    log(instance=user, action=DEACTIVATED)


def _reopened(email: str) -> User:
    """Return a new account or the closed one, which gets nothing of its old rights back."""
    user = User.objects.filter(email__iexact=email).first() or User(email=email.lower())
    user.is_active, user.is_staff, user.is_superuser = True, False, False
    if user.pk:
        user.memberships.all().delete()
        Authenticator.objects.filter(user=user).delete()  # the phone may be why they come anew
        SocialAccount.objects.filter(user=user).delete()  # and the address may be somebody else's
    return user


def _told(membership: Membership) -> dict[str, str]:
    venue = membership.venue.title if membership.venue else ""
    return {"role": str(membership.role), "venue": venue}
