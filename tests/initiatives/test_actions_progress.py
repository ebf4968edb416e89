"""What leaders write about an initiative: what may follow what, and a log that is only added to."""

import datetime as dt

import pytest
from django.utils.translation import override

from directory.actions import merge_venue
from initiatives.actions import (
    confirm_progress,
    correct_last_change,
    progress_at,
    update_progress,
)
from initiatives.actions.refusal import Refused
from initiatives.models import AppendOnlyError, Progress, StatusChange
from initiatives.reading import board_on
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import NOW, make_catalogue, make_progress

START = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_board_of_any_past_day_is_shown_again(home) -> None:
    initiatives, venue = make_catalogue(), make_venue()
    first = make_progress("1a", venue, at=NOW, status="started", agreed_start=START)
    update_progress(first, values={"status": "implemented"}, now=NOW + 10 * DAY)
    square = (initiatives["1a"].pk, venue.pk)

    shown = [board_on((NOW + days * DAY).date()).get(square) for days in (-1, 0, 9, 10)]

    assert [state.status if state else None for state in shown] == [
        None,
        "started",
        "started",
        "implemented",
    ]


def test_status_that_may_not_follow_is_refused_with_what_may(home) -> None:
    make_catalogue()
    progress = make_progress("1a", make_venue())

    with pytest.raises(Refused) as refused:
        update_progress(progress, values={"status": "implemented"}, now=NOW)

    assert refused.value.problems == {
        "status": "“Implemented” cannot follow “Not started”. Choose “Started”, "
        "“Being developed” or “Dropped”."
    }
    assert Progress.objects.get().status == "not_started"


def test_initiative_without_an_end_is_never_implemented(home) -> None:
    make_catalogue()
    progress = make_progress("2a", make_venue(), status="started", agreed_start=START)

    with pytest.raises(Refused) as refused:
        update_progress(progress, values={"status": "implemented"}, now=NOW)

    assert refused.value.problems == {
        "status": "This initiative has no end, so it is never implemented. Choose “In operation”."
    }


def test_joint_initiative_that_needs_no_start_is_put_to_use_at_once(home) -> None:
    make_catalogue()

    progress = make_progress("4a", status="in_operation", agreed_start=START)

    assert (progress.status, progress.venue) == ("in_operation", None)


def test_deadline_before_start_is_refused_and_nothing_is_written(home) -> None:
    make_catalogue()
    progress = make_progress("1a", make_venue())

    with pytest.raises(Refused) as refused:
        update_progress(
            progress,
            values={"status": "started", "agreed_start": START, "agreed_deadline": START - DAY},
            now=NOW,
        )

    assert refused.value.problems == {
        "agreed_deadline": "The deadline lies before the start, March 2, 2026."
    }
    assert Progress.objects.get().agreed_start is None


def test_started_without_agreed_start_is_refused(home) -> None:
    make_catalogue()
    progress = make_progress("1a", make_venue())

    with pytest.raises(Refused) as refused:
        update_progress(progress, values={"status": "started"}, now=NOW)

    assert refused.value.problems == {"agreed_start": "Write the day you agreed to start on."}


def test_two_who_write_at_once_do_not_overwrite_each_other(home) -> None:
    make_catalogue()
    progress = make_progress("1a", make_venue())
    seen = progress.changed_at
    rikke = make_user()
    update_progress(progress, values={"next_step": "Aftal møde"}, by=rikke, now=NOW + DAY)

    with pytest.raises(Refused, match="Rikke Ærøskov changed this") as refused:
        update_progress(progress, values={"next_step": "Andet"}, now=NOW + DAY, seen_at=seen)

    assert list(refused.value.problems) == [""]
    assert Progress.objects.get().next_step == "Aftal møde"


def test_saving_what_stands_there_already_adds_nothing(home) -> None:
    make_catalogue()
    progress = make_progress("1a", make_venue(), status="started", agreed_start=START)

    entry = update_progress(progress, values={"status": "started"}, now=NOW + DAY)

    assert entry is None
    assert progress.changes.count() == 2


def test_mistake_is_put_right_by_an_addition_that_says_why(home) -> None:
    make_catalogue()
    progress = make_progress("1a", make_venue(), status="started", agreed_start=START)
    update_progress(progress, values={"status": "implemented"}, now=NOW + DAY)

    entry = correct_last_change(progress, now=NOW + 2 * DAY, reason="Forkert sted")

    assert (entry.before, entry.after, entry.reason) == (
        {"status": "implemented"},
        {"status": "started"},
        "Forkert sted",
    )
    assert progress.status == "started"
    assert [change.kind for change in progress.changes.all()] == [
        "corrected",
        "changed",
        "changed",
        "created",
    ]


def test_log_is_neither_changed_nor_deleted(home) -> None:
    make_catalogue()
    entry = make_progress("1a", make_venue()).changes.get()

    for attempt in (
        entry.save,
        entry.delete,
        StatusChange.objects.all().delete,
        lambda: StatusChange.objects.update(reason="x"),
    ):
        with pytest.raises(TypeError):
            attempt()

    assert issubclass(AppendOnlyError, TypeError)
    assert StatusChange.objects.count() == 1


def test_history_keeps_the_name_of_somebody_whose_account_is_gone(home) -> None:
    make_catalogue()
    rikke = make_user()
    make_progress("1a", make_venue(), by=rikke)
    rikke.delete()

    entry = StatusChange.objects.get()

    assert (entry.by, entry.by_name) == (None, "Rikke Ærøskov")


def test_confirming_makes_fresh_without_changing_facts(home) -> None:
    make_catalogue()
    progress = make_progress("2a", make_venue(), status="started", agreed_start=START)

    entry = confirm_progress(progress, now=NOW + 40 * DAY)

    assert (entry.kind, progress.confirmed_at) == ("confirmed", NOW + 40 * DAY)


def test_venue_merged_in_mid_year_keeps_its_history_and_takes_no_more(home) -> None:
    initiatives = make_catalogue()
    venue, successor = make_venue(), make_venue("Stuen")
    progress = make_progress("1a", venue, status="started", agreed_start=START)
    merge_venue(venue, successor, on=NOW.date())

    with pytest.raises(Refused, match="Perlen has become part of Stuen"):
        update_progress(progress, values={"status": "implemented"}, now=NOW + DAY)

    assert board_on((NOW + DAY).date())[initiatives["1a"].pk, venue.pk].status == "started"


@pytest.mark.parametrize("number", ["4a", "5a"])
def test_joint_initiative_is_not_kept_at_a_venue(home, number: str) -> None:
    initiatives = make_catalogue()

    with pytest.raises(Refused, match="once, for all venues"):
        progress_at(initiatives[number], make_venue(), now=NOW)


def test_frame_of_2c_is_joint_and_its_work_at_each_venue(home) -> None:
    make_catalogue()

    made = [make_progress("2c"), make_progress("2c", make_venue())]

    assert [progress.venue_id is None for progress in made] == [True, False]
