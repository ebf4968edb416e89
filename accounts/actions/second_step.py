"""Forgetting somebody's second step, and sealing all of them with a new key."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import transaction
from wagtail.log_actions import log

from accounts import sealing
from core.models import User
from core.post import post_template

FORGOTTEN = "accounts.second_step_forgotten"
SEALED = ("secret", "seed")  # what allauth keeps of an app, and of the emergency codes


@transaction.atomic
def forget_second_step(user: User, *, by: User | None, now: dt.datetime) -> bool:
    """Take app and emergency codes away from `user`, who has lost them, and mail them about it.

    `by` is who did it, None for the command line; `now` is in UTC. Return whether there was
    anything. Where the role asks for a second step, the next sign-in leads to a new one.
    """
    deleted, _rows = Authenticator.objects.filter(user=user).delete()
    if not deleted:
        return False
    log(instance=user, action=FORGOTTEN, user=by)
    post_template(
        template="mail/accounts/second_step_forgotten",
        context={"user": user, "by": by},
        to=user.email,
        purpose="second_step_forgotten",
        now=now,
    )
    return True


@transaction.atomic
def seal_all_anew() -> tuple[int, int]:
    """Seal every second step with the present SECRET_KEY; return how many, and how many failed."""
    done = failed = 0
    for row in Authenticator.objects.select_for_update():
        names = set(SEALED) & set(row.data)
        try:
            row.data |= {name: sealing.seal_anew(row.data[name]) for name in names}
        except ValueError:
            failed += 1
            continue
        row.save(update_fields=["data"])
        done += 1
    return done, failed
