"""How often somebody may try a password.

Attempts are counted for an account from one network: at a library, where many share an address,
nobody is kept out by what others do there. Guesses at one account from ever new networks are
counted together too, but that count never keeps out a network where the person has signed in.
A browser that has signed in before is counted by itself: guesses from the next room do not stop it.
"""

import datetime as dt
import hmac

from django.conf import settings

from accounts.models import LoginTry

FROM_ONE_PLACE = 5
PLACE_WINDOW = dt.timedelta(minutes=15)
FROM_ANYWHERE = 30
ACCOUNT_WINDOW = dt.timedelta(hours=1)
KNOWN_FOR = dt.timedelta(days=90)
FAILURES_KEPT = dt.timedelta(days=1)


def begin_try(*, email: str, network: str, now: dt.datetime, browser: str = "") -> LoginTry | None:
    """Note an attempt before its password is looked at; None if the person has to wait.

    `email` is what was typed, `network` the visitor's, "" when unknown, `now` in UTC, `browser`
    the mark of a browser in which this account has signed in before. Accounts that do not exist
    are counted alike, so an answer tells nothing of who has one.
    """
    forget_old_tries(now=now)
    account = account_hash(email)
    place = _hash("place", f"{email}|browser {browser}" if browser else f"{email}|{network}")
    failed = LoginTry.objects.filter(account=account, succeeded=False)
    here = failed.filter(place=place, tried_at__gt=now - PLACE_WINDOW).count()
    if here >= FROM_ONE_PLACE:
        return None
    anywhere = failed.filter(tried_at__gt=now - ACCOUNT_WINDOW).count()
    if not browser and anywhere >= FROM_ANYWHERE:
        known = LoginTry.objects.filter(account=account, place=place, succeeded=True)
        if not known.exists():
            return None
    return LoginTry.objects.create(account=account, place=place, tried_at=now)


def note_success(attempt: LoginTry) -> None:
    """Note that the password was right: the network is known for this account from now on."""
    LoginTry.objects.filter(account=attempt.account, place=attempt.place, succeeded=True).delete()
    attempt.succeeded = True
    attempt.save(update_fields=["succeeded"])


def forgive(*, email: str) -> None:
    """Forget an account's failed attempts: its owner has just chosen a new password."""
    LoginTry.objects.filter(account=account_hash(email), succeeded=False).delete()


def forget_old_tries(*, now: dt.datetime) -> None:
    """Delete failures after a day, and known networks after three months unused."""
    old_failures = LoginTry.objects.filter(succeeded=False, tried_at__lt=now - FAILURES_KEPT)
    old_places = LoginTry.objects.filter(succeeded=True, tried_at__lt=now - KNOWN_FOR)
    (old_failures | old_places).delete()


def account_hash(email: str) -> str:
    """Return what stands for an account where its address is not kept."""
    return _hash("account", email)


def _hash(kind: str, words: str) -> str:
    text = f"login|{kind}|{words.strip().lower()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, "sha256").hexdigest()
