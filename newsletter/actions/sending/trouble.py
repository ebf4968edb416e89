"""What to do when the relay, not a reader, is the trouble: rest, then stop and tell somebody."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from core.models import User
from core.post import PostError, post_template
from directory.models import Membership
from directory.taxonomy import Role
from newsletter.domain.sending import SETBACKS_UNTIL_PAUSE, rest_after
from newsletter.models import Dispatch
from newsletter.sending_taxonomy import DispatchState, StoppedWhy


@transaction.atomic
def note_setback(dispatch_id: UUID, *, now: dt.datetime, rest: bool, why: StoppedWhy) -> bool:
    """Count one more message in a row that went wrong; return whether the dispatch now stands.

    With `rest` nothing is tried for a while, longer each time. After 20 in a row the dispatch is
    paused and its editor gets a mail.
    """
    rows = Dispatch.objects.filter(pk=dispatch_id)
    rows.update(setbacks=F("setbacks") + 1)
    setbacks = rows.values_list("setbacks", flat=True).first() or 0
    if setbacks >= SETBACKS_UNTIL_PAUSE:
        return pause_for_trouble(dispatch_id, why, now=now)
    if rest:
        rows.update(resting_until=now + rest_after(setbacks))
    return False


def forget_setbacks(dispatch_id: UUID) -> None:
    """A message was taken: the relay is well."""
    rows = Dispatch.objects.filter(pk=dispatch_id, setbacks__gt=0)
    rows.update(setbacks=0, resting_until=None)


@transaction.atomic
def pause_for_trouble(dispatch_id: UUID, why: StoppedWhy, *, now: dt.datetime) -> bool:
    """Pause a dispatch that cannot go on by itself, and write to its editor; False if it stood."""
    standing = [DispatchState.WAITING, DispatchState.FROZEN, DispatchState.SENDING]
    rows = Dispatch.objects.filter(pk=dispatch_id, state__in=standing)
    if not rows.update(state=DispatchState.PAUSED, stopped_why=why, setbacks=0, resting_until=None):
        return False
    dispatch = Dispatch.objects.select_related("created_by").get(pk=dispatch_id)
    address = settings.BASE_URL + reverse("newsletter_sending:sending", args=[dispatch_id])
    for to in sorted(_who_is_told(dispatch)):
        try:
            post_template(
                template="mail/newsletter/sending_paused",
                context={"dispatch": dispatch, "why": StoppedWhy(why).label, "address": address},
                to=to,
                purpose="newsletter_paused",
                key=f"paused:{dispatch_id}:{now:%Y%m%d%H%M}:{to}"[:200],
                now=now,
            )
        except PostError:  # an account with a broken address
            continue
    return True


def _who_is_told(dispatch: Dispatch) -> set[str]:
    """Return the address of who made it, else those of the communication editors."""
    maker = dispatch.created_by
    if maker is not None and maker.is_active and maker.email:
        return {maker.email}
    editors = Membership.objects.filter(role=Role.COMMUNICATION).values("user")
    people = User.objects.filter(is_active=True, pk__in=editors).exclude(email="")
    return set(people.values_list("email", flat=True))
