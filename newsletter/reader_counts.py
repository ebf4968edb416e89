"""How many readers there are, for those who write to them: never fewer than five at a time.

What somebody follows may tell what they struggle with, and in a small place a small number is
a person. So a number below five is only ever "fewer than 5".
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from directory.models import District, VenuePage
from newsletter.models import Follow, Subscriber, Topic
from newsletter.taxonomy import ReaderState, SubscriptionState

LEAST = 5
LATELY = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TopicCount:
    """One topic's readers in words: now, come and gone in the last 30 days, not confirmed yet."""

    topic: Topic
    active: str
    come: str
    gone: str
    waiting: str


def count_text(number: int) -> str:
    """Return a number of people in words that give nobody away."""
    return str(number) if number >= LEAST else _("fewer than 5")


def topic_counts(now: dt.datetime) -> list[TopicCount]:
    """Return the readers of each topic, in the order of the topics; one query."""
    since = now - LATELY
    state, active = "subscriptions__state", SubscriptionState.ACTIVE
    topics = Topic.objects.annotate(
        active_now=Count("pk", filter=Q(**{state: active})),
        come=Count("pk", filter=Q(**{state: active, "subscriptions__started_at__gte": since})),
        gone=Count("pk", filter=Q(subscriptions__ended_at__gte=since)),
        waiting=Count("pk", filter=Q(**{state: SubscriptionState.PENDING})),
    ).order_by("order", "title")
    return [
        TopicCount(
            topic=topic,
            active=count_text(topic.active_now),
            come=count_text(topic.come),
            gone=count_text(topic.gone),
            waiting=count_text(topic.waiting),
        )
        for topic in topics
    ]


def place_counts() -> list[tuple[str, str]]:
    """Return districts and venues with how many follow them by name; five queries."""
    rows: dict[tuple[str, int], int] = {}
    active = Follow.objects.filter(
        subscriber__state=ReaderState.ACTIVE, subscriber__everything=False
    )
    for name in ("district", "venue"):
        counted = active.filter(**{f"{name}__isnull": False}).values_list(name)
        rows |= {(name, pk): number for pk, number in counted.annotate(Count("pk")).order_by()}
    places: list[tuple[str, Any]] = [("district", row) for row in District.objects.all()]
    places += [("venue", row) for row in VenuePage.objects.public().in_order()]
    return [(str(row), count_text(rows.get((kind, row.pk), 0))) for kind, row in places]


def follow_everything() -> str:
    """Return how many active readers hear about all places."""
    return count_text(Subscriber.objects.active().filter(everything=True).count())
