"""A newsletter from the first draft to the moment it leaves."""

import datetime as dt

import pytest
from wagtail.models import Workflow

from core.models import OutgoingMail
from directory.taxonomy import Role
from newsletter.actions.issues import (
    IssueError,
    hindrances,
    prepare_drafts,
    send_issue,
    start_draft,
    take_in_changes,
)
from newsletter.actions.sending import cancel, freeze_due, pause
from newsletter.domain.readiness import Obstacle
from newsletter.models import Delivery, Dispatch, Fragment, IssuePage, Mention
from newsletter.sending_taxonomy import DispatchState, StoppedWhy
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.issues import activities_block, make_issue, make_newsletters
from tests.factories.newsletter import make_reader, topic

NOW = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)  # a Monday
LATER = NOW + dt.timedelta(days=2)


@pytest.fixture
def index(home):
    return make_newsletters(home.home)


@pytest.fixture
def reader(home):
    return make_reader("aase@example.org", topic())


def editor(name):
    return make_user(f"{name}@eksempelby.example", role=Role.COMMUNICATION)


def approve(page, *, asks, answers):
    """Let `asks` submit the newest version, and `answers` approve it."""
    state = page.get_workflow().start(page, asks)
    state.current_task_state.approve(user=answers)


def test_a_new_draft_is_filled_with_lists_of_the_coming_time(index):
    draft = start_draft(topic(), index=index, now=NOW, by=editor("rikke"))

    lists = [(part.block_type, part.value["heading"], part.value["period"]) for part in draft.body]
    assert (draft.title, draft.slug, draft.live) == (
        "Nyt fra værestederne, uge 9",
        "nyt-fra-vaerestederne-uge-9",
        False,
    )
    assert lists == [("activities", "Det sker", "14"), ("shared", "Ud sammen", "31")]


def test_a_second_draft_of_the_week_gets_an_address_of_its_own(index):
    start_draft(topic(), index=index, now=NOW)

    assert start_draft(topic(), index=index, now=NOW).slug == "nyt-fra-vaerestederne-uge-9-2"


def test_a_draft_lies_ready_for_each_topic_and_follows_the_weeks_until_somebody_writes(index):
    assert prepare_drafts(now=NOW) == 2
    assert prepare_drafts(now=NOW + dt.timedelta(days=7)) == 0

    titles = IssuePage.objects.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["Nyt fra værestederne, uge 10", "Til personalet, uge 10"]


def test_a_draft_somebody_has_written_in_keeps_its_title(index):
    prepare_drafts(now=NOW)
    for draft in IssuePage.objects.all():
        draft.save_revision(user=editor(f"rikke{draft.pk}"))

    prepare_drafts(now=NOW + dt.timedelta(days=7))

    titles = IssuePage.objects.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["Nyt fra værestederne, uge 9", "Til personalet, uge 9"]


def test_an_issue_is_published_when_it_is_sent_and_not_before(index, reader):
    issue = make_issue(index)
    dispatch = send_issue(issue, due_at=LATER, now=NOW, by=editor("rikke"))

    freeze_due(now=NOW)
    before = IssuePage.objects.get().live
    freeze_due(now=LATER)

    dispatch.refresh_from_db()
    assert (before, IssuePage.objects.get().live) == (False, True)
    assert (dispatch.state, dispatch.due_at, dispatch.web_url) == (
        DispatchState.SENDING,
        LATER,
        "https://fristed.example/nyhedsbrev/nyt-fra-vaerestederne/",
    )
    assert list(Delivery.objects.values_list("subscriber", flat=True)) == [reader.pk]


def test_publishing_again_sends_nothing_again(index, reader):
    issue = make_issue(index)
    first = send_issue(issue, due_at=NOW, now=NOW)
    freeze_due(now=NOW)

    issue = IssuePage.objects.get()
    issue.save_revision().publish()
    freeze_due(now=LATER)

    assert list(Dispatch.objects.all()) == [first]
    with pytest.raises(IssueError) as refused:
        send_issue(issue, due_at=NOW, now=NOW)
    assert refused.value.found == [(Obstacle.ALREADY_SENT, "")]


