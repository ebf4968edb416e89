"""Cooperation agreements: which initiatives they support, and mail before they run out."""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from core.post import PostError, post_template
from core.wording import date_text
from directory.models import CooperationAgreement, Membership, VenuePage
from directory.taxonomy import Role
from initiatives.actions.refusal import author
from initiatives.domain.reminders import due_step
from initiatives.models import AgreementChange, AgreementInitiative, Initiative
from initiatives.reading import is_followed, local_day
from initiatives.taxonomy import ChangeKind

logger = logging.getLogger(__name__)

PURPOSE = "agreement_ends"
TEMPLATE = "mail/initiatives/agreement_ends"


@transaction.atomic
def link_agreement(
    agreement: CooperationAgreement,
    notes: Mapping[Initiative, str],
    *,
    by: Any = None,
    now: dt.datetime,
) -> bool:
    """Let `agreement` support exactly these initiatives, each with a line on how.

    Returns whether anything is different, and notes who changed what.
    """
    links = {
        link.initiative: link for link in agreement.initiative_links.select_related("initiative")
    }
    before = {initiative.number: link.note for initiative, link in links.items()}
    after = {initiative.number: note.strip() for initiative, note in notes.items()}
    if before == after:
        return False
    for initiative, link in links.items():
        if initiative not in notes:
            link.delete()
    for initiative, note in notes.items():
        AgreementInitiative.objects.update_or_create(
            agreement=agreement,
            initiative=initiative,
            defaults={"note": note.strip(), "linked_at": now, "linked_by": author(by)["by"]},
        )
    AgreementChange(
        agreement=agreement,
        agreement_title=agreement.title,
        kind=ChangeKind.CHANGED if before else ChangeKind.CREATED,
        at=now,
        before={key: value for key, value in before.items() if after.get(key) != value},
        after={key: value for key, value in after.items() if before.get(key) != value},
        **author(by),
    ).save()
    return True


def remind_ending_agreements(now: dt.datetime) -> int:
    """Write to those concerned about agreements that end soon; return how many mails there are.

    Each person is written to once for each step (90 and 30 days before) and day of ending: the
    key of a mail says which. An agreement that another of the same organisation follows is left.
    """
    today = local_day(now) or now.date()
    written = 0
    ending = CooperationAgreement.objects.filter(ends_on__gte=today).select_related("organisation")
    for agreement in ending:
        step = due_step(agreement.ends_on, today) if agreement.ends_on else None
        if step is None or is_followed(agreement):
            continue
        for person in _concerned(agreement):
            written += _write(agreement, person, step, now=now)
    return written


def _concerned(agreement: CooperationAgreement) -> Iterable[Any]:
    """Return the area head and the leaders of the organisation's venues, each once."""
    venues = VenuePage.objects.filter(organisation=agreement.organisation_id)
    roles = Membership.objects.filter(
        Q(role=Role.AREA_HEAD) | Q(role=Role.VENUE_LEADER, venue__in=venues)
    )
    people = get_user_model().objects.filter(is_active=True, pk__in=roles.values("user"))
    return people.order_by("pk")


def _write(agreement: CooperationAgreement, person: Any, step: int, *, now: dt.datetime) -> bool:
    """Return whether there is a mail; an address that cannot be written to stops nobody else's."""
    ends_on = agreement.ends_on
    assert ends_on is not None  # noqa: S101  (for the type checker: only these are asked for)
    try:
        post_template(
            template=TEMPLATE,
            context={
                "agreement": agreement,
                "ends": date_text(ends_on),
                "name": person.first_name,
                "initiatives": [link.initiative for link in _links(agreement)],
            },
            to=person.email,
            purpose=PURPOSE,
            key=f"{PURPOSE}:{agreement.pk}:{ends_on.isoformat()}:{step}:{person.pk}",
            now=now,
        )
    except PostError:
        logger.warning("No mail to user %s: the address cannot be used", person.pk)
        return False
    return True


def _links(agreement: CooperationAgreement) -> Any:
    return agreement.initiative_links.select_related("initiative").order_by("initiative__order")
