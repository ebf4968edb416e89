"""The week's programme as plain content; each reader gets the dates of what they follow."""

import datetime as dt
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from activities.models import Occurrence
from core.wording import day_range, week_text
from newsletter.domain.content import Block, BlockKind, IssueContent, Kind
from newsletter.domain.weeks import WEEK
from newsletter.entries import entries_of

MOST = 1500


def weekly_content(monday: dt.date, *, now: dt.datetime) -> IssueContent:
    """Return the programme of the week from `monday`, as it is known at `now`."""
    sunday = monday + WEEK - dt.timedelta(days=1)
    found = Occurrence.objects.public().on_days(monday, sunday).filter(ends_at__gt=now)
    with translation.override(settings.LANGUAGE_CODE):
        hello = _("Here is what happens this week at the places you follow.")
        return IssueContent(
            subject=weekly_subject(monday),
            preheader=_("What happens from Monday to Sunday at the places you follow."),
            greeting_html=format_html("<p>{}</p>", hello),
            greeting_text=hello,
            blocks=(Block(BlockKind.ACTIVITIES, entries=entries_of(found, now=now, most=MOST)),),
            web_url=week_url(monday),
            kind=Kind.WEEKLY,
        )


def weekly_subject(monday: dt.date) -> str:
    """`Ugens program: uge 49, den 30. november–6. december`."""
    sunday = monday + WEEK - dt.timedelta(days=1)
    words = {"week": week_text(monday), "days": day_range(monday, sunday)}
    return _("This week's programme: %(week)s, %(days)s") % words


def week_url(monday: dt.date) -> str:
    """Return the absolute address of the week in the calendar on the web."""
    days = {"fra": monday, "til": monday + WEEK - dt.timedelta(days=1)}
    query = urlencode({name: day.isoformat() for name, day in days.items()})
    return urljoin(settings.WAGTAILADMIN_BASE_URL, f"/aktiviteter/?{query}")
