"""Newsletters from the first draft to the moment they leave. Sending itself is in `sending`."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from activities.calendar_text import public_url
from core.domain.dates import local_day
from core.domain.text import slugify_da
from core.wording import week_text
from newsletter.actions.sending import create_dispatch
from newsletter.blocks import Period
from newsletter.content import content_of, period_of
from newsletter.domain.content import IssueContent
from newsletter.domain.readiness import Obstacle, State, obstacles
from newsletter.models import Dispatch, IssuePage, NewsletterIndexPage, Subscriber, Topic
from newsletter.sending_taxonomy import DeliveryState, DispatchKind, DispatchState

# A reader may have got these, also when the rest was stopped.
LEFT_US = (DeliveryState.SENT, DeliveryState.COMMITTING, DeliveryState.DOUBT)
# Nobody is helped by last week's letter: what has not been taken by then is given up.
FRESH_FOR = dt.timedelta(days=3)


class IssueError(Exception):
    """An issue that cannot be sent as it is; `found` says why, as `obstacles()` does."""

    def __init__(self, found: list[tuple[Obstacle, str]]) -> None:
        super().__init__(", ".join(obstacle for obstacle, _heading in found))
        self.found = found


@transaction.atomic
def start_draft(
    topic: Topic, *, index: NewsletterIndexPage, now: dt.datetime, by: Any = None
) -> IssuePage:
    """Return a new draft below `index`, filled with lists of the coming time. Sends nothing."""
    with translation.override(settings.LANGUAGE_CODE):
        title = draft_title(topic, now)
        page = IssuePage(
            title=title,
            slug=free_slug(index, title),
            topic=topic,
            body=json.dumps(coming_blocks()),
            live=False,
            has_unpublished_changes=True,
            owner=by,
        )
    index.add_child(instance=page)
    page.save_revision(user=by, log_action=by is not None)
    return page


def prepare_drafts(*, now: dt.datetime) -> int:
    """See to it that a filled draft lies ready for each topic somebody writes; return how many new.

    A draft nobody has touched gets the present week into its title.
    """
    index = NewsletterIndexPage.objects.live().first()
    if index is None:
        return 0
    made = 0
    for topic in Topic.objects.written().on_offer():
        draft = coming_draft(topic)
        if draft is None:
            start_draft(topic, index=index, now=now)
            made += 1
        elif draft.owner_id is None and not _touched(draft):
            _retitle(draft, index, now)
    return made


def coming_draft(topic: Topic) -> IssuePage | None:
    """Return the newest letter on `topic` that can still be sent."""
    unsent = IssuePage.objects.unsent().filter(topic=topic).order_by("-pk")
    return next((page for page in unsent if page.pk not in reached([page.pk])), None)


def draft_title(topic: Topic, now: dt.datetime) -> str:
    """`Nyt fra værestederne, uge 49`: the week after the present one begins it."""
    return f"{topic.title}, {week_text(local_day(now))}"


def coming_blocks() -> list[dict[str, Any]]:
    """Return the body of a new draft: what is out of the ordinary, and what venues do together."""
    lists = [
        ("activities", _("Coming up"), Period.FORTNIGHT, 20),
        ("shared", _("Out together"), Period.MONTH, 6),
    ]
    return [
        {
            "type": kind,
            "value": {
                "heading": heading,
                "period": period.value,
                "first": None,
                "last": None,
                "most": most,
                "empty_text": "",
                **({"venues": [], "types": [], "fixed_too": False} if kind == "activities" else {}),
            },
        }
        for kind, heading, period, most in lists
    ]


def free_slug(index: NewsletterIndexPage, title: str) -> str:
    """Return an address part for `title` that no other page below `index` has."""
    wanted = slugify_da(title) or "nyhedsbrev"
    taken = set(index.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def readers_of(topic: Topic, *, now: dt.datetime) -> int:
    """Return how many would get what is sent on `topic` at `now`."""
    return int(Subscriber.objects.receiving(topic, now).count())


def standing_dispatch(page: IssuePage) -> Dispatch | None:
    """Return the sending of `page` that is planned, on its way or done."""
    found: Dispatch | None = Dispatch.objects.not_cancelled().filter(page_id=page.pk).first()
    return found


def reached(pages: Collection[int]) -> set[int]:
    """Return which of these pages (ids) had a sending that was stopped after somebody got it."""
    stopped = Dispatch.objects.filter(page__in=pages, state=DispatchState.CANCELLED)
    totals = stopped.filter(frozen_at__isnull=False).values_list("page", "totals")
    return {
        page for page, found in totals for state in LEFT_US if found.get("states", {}).get(state)
    }


def hindrances(
    page: IssuePage, *, now: dt.datetime, due_at: dt.datetime | None = None
) -> list[tuple[Obstacle, str]]:
    """Return what keeps the newest version of `page` from leaving at `due_at`, `now` if None."""
    return obstacles(state_of(page, now=now, due_at=due_at or now))


def state_of(page: IssuePage, *, now: dt.datetime, due_at: dt.datetime) -> State:
    """Return what there is to know at `now` before the newest version of `page` leaves."""
    newest = newest_version(page)
    index = NewsletterIndexPage.objects.filter(path=page.path[: -page.steplen]).first()
    return State(
        says_something=content_of(newest, now=now).says_something,
        gone_headings=_gone(newest),
        past_headings=_past(newest, local_day(due_at)),
        has_readers=readers_of(newest.topic, now=now) > 0,
        in_approval=page.workflow_in_progress,
        needs_approval=bool(index and index.needs_approval),
        approved=is_approved(page),
        sent=standing_dispatch(page) is not None or page.pk in reached([page.pk]),
    )


def newest_version(page: IssuePage) -> IssuePage:
    """Return `page` as it was last saved, published or not."""
    newest: IssuePage = page.get_latest_revision_as_object()
    return newest


def is_approved(page: IssuePage) -> bool:
    """Whether somebody else has approved exactly the newest version."""
    approved = TaskState.objects.filter(
        revision_id=page.latest_revision_id, status=TaskState.STATUS_APPROVED
    )
    return any(
        state.finished_by_id != state.workflow_state.requested_by_id
        for state in approved.select_related("workflow_state")
    )


@transaction.atomic
def send_issue(
    page: IssuePage, *, due_at: dt.datetime, now: dt.datetime, by: Any = None
) -> Dispatch:
    """Plan the newest version of `page` for everybody who follows its topic, at `due_at`.

    Both moments are aware; `due_at` is `now` for at once. Raises IssueError when something
    hinders. A page that has a sending already keeps that one.
    """
    found = hindrances(page, now=now, due_at=max(due_at, now))
    if found:
        raise IssueError(found)
    newest = newest_version(page)
    return create_dispatch(
        kind=DispatchKind.ISSUE,
        topic=newest.topic,
        subject=newest.subject_line,
        page=page,
        revision=page.latest_revision,
        web_url=public_url(page),
        due_at=max(due_at, now),
        expires_at=max(due_at, now) + FRESH_FOR,
        now=now,
        by=by,
    )


@transaction.atomic
def take_in_changes(page: IssuePage, *, now: dt.datetime) -> bool:
    """Let a sending that has not begun, paused or not, go out as `page` was last saved.

    Return whether there was one: what has begun is never changed. Raises IssueError when the
    newest version could not be sent.
    """
    waiting = Dispatch.objects.filter(
        page_id=page.pk,
        frozen_at__isnull=True,
        state__in=(DispatchState.WAITING, DispatchState.PAUSED),
    )
    planned = waiting.values_list("due_at", flat=True).first()
    state = state_of(page, now=now, due_at=max(planned or now, now))
    found = obstacles(replace(state, sent=page.pk in reached([page.pk])))
    if found:
        raise IssueError(found)
    newest = newest_version(page)
    return bool(
        waiting.update(
            revision_id=page.latest_revision_id, subject=newest.subject_line, topic=newest.topic
        )
    )


def issue_content(dispatch: Dispatch, now: dt.datetime) -> IssueContent | None:
    """Return what a dispatch of an issue says, and put the page on the web as it is sent.

    None when the page has been deleted. Publishing again, here or by hand, sends nothing.
    """
    revision = dispatch.revision
    if revision is None or dispatch.page_id is None:
        return None
    page = IssuePage.objects.filter(pk=dispatch.page_id).first()
    if page is None:
        return None
    live = page.live_revision if page.live else None
    if live is None or live.created_at < revision.created_at:
        revision.publish(user=dispatch.created_by, skip_permission_checks=True)
    return content_of(revision.as_object(), now=now)


def _touched(draft: IssuePage) -> bool:
    return bool(draft.revisions.filter(user__isnull=False).exists())


def _retitle(draft: IssuePage, index: NewsletterIndexPage, now: dt.datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        title = draft_title(draft.topic, now)
    if draft.title != title:
        draft.title, draft.draft_title = title, title
        draft.slug = free_slug(index, title)
        draft.save()
        draft.save_revision(log_action=False)


def _gone(page: IssuePage) -> tuple[str, ...]:
    lists = (child.value for child in page.body if child.block_type == "activities")
    return tuple(value["heading"] for value in lists if None in list(value["venues"]))


def _past(page: IssuePage, today: dt.date) -> tuple[str, ...]:
    lists = (child.value for child in page.body if child.block_type in {"activities", "shared"})
    found = []
    for value in lists:
        _first, last = period_of(value, today)
        if last is None or last < today:
            found.append(value["heading"])
    return tuple(found)
