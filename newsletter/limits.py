"""How much a stranger can make us do, without a puzzle for people to solve.

An address gets one confirmation a day and three until its owner confirms; a network gets five
forms answered an hour, and everybody together NEWSLETTER_SIGN_UPS_AN_HOUR. What is over a limit
gets the same words on the page, and no mail.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from newsletter.domain.addresses import mailbox_of
from newsletter.models import HourCount, MailCount
from newsletter.tokens import address_hmac, hour_key

FORMS_OF_A_NETWORK = 5
OPT_INS = 3
OPT_IN_EVERY = dt.timedelta(hours=24)
LINKS_A_DAY = 3
DAY = dt.timedelta(hours=24)
EVERYBODY = "everybody"


def count_form(network: str, *, now: dt.datetime) -> bool:
    """Count a form from a network; return whether it is within the limits."""
    own = count(f"network {network}", now=now)
    if own > FORMS_OF_A_NETWORK:
        return False
    return count(EVERYBODY, now=now) <= settings.NEWSLETTER_SIGN_UPS_AN_HOUR


def is_first_over_the_ceiling(*, now: dt.datetime) -> bool:
    """Whether everybody together has just passed the ceiling of this hour."""
    rows = HourCount.objects.filter(key=hour_key(EVERYBODY, start_of_hour(now)))
    return rows.filter(count=settings.NEWSLETTER_SIGN_UPS_AN_HOUR + 1).exists()


def count(what: str, *, now: dt.datetime) -> int:
    """Return how many times `what` has happened in this clock hour, this time included."""
    hour = start_of_hour(now)
    rows = HourCount.objects.filter(key=hour_key(what, hour))
    with transaction.atomic():
        HourCount.objects.bulk_create(
            [HourCount(key=hour_key(what, hour), hour=hour)], ignore_conflicts=True
        )
        rows.update(count=F("count") + 1)
        number: int = rows.values_list("count", flat=True).get()
    return number


def start_of_hour(now: dt.datetime) -> dt.datetime:
    """Return the clock hour (UTC) that a moment lies in."""
    return now.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)


@transaction.atomic
def may_ask_to_confirm(email: str, *, now: dt.datetime) -> bool:
    """Whether one more confirmation may go to an address; if so it is counted."""
    row = _locked(email)
    recent = row.opt_in_at is not None and row.opt_in_at > now - OPT_IN_EVERY
    if recent or row.opt_ins >= OPT_INS:
        return False
    row.opt_ins, row.opt_in_at = row.opt_ins + 1, now
    row.save()
    return True


@transaction.atomic
def may_send_link(email: str, *, now: dt.datetime) -> bool:
    """Whether a reader may be sent one more link to their choices; if so it is counted."""
    row = _locked(email)
    if row.links_since is None or row.links_since <= now - DAY:
        row.links, row.links_since = 0, now
    if row.links >= LINKS_A_DAY:
        return False
    row.links += 1
    row.save()
    return True


def forget_confirmations(email: str) -> None:
    """Count confirmations from nothing again: the owner has said yes."""
    _rows(email).update(opt_ins=0, opt_in_at=None)


def forget(email: str) -> None:
    """Count everything from nothing again: a reader who had said yes is erased."""
    _rows(email).delete()


def _rows(email: str) -> QuerySet[MailCount]:
    found: QuerySet[MailCount] = MailCount.objects.filter(
        email_hmac=address_hmac(mailbox_of(email))
    )
    return found


def _locked(email: str) -> MailCount:
    hashed = address_hmac(mailbox_of(email))
    MailCount.objects.bulk_create([MailCount(email_hmac=hashed)], ignore_conflicts=True)
    row: MailCount = MailCount.objects.select_for_update().get(email_hmac=hashed)
    return row
