"""A round from opening to lock, and what is refused on the way."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.models import VenueMove
from initiatives.actions.refusal import Refused
from initiatives.actions.rounds import (
    add_correction,
    answer_entry,
    carry_over,
    lock_round,
    move_deadline,
    open_round,
)
from initiatives.domain.rounds import Half, Place
from initiatives.domain.snapshot import Answer, CellCopy, SnapshotError
from initiatives.freezing import stored_snapshot
from initiatives.models import FollowUpAnswer, FollowUpEntry, FollowUpRound, SealedError
from initiatives.round_reading import round_state
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue, make_progress
from tests.factories.pages import SiteTree

NOW = timezone.make_aware(dt.datetime(2026, 11, 23, 9, 30))
SPRING = timezone.make_aware(dt.datetime(2026, 5, 4, 9))
DEADLINE = dt.date(2026, 12, 4)
AUTUMN = Half(2026, 2)
ANSWER = {
    "start": "yes",
    "start_text": "Vi gik i gang i august.",
    "development": "partly",
    "development_text": "Personalet har været samlet to gange.",
    "implementation": "later",
    "implementation_text": "",
}


def test_round_asks_each_venue_and_joint_matters_once(home: SiteTree) -> None:
    make_catalogue()
    perlen, stuen = make_venue("Perlen"), make_venue("Stuen")

    opened = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)

    asked = {entry.place for entry in FollowUpEntry.objects.filter(round=opened)}
    joint = {place.initiative for place in asked if place.venue is None}
    at_perlen = {place.initiative for place in asked if place.venue == perlen.pk}
    assert joint == {"2c", "4a", "5a"}
    assert at_perlen == {"1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4b", "4c"}
    assert {place.venue for place in asked} == {None, perlen.pk, stuen.pk}


def test_round_of_a_half_year_is_opened_once(home: SiteTree) -> None:
    make_catalogue()
    make_venue()
    first = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)
    lock_round(first, now=NOW, despite_missing=True)

    with pytest.raises(Refused) as refusal:
        open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)

    assert list(refusal.value.problems) == ["half"]
    assert FollowUpRound.objects.count() == 1


def test_second_round_waits_until_the_first_is_locked(home: SiteTree) -> None:
    make_catalogue()
    make_venue()
    open_round(Half(2026, 1), deadline_on=DEADLINE, now=NOW)

    with pytest.raises(Refused):
        open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpRound.objects.create(year=2026, half=2, opened_on=NOW.date(), deadline_on=DEADLINE)

    assert FollowUpRound.objects.count() == 1


@pytest.mark.parametrize(
    ("half", "deadline", "field"),
    [
        (AUTUMN, dt.date(2026, 11, 22), "deadline_on"),
        (AUTUMN, dt.date(2026, 11, 25), "deadline_on"),
        (AUTUMN, dt.date(2027, 6, 1), "deadline_on"),
        (Half(2027, 1), DEADLINE, "half"),
    ],
)
def test_round_that_cannot_be_is_refused(
    home: SiteTree, half: Half, deadline: dt.date, field: str
) -> None:
    make_catalogue()
    make_venue()

    with pytest.raises(Refused) as refusal:
        open_round(half, deadline_on=deadline, now=NOW)

    assert list(refusal.value.problems) == [field]
    assert not FollowUpRound.objects.exists()


def test_answers_are_added_and_the_newest_counts(home: SiteTree) -> None:
    catalogue, venue = make_catalogue(), make_venue()
    hanne = make_user("hanne@eksempelby.example")
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)

    first = answer_entry(asked, catalogue["1a"], venue, ANSWER, by=hanne, now=NOW)
    again = answer_entry(asked, catalogue["1a"], venue, ANSWER, by=hanne, now=NOW)
    later = NOW + dt.timedelta(hours=1)
    second = answer_entry(
        asked, catalogue["1a"], venue, ANSWER | {"implementation": "yes"}, by=hanne, now=later
    )

    state = round_state(asked, NOW.date())
    entry = asked.entries.get(initiative=catalogue["1a"], venue=venue)
    assert again is None
    assert state.answers == {entry.pk: second}
    assert list(entry.answers.all()) == [second, first]
    assert "1a" not in state.missing_at(venue.pk)


def test_answer_without_a_choice_is_refused(home: SiteTree) -> None:
    catalogue, venue = make_catalogue(), make_venue()
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)

    with pytest.raises(Refused) as refusal:
        answer_entry(asked, catalogue["1a"], venue, ANSWER | {"start": "måske"}, now=NOW)

    assert list(refusal.value.problems) == ["start"]
    assert not FollowUpAnswer.objects.exists()


def test_answer_over_somebody_elses_is_refused(home: SiteTree) -> None:
    catalogue, venue = make_catalogue(), make_venue()
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)
    answer_entry(asked, catalogue["1a"], venue, ANSWER, now=NOW)

    with pytest.raises(Refused):
        answer_entry(asked, catalogue["1a"], venue, ANSWER | {"start": "no"}, now=NOW, seen=0)

    assert [answer.start for answer in FollowUpAnswer.objects.all()] == ["yes"]


def test_last_answers_are_taken_over_where_there_are_none(home: SiteTree) -> None:
    catalogue, venue = make_catalogue(), make_venue()
    spring = open_round(Half(2026, 1), deadline_on=dt.date(2026, 6, 1), now=SPRING)
    answer_entry(spring, catalogue["1a"], venue, ANSWER, now=SPRING)
    answer_entry(spring, catalogue["1b"], venue, ANSWER, now=SPRING)
    lock_round(spring, now=SPRING, despite_missing=True)
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)
    answer_entry(asked, catalogue["1b"], venue, ANSWER | {"start": "no"}, now=NOW)

    taken = carry_over(asked, venue, now=NOW)

    found = {
        (answer.entry.initiative.number, answer.start, answer.carried_over)
        for answer in FollowUpAnswer.objects.filter(entry__round=asked)
    }
    assert taken == 1
    assert found == {("1a", "yes", True), ("1b", "no", False)}


def test_lock_keeps_a_copy_of_answers_and_board(home: SiteTree) -> None:
    catalogue, venue = make_catalogue(), make_venue()
    make_progress(
        "1a",
        venue,
        status="developing",
        agreed_start=dt.date(2026, 3, 1),
        agreed_deadline=dt.date(2026, 9, 1),
        responsible="Værestedsleder",
    )
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)
    answer_entry(asked, catalogue["1a"], venue, ANSWER, now=NOW)

    locked = lock_round(asked, now=NOW, despite_missing=True)

    copy = stored_snapshot(locked)
    assert copy.cell("1a", venue.pk) == CellCopy(
        initiative="1a",
        venue=venue.pk,
        status="developing",
        agreed_start=dt.date(2026, 3, 1),
        agreed_deadline=dt.date(2026, 9, 1),
        responsible="Værestedsleder",
        answers={
            "start": Answer("yes", "Vi gik i gang i august."),
            "development": Answer("partly", "Personalet har været samlet to gange."),
            "implementation": Answer("later", ""),
        },
        answered_on=NOW.date(),
    )
    assert (copy.asked, copy.missing) == (13, 12)


def test_lock_with_missing_answers_wants_a_yes(home: SiteTree) -> None:
    make_catalogue()
    make_venue()
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)

    with pytest.raises(Refused):
        lock_round(asked, now=NOW)

    assert FollowUpRound.objects.get().running


def test_locked_round_refuses_every_way_to_change_it(home: SiteTree) -> None:
    catalogue, venue = make_catalogue(), make_venue()
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)
    answer = answer_entry(asked, catalogue["1a"], venue, ANSWER, now=NOW)
    stale = FollowUpRound.objects.get()
    locked = lock_round(asked, now=NOW, despite_missing=True)
    frozen = FollowUpRound.objects.values().get()
    entry = answer.entry
    new = FollowUpAnswer(entry=entry, start="no", development="no", implementation="no", at=NOW)
    stale.deadline_on = dt.date(2027, 1, 1)

    for attempt in (
        stale.save,
        locked.save,
        locked.delete,
        entry.save,
        entry.delete,
        new.save,
        lambda: FollowUpRound.objects.update(snapshot=None),
        lambda: FollowUpRound.objects.all().delete(),
        lambda: FollowUpRound.objects.bulk_update([stale], ["deadline_on"]),
        lambda: FollowUpEntry.objects.update(venue=None),
        lambda: FollowUpEntry.objects.bulk_create([FollowUpEntry(round=locked)]),
        lambda: FollowUpAnswer.objects.bulk_create([new]),
    ):
        with pytest.raises(SealedError), transaction.atomic():
            attempt()
    for refused in (
        lambda: answer_entry(asked, catalogue["1a"], venue, ANSWER | {"start": "no"}, now=NOW),
        lambda: carry_over(asked, venue, now=NOW),
        lambda: move_deadline(asked, DEADLINE, now=NOW),
        lambda: lock_round(asked, now=NOW, despite_missing=True),
    ):
        with pytest.raises(Refused):
            refused()

    assert FollowUpRound.objects.values().get() == frozen
    assert list(FollowUpAnswer.objects.all()) == [answer]


def test_snapshot_changed_in_the_database_is_noticed(home: SiteTree) -> None:
    make_catalogue()
    make_venue()
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)
    locked = lock_round(asked, now=NOW, despite_missing=True)
    locked.snapshot["missing"] = 0

    with pytest.raises(SnapshotError):
        stored_snapshot(locked)


def test_correction_stands_beside_the_locked_round(home: SiteTree) -> None:
    catalogue, venue = make_catalogue(), make_venue()
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)

    with pytest.raises(Refused):
        add_correction(asked, "Det var i september.", now=NOW)
    locked = lock_round(asked, now=NOW, despite_missing=True)
    before = dict(locked.snapshot)
    added = add_correction(
        locked, "Det var i september.", initiative=catalogue["1a"], venue=venue, now=NOW
    )

    assert list(locked.corrections.all()) == [added]
    assert FollowUpRound.objects.get().snapshot == before


def test_venue_merged_while_the_round_runs_hands_its_questions_on(home: SiteTree) -> None:
    catalogue = make_catalogue()
    perlen, stuen = make_venue("Perlen"), make_venue("Stuen")
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)
    kept = answer_entry(asked, catalogue["1a"], stuen, ANSWER, now=NOW)
    VenueMove.objects.create(venue=stuen, kind="merged", on=dt.date(2026, 12, 1), successor=perlen)
    later = NOW + dt.timedelta(days=9)

    with pytest.raises(Refused):
        answer_entry(asked, catalogue["1b"], stuen, ANSWER, now=later)
    answer_entry(asked, catalogue["1b"], perlen, ANSWER, now=later)
    state = round_state(asked, later.date())
    locked = lock_round(asked, now=later, despite_missing=True)

    copy = stored_snapshot(locked)
    assert state.missing_at(stuen.pk) == []
    assert state.missing_at(perlen.pk) == ["1a", "1c", "2a", "2b", "2c", "3a", "3b", "4b", "4c"]
    assert Place("1a", stuen.pk) == kept.entry.place
    assert copy.cell("1a", stuen.pk).answers["start"] == Answer("yes", "Vi gik i gang i august.")
    assert [(venue.name, venue.became) for venue in copy.venues] == [
        ("Perlen", ""),
        ("Stuen", "Perlen"),
    ]


def test_venue_opened_while_the_round_runs_may_inherit_but_is_not_missing(
    home: SiteTree,
) -> None:
    catalogue, stuen = make_catalogue(), make_venue("Stuen")
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)
    new = make_venue("Nyhuset")

    with pytest.raises(Refused):
        answer_entry(asked, catalogue["1a"], new, ANSWER, now=NOW)
    VenueMove.objects.create(venue=stuen, kind="merged", on=NOW.date(), successor=new)
    answer = answer_entry(asked, catalogue["1a"], new, ANSWER, now=NOW)

    state = round_state(asked, NOW.date())
    assert answer.entry.venue == new
    assert "1a" not in state.missing_at(new.pk)
    assert "1b" in state.missing_at(new.pk)


def test_deadline_moves_while_the_round_runs(home: SiteTree) -> None:
    make_catalogue()
    make_venue()
    asked = open_round(AUTUMN, deadline_on=DEADLINE, now=NOW)

    move_deadline(asked, dt.date(2026, 12, 11), now=NOW)
    with pytest.raises(Refused):
        move_deadline(asked, dt.date(2026, 11, 22), now=NOW)

    assert FollowUpRound.objects.get().deadline_on == dt.date(2026, 12, 11)
