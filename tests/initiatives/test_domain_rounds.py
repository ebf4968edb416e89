"""Who is missing in a round, and what a snapshot is as JSON. No database."""

import datetime as dt
import json

import pytest

from initiatives.domain.comparison import Change, changes, counts, left_venues, new_venues, rows_of
from initiatives.domain.rounds import (
    Half,
    Place,
    answering_venue,
    deadline_problem,
    half_of,
    missing_places,
)
from initiatives.domain.snapshot import (
    Answer,
    CellCopy,
    InitiativeCopy,
    Snapshot,
    SnapshotError,
    VenueCopy,
    from_json,
    to_json,
)

ONE = InitiativeCopy(
    number="2c",
    title="Aktiviteter på tværs",
    principle=2,
    owner="Værestedslederne",
    summary="Stederne går sammen.",
    is_summary=True,
    joint=True,
    at_venues=True,
    continuous=True,
    start_text="2026-2027",
)


def copy(venues: tuple[VenueCopy, ...], *cells: CellCopy) -> Snapshot:
    return Snapshot(
        name="Opfølgning, andet halvår 2026",
        year=2026,
        half=2,
        opened_on=dt.date(2026, 11, 2),
        deadline_on=dt.date(2026, 12, 4),
        locked_on=dt.date(2026, 12, 7),
        principles={2: "Meningsfulde fællesskaber"},
        initiatives=(ONE,),
        venues=venues,
        cells=cells,
        asked=3,
        missing=1,
    )


def test_half_year_knows_its_days_and_the_one_before() -> None:
    assert half_of(dt.date(2026, 6, 30)) == Half(2026, 1)
    assert half_of(dt.date(2026, 7, 1)) == Half(2026, 2)
    assert Half(2026, 1).before == Half(2025, 2)
    assert Half(2026, 2).days == (dt.date(2026, 7, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("deadline", "problem"),
    [
        (dt.date(2026, 11, 1), "before_start"),
        (dt.date(2026, 11, 4), "too_soon"),
        (dt.date(2026, 11, 5), ""),
        (dt.date(2027, 3, 2), ""),
        (dt.date(2027, 3, 3), "too_late"),
    ],
)
def test_deadline_lies_between_three_days_and_four_months(deadline: dt.date, problem: str) -> None:
    assert deadline_problem(dt.date(2026, 11, 2), deadline) == problem


def test_chain_of_mergers_ends_at_its_last_venue_and_a_circle_ends() -> None:
    assert answering_venue(1, {1: 2, 2: 3}) == 3
    assert answering_venue(4, {1: 2}) == 4
    assert answering_venue(1, {1: 2, 2: 1}) == 2


def test_two_merged_venues_leave_one_question_to_their_heir() -> None:
    asked = [Place("1a", 1), Place("1a", 2), Place("1b", 1), Place("4a")]

    missing = missing_places(asked, {Place("1b", 1)}, {1: 3, 2: 3})

    assert missing == [Place("1a", 3), Place("4a")]


def test_heir_that_has_answered_misses_nothing() -> None:
    asked = [Place("1a", 1), Place("1a", 2)]

    assert missing_places(asked, {Place("1a", 2)}, {1: 2}) == []


def test_snapshot_comes_back_from_json_text_as_it_was() -> None:
    answers = {"start": Answer("yes", "Vi er i gang."), "development": Answer("no", "")}
    cell = CellCopy(
        "2c",
        7,
        "started",
        dt.date(2026, 2, 1),
        None,
        "Leder",
        "Ring",
        answers,
        dt.date(2026, 11, 9),
    )
    snapshot = copy((VenueCopy(7, "Perlen", "Kommunen"),), cell, CellCopy("2c", None, "paused"))

    assert from_json(json.loads(json.dumps(to_json(snapshot)))) == snapshot


@pytest.mark.parametrize("broken", [None, [], {"format": 2}, {"format": 1}])
def test_what_is_no_snapshot_is_refused(broken: object) -> None:
    with pytest.raises(SnapshotError):
        from_json(broken)


def test_joint_row_stands_first_and_the_years_are_compared_by_venue() -> None:
    before = copy(
        (VenueCopy(1, "Perlen"), VenueCopy(2, "Anker"), VenueCopy(3, "Gamle")),
        CellCopy("2c", None, "started"),
        CellCopy("2c", 1, "developing"),
        CellCopy("2c", 2, "started"),
    )
    now = copy(
        (VenueCopy(1, "Perlen"), VenueCopy(2, "Anker", became="Perlen"), VenueCopy(4, "Ny")),
        CellCopy("2c", None, "in_operation"),
        CellCopy("2c", 1, "started"),
        CellCopy("2c", 2, "started"),
        CellCopy("2c", 4, "not_started"),
    )

    rows = rows_of(ONE, now, before)

    assert [(row.venue, row.status, row.change) for row in rows] == [
        ("", "in_operation", Change.FORWARD),
        ("Perlen", "started", Change.BACK),
        ("Ny", "not_started", Change.NEW),
    ]
    assert counts(rows, ("started", "in_operation")) == (1, 1)
    assert changes(rows) == {Change.NEW: 1, Change.FORWARD: 1, Change.BACK: 1}
    assert left_venues(now, before) == [("Anker", "Perlen"), ("Gamle", "")]
    assert new_venues(now, before) == ["Ny"]
