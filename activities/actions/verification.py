"""Somebody says that an activity is still as its page says."""

import datetime as dt
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from activities.log_actions import VERIFIED
from activities.models import ActivityPage, ActivityVerification
from core.models import ContentVersion


@transaction.atomic
def verify_activity(
    activity: ActivityPage, *, by: Any = None, now: dt.datetime
) -> ActivityVerification:
    """Record that the activity was confirmed at `now`; its page shows the day."""
    row = ActivityVerification.objects.create(activity=activity, verified_at=now, verified_by=by)
    log(instance=activity, action=VERIFIED, user=by)
    ContentVersion.bump(now=now)
    return row
