"""Venues that hold an event together: invited by the main host, shown when they say yes."""

import datetime as dt
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from activities.actions.invitations import tell_invited, tell_main_host
from activities.actions.refresh import refresh_activity
from activities.log_actions import HOST_ACCEPTED, HOST_DECLINED, HOST_INVITED
from activities.models import ActivityHost, ActivityPage
from activities.taxonomy import HostRole, HostStatus
from directory.models import VenuePage


class HostingError(ValueError):
    """An invitation that makes no sense; `code` is `own_event` or `main_host`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def invite_host(
    activity: ActivityPage, venue: VenuePage, *, by: Any = None, now: dt.datetime
) -> ActivityHost:
    """Ask a venue to hold an event together; ask again if it said no. Nothing is shown yet.

    Those who may answer for the venue get a mail. An activity
    below a venue gets that venue as its main host. A venue that has said yes stays with its yes.
    Raises HostingError if the venue holds the event already (`own_event`).
    """
    lead = name_lead_host(activity, _venue_above(activity), now=now)
    if lead is not None and lead.venue_id == venue.pk:
        raise HostingError("own_event")
    host, created = ActivityHost.objects.get_or_create(activity=activity, venue=venue)
    if not created and host.status != HostStatus.DECLINED:
        return host
    host.status, host.answered_at, host.answered_by = HostStatus.INVITED, None, None
    host.invited_at, host.reminded_at = now, None
    host.save(update_fields=["status", "answered_at", "answered_by", "invited_at", "reminded_at"])
    _log(host, HOST_INVITED, by)
    tell_invited(host, by=by, now=now)
    refresh_activity(activity.pk, now=now)
    return host


@transaction.atomic
def answer_invitation(
    host: ActivityHost, *, accept: bool, by: Any = None, now: dt.datetime
) -> ActivityHost:
    """Say yes or no for a venue; either answer may be changed later. The main host gets a mail.

    Raises HostingError (`main_host`) for the event's main host, who was never asked.
    """
    if host.role == HostRole.LEAD:
        raise HostingError("main_host")
    said = HostStatus.ACCEPTED if accept else HostStatus.DECLINED
    if host.status == said:
        return host
    host.status = said
    host.answered_at, host.answered_by = now, by
    host.save(update_fields=["status", "answered_at", "answered_by"])
    _log(host, HOST_ACCEPTED if accept else HOST_DECLINED, by)
    tell_main_host(host, by=by, now=now)
    refresh_activity(host.activity_id, now=now)
    return host


def name_lead_host(
    activity: ActivityPage, venue: VenuePage | None, *, now: dt.datetime
) -> ActivityHost | None:
    """Make `venue` the main host unless there is one; return the main host, if any."""
    lead: ActivityHost | None = activity.hosts.filter(role=HostRole.LEAD).first()
    if lead is not None or venue is None:
        return lead
    lead = ActivityHost.objects.create(
        activity=activity,
        venue=venue,
        role=HostRole.LEAD,
        status=HostStatus.ACCEPTED,
        answered_at=now,
    )
    return lead


@transaction.atomic
def hand_over_hosting(venue: VenuePage, successor: VenuePage) -> int:
    """Let `successor` hold what a merged venue held with others; return how many events.

    Where both were hosts one row stays: the main host's, else the one that said yes.
    """
    handed = 0
    for host in ActivityHost.objects.filter(venue=venue):
        other = ActivityHost.objects.filter(activity=host.activity_id, venue=successor).first()
        if other is not None:
            leads = HostRole.LEAD in (host.role, other.role)
            accepted = leads or HostStatus.ACCEPTED in (host.status, other.status)
            host.delete()
            other.role = HostRole.LEAD if leads else other.role
            other.status = HostStatus.ACCEPTED if accepted else other.status
            other.save(update_fields=["role", "status"])
        else:
            host.venue = successor
            host.save(update_fields=["venue"])
        handed += 1
    return handed


@transaction.atomic
def change_lead_host(
    activity: ActivityPage, venue: VenuePage, *, by: Any = None, now: dt.datetime
) -> ActivityHost:
    """Make `venue` the main host instead of another, as long as nothing was ever published.

    An invitation of that venue is dropped. Raises HostingError (`main_host`) afterwards: what is
    public belongs to the venue that answers for it.
    """
    lead = name_lead_host(activity, venue, now=now)
    if lead is None or lead.venue_id == venue.pk:
        own: ActivityHost = activity.hosts.get(venue=venue, role=HostRole.LEAD)
        return own
    if activity.first_published_at:
        raise HostingError("main_host")
    activity.hosts.filter(venue=venue).delete()
    lead.venue, lead.answered_by = venue, by
    lead.save(update_fields=["venue", "answered_by"])
    refresh_activity(activity.pk, now=now)
    return lead


def _venue_above(activity: ActivityPage) -> VenuePage | None:
    parent = activity.path[: -activity.steplen]
    venue: VenuePage | None = VenuePage.objects.filter(path=parent).first()
    return venue


def _log(host: ActivityHost, action: str, by: Any) -> None:
    log(instance=host.activity, action=action, user=by, data={"venue": host.venue.title})
