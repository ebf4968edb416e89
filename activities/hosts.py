"""Who may see, write on and answer for a shared event: its hosts' people, from Membership."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from activities.models import ActivityHost, ActivityPage
from activities.querysets import HOLDING
from activities.taxonomy import HostRole, HostStatus
from directory.permissions import Rights


@dataclass(frozen=True, slots=True)
class Access:
    """What one person may do with one shared event."""

    reads: bool  # the planning sheet
    writes: bool  # on it
    publishes: bool  # the event itself: its hosts' editors
    invites: bool  # other venues: the main host's editors


NOTHING = Access(reads=False, writes=False, publishes=False, invites=False)


def access_to(rights: Rights, activity: ActivityPage) -> Access:
    """Return what a person may do with an event. One query.

    Staff, editors and leaders of the main host and of hosts that said yes write; those of a venue
    that was asked read until it answers; the area head reads. An event nobody else was asked to
    hold has no sheet.
    """
    hosts = list(activity.hosts.values_list("venue_id", "role", "status"))
    if not hosts:
        return NOTHING
    lead = {venue for venue, role, _status in hosts if role == HostRole.LEAD}
    accepted = {venue for venue, _role, status in hosts if status == HostStatus.ACCEPTED}
    holding = lead | accepted
    asked = {venue for venue, _role, status in hosts if status == HostStatus.INVITED}
    writes = rights.edits_site or bool(holding & rights.operates)
    return Access(
        reads=writes or rights.sees_everything or bool(asked & rights.operates),
        writes=writes,
        publishes=rights.edits_site or bool(holding & rights.publishes),
        invites=rights.edits_site or bool(lead & rights.publishes),
    )


def events_of(rights: Rights) -> Any:
    """Return the shared events whose sheet a person may see, as ActivityPage rows."""
    hosts = ActivityHost.objects.all()
    if not rights.sees_everything:
        concerned = HOLDING | Q(status=HostStatus.INVITED)
        hosts = hosts.filter(concerned, venue__in=rights.operates)
    return ActivityPage.objects.filter(pk__in=hosts.values("activity"))


def may_answer(rights: Rights, host: ActivityHost) -> bool:
    """Whether a person may say yes or no for a venue: its editors and leaders."""
    return host.role == HostRole.CO_HOST and rights.may_publish(host.venue_id)