def test_what_was_stopped_before_anybody_got_it_can_be_sent_again(index, reader):
    issue = make_issue(index)
    first = send_issue(issue, due_at=LATER, now=NOW)
    cancel(first, now=NOW)

    second = send_issue(issue, due_at=NOW, now=NOW)

    assert second != first


def test_what_was_stopped_after_somebody_got_it_is_never_sent_again(index, reader):
    issue = make_issue(index)
    first = send_issue(issue, due_at=NOW, now=NOW)
    freeze_due(now=NOW)
    Delivery.objects.update(state="sent")
    cancel(first, now=NOW)

    assert hindrances(issue, now=NOW) == [(Obstacle.ALREADY_SENT, "")]


def test_the_mail_says_what_the_letter_said_when_it_was_planned_unless_told_else(index, reader):
    issue = make_issue(index)
    dispatch = send_issue(issue, due_at=LATER, now=NOW)
    planned = issue.latest_revision
    issue.subject = "Et nyt emne"
    issue.save_revision()

    before = Dispatch.objects.get().revision
    taken = take_in_changes(issue, now=NOW)

    dispatch.refresh_from_db()
    assert (before, taken) == (planned, True)
    assert (dispatch.revision, dispatch.subject) == (issue.latest_revision, "Et nyt emne")


def test_a_sending_that_was_paused_before_it_began_takes_in_changes(index, reader):
    issue = make_issue(index)
    dispatch = send_issue(issue, due_at=LATER, now=NOW)
    pause(dispatch, now=NOW)
    issue.subject = "Et nyt emne"
    issue.save_revision()

    taken = take_in_changes(issue, now=NOW)

    dispatch.refresh_from_db()
    assert (taken, dispatch.subject) == (True, "Et nyt emne")


def test_what_has_begun_is_not_changed(index, reader):
    issue = make_issue(index)
    dispatch = send_issue(issue, due_at=NOW, now=NOW)
    freeze_due(now=NOW)
    issue = IssuePage.objects.get()
    issue.save_revision()

    assert take_in_changes(issue, now=NOW) is False
    assert Dispatch.objects.get().revision == dispatch.revision


def test_an_empty_letter_to_nobody_with_old_days_and_a_closed_venue_names_all_of_it(index):
    gone = make_venue("Lukket sted")
    past = activities_block(heading="I fjor", period="dates", first="2026-03-01", last="2026-03-07")
    closed = activities_block(heading="Hos os", venues=[gone.pk])
    issue = make_issue(index, "Nyt", past, closed, greeting="")
    gone.delete()

    assert hindrances(IssuePage.objects.get(pk=issue.pk), now=NOW) == [
        (Obstacle.NO_CONTENT, ""),
        (Obstacle.GONE_VENUE, "Hos os"),
        (Obstacle.PAST_PERIOD, "I fjor"),
        (Obstacle.EMPTY_TOPIC, ""),
    ]


def test_a_list_whose_days_are_over_when_the_letter_leaves_is_refused(index, reader):
    week = activities_block(heading="Ugen", period="dates", first="2027-03-01", last="2027-03-02")
    old, issue = make_issue(index, "Nyt", week), make_issue(index)
    send_issue(issue, due_at=LATER, now=NOW)
    issue.body = old.body
    issue.save_revision()

    with pytest.raises(IssueError) as planned:
        send_issue(old, due_at=LATER, now=NOW)
    with pytest.raises(IssueError) as taken_in:
        take_in_changes(issue, now=NOW)

    over = [(Obstacle.PAST_PERIOD, "Ugen")]
    assert (planned.value.found, taken_in.value.found) == (over, over)
    assert send_issue(old, due_at=LATER - dt.timedelta(days=1), now=NOW).page_id == old.pk


