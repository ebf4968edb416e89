"""The mail with the link to a new password."""

import datetime as dt

from django.db import transaction

from core.models import User
from core.post import post_template

EVERY = 10 * 60  # seconds in which one account gets one mail, however often it is asked for


def mail_link(user: User, url: str, *, now: dt.datetime) -> None:
    """Write the mail with `url` to `user` down; `now` is in UTC."""
    post_template(
        template="mail/accounts/new_password",
        context={"user": user, "url": url},
        to=user.email,
        purpose="new_password",
        key=f"new-password-{user.pk}-{int(now.timestamp()) // EVERY}",
        now=now,
    )


def as_if_mailing(email: str, url: str, *, now: dt.datetime) -> None:
    """Do the same work for an address that has no account, and leave nothing behind.

    The time an answer takes would tell who has an account otherwise.
    """
    with transaction.atomic():
        mail_link(User(email=email), url, now=now)
        transaction.set_rollback(True)
