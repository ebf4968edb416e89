"""Tells the sending where issues, the week's programme and alerts get what they say.

Asked for when a dispatch is frozen, so it is also the moment at which it is known what it tells
of.
"""

import datetime as dt
from collections.abc import Callable

from newsletter.actions.alerts import content_as_it_leaves
from newsletter.actions.issues import issue_content
from newsletter.actions.mentions import note_mentions
from newsletter.actions.weekly import week_content
from newsletter.alert_content import alert_audience
from newsletter.domain.content import IssueContent
from newsletter.kinds import register_kind
from newsletter.models import Dispatch
from newsletter.sending_taxonomy import DispatchKind

Content = Callable[[Dispatch, dt.datetime], IssueContent | None]


def noting(content_of: Content) -> Content:
    """Return `content_of` with a note of the activities in what it returns."""

    def noted(dispatch: Dispatch, now: dt.datetime) -> IssueContent | None:
        content = content_of(dispatch, now)
        if content is not None:
            note_mentions(dispatch, content)
        return content

    return noted


register_kind(DispatchKind.ISSUE, content=noting(issue_content))
register_kind(DispatchKind.WEEKLY, content=noting(week_content))
register_kind(DispatchKind.ALERT, content=content_as_it_leaves, audience=alert_audience)