def test_where_approval_is_needed_somebody_else_must_have_read_the_newest_version(home, reader):
    index = make_newsletters(home.home, needs_approval=True)
    issue = make_issue(index)
    asks, answers = editor("rikke"), editor("yrsa")

    before = hindrances(issue, now=NOW)
    state = issue.get_workflow().start(issue, asks)
    waiting = hindrances(issue, now=NOW)
    state.current_task_state.approve(user=answers)
    approved = hindrances(issue, now=NOW)
    issue.save_revision(user=asks)

    assert (before, waiting, approved) == (
        [(Obstacle.NOT_APPROVED, "")],
        [(Obstacle.IN_APPROVAL, "")],
        [],
    )
    assert hindrances(issue, now=NOW) == [(Obstacle.NOT_APPROVED, "")]


def test_approving_publishes_nothing(index, reader):
    issue = make_issue(index)

    approve(issue, asks=editor("rikke"), answers=editor("yrsa"))

    assert IssuePage.objects.get().live is False


def test_who_may_approve_follows_from_membership_and_nobody_approves_their_own(index, home):
    issue = make_issue(index)
    asks, other = editor("rikke"), editor("yrsa")
    venue_editor = make_user("bo@eksempelby.example", role=Role.EDITOR, venue=make_venue())
    issue.get_workflow().start(issue, asks)
    task = issue.current_workflow_task

    people = {"asks": asks, "other": other, "venue editor": venue_editor}
    may = {name: bool(task.get_actions(issue, user)) for name, user in people.items()}
    waits = {
        name: task.get_task_states_user_can_moderate(user).count() for name, user in people.items()
    }

    assert may == {"asks": False, "other": True, "venue editor": False}
    assert waits == {"asks": 0, "other": 1, "venue editor": 0}


def test_only_newsletters_go_round_to_a_colleague(home, index):
    venue = make_venue()

    assert (home.home.has_workflow, venue.has_workflow, index.has_workflow) == (False, False, True)
    assert [flow.name for flow in Workflow.objects.active()] == ["Godkendelse af nyhedsbreve"]


def test_a_deleted_letter_ends_its_sending_without_a_mail(index, reader):
    issue = make_issue(index)
    dispatch = send_issue(issue, due_at=LATER, now=NOW)
    issue.delete()

    freeze_due(now=LATER)

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.stopped_why) == (DispatchState.DONE, StoppedWhy.EMPTY)
    assert Delivery.objects.count() == 0


def test_what_a_sending_told_of_is_noted_for_the_activities_channels(index, reader):
    activity = make_activity(make_venue(), "Suppe", schedules=[make_schedule(dt.date(2027, 3, 2))])
    issue = make_issue(index, "Nyt", activities_block())
    dispatch = send_issue(issue, due_at=NOW, now=NOW)

    freeze_due(now=NOW)

    noted = Mention.objects.values_list("dispatch", "activity", "dates")
    assert list(noted) == [(dispatch.pk, activity.pk, 2)]
    assert Fragment.objects.filter(occurrence_id__isnull=False).count() == 2


def test_approval_is_asked_for_and_answered_by_mail_and_nobody_mails_themselves(index):
    issue = make_issue(index)
    asks, answers = editor("rikke"), editor("yrsa")
    make_user("admin@eksempelby.example", admin=True)
    make_user("bo@eksempelby.example", role=Role.EDITOR, venue=make_venue())

    state = issue.get_workflow().start(issue, asks)
    asked = set(OutgoingMail.objects.values_list("to", "subject"))
    OutgoingMail.objects.all().delete()
    state.current_task_state.reject(user=answers, comment="Husk prisen.")
    refused = OutgoingMail.objects.get()

    title = "“Nyt fra værestederne”"
    assert asked == {
        ("yrsa@eksempelby.example", f"Læs og godkend {title}"),
        ("admin@eksempelby.example", f"Læs og godkend {title}"),
    }
    assert (refused.to, refused.subject) == ("rikke@eksempelby.example", f"{title} skal rettes")
    assert "Husk prisen." in refused.text
    assert f"/admin/pages/{issue.pk}/edit/" in refused.text
