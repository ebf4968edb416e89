"""1a and 2b: what venues say of themselves, and whether it is fresh."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from activities.models import ActivityPage
from activities.outlets import plan
from activities.outlets.sources import fixed_activities, placed
from core.domain.dates import local_day
from core.wording import age_text
from directory.models import VenuePage
from initiatives.indicators.base import Asked, Item, Measured, Part, joined, page_url, share


def core_task_published(asked: Asked) -> Measured:
    """1a: venues whose public page tells their core task and for whom they are."""
    parts = tuple(_core_task(venue) for venue in asked.venues)
    told = sum(part.amount == 1 for part in parts)
    return Measured(share(told, len(parts)), parts)


def _core_task(venue: VenuePage) -> Part:
    missing = []
    if not strip_tags(venue.core_task).strip():
        missing.append(_("core task"))
    if not (venue.target_text.strip() or venue.target_groups.all()):
        missing.append(_("target group"))
    value = _("Missing: %(what)s") % {"what": joined(missing)} if missing else _("Published")
    return Part(venue.title, value, venue.pk, page_url(venue), amount=0 if missing else 1)


def venues_confirmed(asked: Asked) -> Measured:
    """2b: venues that have confirmed their page within the term."""
    limit = asked.now - dt.timedelta(days=settings.FRISTED_VENUE_VERIFY_DAYS)
    ids = [venue.pk for venue in asked.venues]
    known: Any = VenuePage.objects.filter(pk__in=ids).order_by()
    newest = dict(
        known.annotate(newest=Max("verifications__verified_at")).values_list("pk", "newest")
    )
    parts = tuple(_freshness(venue, newest.get(venue.pk), limit, asked) for venue in asked.venues)
    return Measured(share(sum(part.amount == 1 for part in parts), len(parts)), parts)


def _freshness(page: Any, at: dt.datetime | None, limit: dt.datetime, asked: Asked) -> Part:
    when = age_text(local_day(at), asked.today) if at else ""
    value = _("Confirmed %(ago)s") % {"ago": when} if at else _("Never confirmed")
    fresh = at is not None and at >= limit
    return Part(page.title, value, page.pk, page_url(page), amount=1 if fresh else 0)


def activities_confirmed(asked: Asked) -> Measured:
    """2b: public fixed activities that have been confirmed within the term, by venue."""
    limit = asked.now - dt.timedelta(days=settings.FRISTED_ACTIVITY_VERIFY_DAYS)
    found = placed(fixed_activities(asked.now), asked.today)
    ids = [at.activity.pk for at in found]
    rows: Any = ActivityPage.objects.filter(pk__in=ids).order_by()
    newest = dict(
        rows.annotate(newest=Max("verifications__verified_at")).values_list("pk", "newest")
    )
    parts, fresh, total = [], 0, 0
    for venue in asked.venues:
        own = [at.activity for at in found if at.home and at.home.pk == venue.pk]
        rows_of = [_freshness(page, newest.get(page.pk), limit, asked) for page in own]
        good = sum(row.amount == 1 for row in rows_of)
        fresh, total = fresh + good, total + len(own)
        items = tuple(Item(f"{row.label}: {row.value}", row.url) for row in rows_of)
        amount = good / len(own) if own else None
        parts.append(Part(venue.title, share(good, len(own)), venue.pk, "", amount, items))
    return Measured(share(fresh, total), tuple(parts))


def in_kompas(asked: Asked) -> Measured:
    """2b: fixed activities that somebody has confirmed to stand in the national directory."""
    plans = plan.plans(asked.venues, asked.now)
    whole = plan.figure(plans)
    note = ""
    if whole.changed:
        note = _("%(number)d of them have changed here since.") % {"number": whole.changed}
    return Measured(
        share(whole.confirmed, whole.total),
        tuple(_kompas(each) for each in plans),
        note,
    )


def _kompas(each: plan.VenuePlan) -> Part:
    own = plan.figure([each])
    rows = [row for row in each.rows if isinstance(row.subject, ActivityPage)]
    items = tuple(
        Item(row.subject.title, reverse("channels:activity", args=[row.subject.pk]))
        for row in rows
        if not row.within_term
    )
    amount = own.confirmed / own.total if own.total else None
    url = reverse("channels:venue", args=[each.venue.pk])
    return Part(
        each.venue.title, share(own.confirmed, own.total), each.venue.pk, url, amount, items
    )
