"""Which activities a dispatch told of: the newsletter as a channel of its own."""

from collections import Counter

from django.db import transaction

from activities.models import ActivityPage
from newsletter.domain.content import IssueContent
from newsletter.models import Dispatch, Mention


@transaction.atomic
def note_mentions(dispatch: Dispatch, content: IssueContent) -> None:
    """Write down the activities in `content`, each with its number of dates; again replaces it."""
    counts = Counter(entry.activity_id for entry in content.entries)
    there = ActivityPage.objects.filter(pk__in=counts).values_list("pk", flat=True)
    Mention.objects.filter(dispatch=dispatch).delete()
    Mention.objects.bulk_create(
        Mention(dispatch=dispatch, activity_id=pk, dates=counts[pk]) for pk in there
    )
