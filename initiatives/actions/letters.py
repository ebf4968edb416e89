"""Mail to the leaders: few, polite, and never the same one twice."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from core.domain.dates import local_day
from core.models import User
from core.post import Attachment, PostError, post_template
from core.wording import date_text
from directory.models import VenuePage
from initiatives.domain.rounds import reminder_days, reminder_due
from initiatives.models import FollowUpRound, RoundReminder
from initiatives.people import area_heads, leaders_of, led_by
from initiatives.round_reading import RoundState, round_state, running_round

logger = logging.getLogger(__name__)


@transaction.atomic
def tell_of_round(opened: FollowUpRound, *, now: dt.datetime) -> int:
    """Write to everybody whom a new round asks; return to how many."""
    state = round_state(opened, local_day(now))
    return _write_to_missing(state, "initiatives/round_opened", f"round-{opened.pk}-opened", now)


@transaction.atomic
def remind_of_round(*, now: dt.datetime) -> int:
    """Send the reminder that is due on the local day of `now`, if any; return to how many.

    Only to those who miss an answer, and each number of a round once, at most three in all.
    """
    asked = running_round()
    if asked is None:
        return 0
    asked = FollowUpRound.objects.select_for_update().get(pk=asked.pk)
    days = reminder_days(asked.opened_on, asked.deadline_on, settings.FRISTED_ROUND_REMINDER_DAYS)
    number = reminder_due(days, local_day(now))
    if number is None or asked.reminders.filter(number__gte=number).exists():
        return 0
    state = round_state(asked, local_day(now))
    key = f"round-{asked.pk}-reminder-{number}"
    count = _write_to_missing(state, "initiatives/round_reminder", key, now)
    RoundReminder(round=asked, number=number, at=now, recipients=count).save()
    return count


def _write_to_missing(state: RoundState, template: str, key: str, now: dt.datetime) -> int:
    venues = {place.venue for place in state.missing if place.venue is not None}
    people = {user.pk: user for user in leaders_of(venues)}
    if state.missing_at(None):
        people |= {user.pk: user for user in area_heads()}
    names = dict(VenuePage.objects.filter(pk__in=venues).values_list("pk", "title"))
    address = settings.BASE_URL + reverse("initiatives_round", args=[state.round.pk])
    heads = {user.pk for user in area_heads()}
    for user in people.values():
        own = sorted(led_by(user) & venues)
        lines = [(names[pk], len(state.missing_at(pk))) for pk in own]
        context = {
            "round": state.round,
            "deadline": date_text(state.round.deadline_on),
            "late": state.round.deadline_on < local_day(now),
            "lines": lines,
            "joint": len(state.missing_at(None)) if user.pk in heads else 0,
            "address": address,
            "name": user.first_name,
        }
        write_to(user, template, context, key, now)
    return len(people)


def write_to(
    user: User,
    template: str,
    context: dict[str, object],
    key: str,
    now: dt.datetime,
    files: Iterable[Attachment] = (),
) -> None:
    """One person's mail; an address that cannot be written to stops nobody else's."""
    try:
        post_template(
            template=f"mail/{template}",
            context=context,
            to=user.email,
            purpose="leaders",
            key=f"{key}-{user.pk}",
            attachments=list(files),
            now=now,
        )
    except PostError:
        logger.warning("No mail to user %s: the address cannot be used", user.pk)
