"""What a year's meetings and decisions come to, for the report."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.wording import day_month
from initiatives.domain.document import Block, Bullets, Heading, Table
from initiatives.minutes import decision_text
from initiatives.models import ActionPlan, LeadersMeeting, MeetingDecision


def meeting_blocks(year: int) -> Iterator[Block]:
    """Yield the meetings held in `year` whose minutes are fixed, decisions, and plan versions."""
    meetings = list(
        LeadersMeeting.objects.filter(on__year=year, settled_at__isnull=False)
        .select_related("venue_visited")
        .order_by("on", "starts")
    )
    plans = list(ActionPlan.objects.filter(decided_on__year=year).order_by("version"))
    if not meetings and not plans:
        return
    yield Heading(2, _("Meetings and decisions"))
    if meetings:
        yield _meeting_table(meetings)
    decisions = MeetingDecision.objects.filter(meeting__in=meetings).select_related(
        "initiative", "plan", "meeting"
    )
    lines = [
        f"{day_month(decision.meeting.on)}: {decision_text(decision)}"
        for decision in decisions.order_by("meeting__on", "pk")
    ]
    if lines:
        yield Heading(3, _("Decisions"))
        yield Bullets(tuple(lines))
    if plans:
        yield Heading(3, _("Versions of the action plan"))
        yield Table(
            caption=_("Versions of the action plan"),
            columns=(_("Version"), _("Decided on"), _("Decision"), _("Reason")),
            rows=tuple(
                (
                    str(plan.version),
                    day_month(plan.decided_on, year=True),
                    plan.decision,
                    plan.reason,
                )
                for plan in plans
            ),
        )


def _meeting_table(meetings: list[LeadersMeeting]) -> Table:
    return Table(
        caption=_("Leaders' meetings held"),
        columns=(_("Day"), _("Theme"), _("Speaker"), _("Visit")),
        rows=tuple(
            (
                day_month(meeting.on, year=True),
                meeting.theme or "–",
                meeting.speaker or "–",
                ", ".join(
                    part
                    for part in (
                        meeting.venue_visited.title if meeting.venue_visited else "",
                        meeting.visit_elsewhere,
                    )
                    if part
                )
                or "–",
            )
            for meeting in meetings
        ),
    )
