"""Somebody says that an activity is still as its page says."""

import datetime as dt
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from activities.log_actions import VERIFICATION_UNDONE, VERIFIED
from activities.models import ActivityPage, ActivityVerification
from core.models import ContentVersion


@transaction.atomic
def verify_activity(
    activity: ActivityPage, *, by: Any = None, now: dt.datetime
) -> ActivityVerification:
    """Record that the activity was confirmed at `now`; its page shows the day."""
    row = ActivityVerification.objects.create(activity=activity, verified_at=now, verified_by=by)
    log(instance=activity, action=VERIFIED, user=by, data={"verification": row.pk})
    ContentVersion.bump(now=now)
    return row


@transaction.atomic
def withdraw_verification(
    verification: ActivityVerification, *, by: Any = None, now: dt.datetime
) -> None:
    """Take a confirmation back: the page tells of the one before it. The log keeps both acts."""
    activity = verification.activity
    verification.delete()
    log(instance=activity, action=VERIFICATION_UNDONE, user=by)
    ContentVersion.bump(now=now)
