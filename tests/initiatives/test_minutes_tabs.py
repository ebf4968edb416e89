"""Two people write the minutes of one meeting: neither takes the other's words away."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.actions import Refused
from initiatives.actions.meetings import add_item, call_meeting, write_minutes
from initiatives.actions.minutes import settle_minutes
from initiatives.models import LeadersMeeting
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = timezone.make_aware(dt.datetime(2026, 11, 23, 9, 30))


@pytest.fixture
def meeting(home):
    values = {"on": NOW.date(), "starts": dt.time(9), "ends": dt.time(12), "place": "Rådhuset"}
    return call_meeting(values, now=NOW)


@pytest.fixture
def items(meeting):
    return [add_item(meeting, title) for title in ("Aftenerne", "Økonomi")]


@pytest.fixture
def leader(client, home):
    client.force_login(make_user(role="venue_leader", venue=make_venue()))
    return client


def save(leader, meeting, saw, wrote):
    """Send the form as filled with `saw`, after writing `wrote`; both by point."""
    sent = {f"said-{item.pk}": text for item, text in (saw | wrote).items()}
    sent |= {f"seen-{item.pk}": text for item, text in saw.items()}
    address = reverse("initiatives_meeting_minutes", args=[meeting.pk])
    return leader.post(address, sent)


def said(meeting):
    return dict(meeting.items.exclude(said="").values_list("title", "said"))


def test_two_people_write_under_different_points(leader, meeting, items):
    saw = dict.fromkeys(meeting.items.all(), "")
    save(leader, meeting, saw, {items[0]: "Vi prøver torsdage."})

    save(leader, meeting, saw, {items[1]: "Budgettet holder."})

    assert said(meeting) == {"Aftenerne": "Vi prøver torsdage.", "Økonomi": "Budgettet holder."}


def test_words_that_somebody_wrote_meanwhile_are_not_written_over(leader, meeting, items):
    saw = dict.fromkeys(meeting.items.all(), "")
    save(leader, meeting, saw, {items[0]: "Vi prøver torsdage."})

    answer = save(leader, meeting, saw, {items[0]: "Ingen aftener."})

    assert said(meeting) == {"Aftenerne": "Vi prøver torsdage."}
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"said-{items[0].pk}"]
    assert "Ingen aftener." in answer.content.decode()


def test_a_point_that_came_later_keeps_its_words(leader, meeting, items):
    saw = dict.fromkeys(meeting.items.all(), "")
    later = add_item(meeting, "Sommerfest")
    save(leader, meeting, {later: ""}, {later: "Den 20. juni."})

    save(leader, meeting, saw, {items[0]: "Vi prøver torsdage."})

    assert said(meeting) == {"Aftenerne": "Vi prøver torsdage.", "Sommerfest": "Den 20. juni."}


def test_a_point_can_be_emptied_again(leader, meeting, items):
    saw = dict.fromkeys(meeting.items.all(), "")
    save(leader, meeting, saw, {items[0]: "Vi prøver torsdage."})

    save(leader, meeting, saw | {items[0]: "Vi prøver torsdage."}, {items[0]: ""})

    assert said(meeting) == {}


def test_the_page_says_what_the_form_was_filled_with(leader, meeting, items):
    page = leader.get(reverse("initiatives_meeting_minutes", args=[meeting.pk])).content.decode()

    assert f'name="seen-{items[0].pk}"' in page


def test_minutes_are_not_fixed_without_what_was_written_a_moment_ago(meeting, items):
    opened = LeadersMeeting.objects.get(pk=meeting.pk)
    write_minutes(meeting, {}, present=[], also_present="Projektlederen")

    with pytest.raises(Refused):
        settle_minutes(opened, now=NOW)

    meeting.refresh_from_db()
    assert (meeting.settled_at, meeting.also_present) == (None, "Projektlederen")
