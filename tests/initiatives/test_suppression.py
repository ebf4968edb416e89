"""Nothing that is told, added, subtracted or waited for gives away a few people."""

import datetime as dt
import itertools
from fractions import Fraction

import pytest

from initiatives.domain.suppression import (
    SMALLEST,
    Answers,
    Cell,
    Release,
    Told,
    may_tell_share,
    told_answers,
    told_blocks,
)

MONTHS = [dt.date(2026, month, 1) for month in (1, 2, 3)]
VENUES = [1, 2]


def cells(*people, venue=1, dates=2):
    """One cell a month from January 2026 on; None is a month in which nobody counted."""
    return [
        Cell(venue, dt.date(2026, number, 1), count, dates)
        for number, count in enumerate(people, start=1)
        if count is not None
    ]


def amounts(blocks):
    return [[cell.people for cell in block.cells] for block in blocks]


@pytest.mark.parametrize(
    ("counted", "blocks"),
    [
        ([12, 20], [[12], [20]]),
        ([12, 3, 20], [[12], [3, 20]]),
        ([3, 1, 2, 9], [[3, 1, 2], [9]]),
        ([3, 0, 4], [[0], [3, 4]]),
        ([12, 4], [[12]]),
        ([4], []),
        ([5], [[5]]),
        ([3, None, 8], [[3, 8]]),
    ],
)
def test_a_small_month_waits_for_the_next_with_anybody_in_it(counted, blocks):
    assert amounts(told_blocks(cells(*counted))) == blocks


def test_venues_are_never_told_together():
    both = [*cells(3, 3, venue=1), *cells(4, 4, venue=2)]

    assert amounts(told_blocks(both)) == [[3, 3], [4, 4]]


def test_what_is_told_says_whether_it_is_everything():
    release = Release(cells(12, 3, 20, 4))
    months = [dt.date(2026, month, 1) for month in range(1, 6)]

    assert release.told([1], months[:1]) == Told(12, 2, exact=True)
    assert release.told([1], months[1:2]) == Told(None, 0, exact=False)
    assert release.told([1], months[:3]) == Told(35, 6, exact=True)
    assert release.told([1], months[2:4]) == Told(None, 0, exact=False)
    assert release.told([1], months) == Told(35, 6, exact=False)
    assert release.told([1], months[4:]) == Told(None, 0, exact=True)


def test_a_mean_needs_everything_and_something_to_share_by():
    assert Told(12, 2, exact=True).each == 6
    assert Told(12, 2, exact=False).each is None
    assert Told(None, 0, exact=True).each is None
    assert (Told(None, 0, exact=True).counted, Told(None, 0, exact=False).counted) == (False, True)


def every_question():
    """Every choice of venues with every choice of months: all totals, filters and periods."""
    venue_sets = [set(some) for size in (1, 2) for some in itertools.combinations(VENUES, size)]
    month_sets = [set(some) for size in (1, 2, 3) for some in itertools.combinations(MONTHS, size)]
    return list(itertools.product(venue_sets, month_sets))


QUESTIONS = every_question()


def answers_over_time(all_cells):
    """Every exact answer ever shown, as (which cells, sum): after each month and for ever."""
    found = set()
    for upto in range(1, len(MONTHS) + 1):
        closed = [cell for cell in all_cells if cell.month in MONTHS[:upto]]
        release = Release(closed)
        for venues, months in QUESTIONS:
            answer = release.told(venues, months)
            if answer.exact and answer.people is not None:
                covered = [cell for cell in closed if cell.venue in venues and cell.month in months]
                found.add((frozenset(covered), answer.people))
        # The worst reader knows the rule, and so which blocks an "at least" is a sum of.
        found |= {(frozenset(block.cells), block.people) for block in release.blocks}
    return found


def reduced(rows):
    """Return rows of numbers in echelon form: all that adding and subtracting can give."""
    basis = []
    for row in rows:
        left = [Fraction(value) for value in row]
        for pivot, other in basis:
            if left[pivot]:
                factor = left[pivot]
                left = [a - factor * b for a, b in zip(left, other, strict=True)]
        pivot = next((place for place, value in enumerate(left) if value), None)
        if pivot is not None:
            scale = left[pivot]
            basis.append((pivot, [value / scale for value in left]))
    return basis


def can_be_worked_out(wanted, basis):
    left = [Fraction(value) for value in wanted]
    for pivot, other in basis:
        if left[pivot]:
            factor = left[pivot]
            left = [a - factor * b for a, b in zip(left, other, strict=True)]
    return not any(left)


def few_worked_out(all_cells):
    """Return every group of 1 to 4 people that the answers together give away."""
    told = answers_over_time(all_cells)
    basis = reduced([[cell in covered for cell in all_cells] for covered, _ in told])
    groups = itertools.product([False, True], repeat=len(all_cells))
    return [
        group
        for group in groups
        if 0
        < sum(c.people for c, chosen in zip(all_cells, group, strict=True) if chosen)
        < SMALLEST
        and can_be_worked_out(group, basis)
    ]


TABLES = [
    *itertools.product([1, 3, 4, 6], [1, 4, 9], [2, 5], [12], [3], [1, 20]),
    (3, 3, 3, 3, 3, 3),
    (5, 1, 5, 1, 5, 1),
    (0, 1, 0, 30, 2, 0),
    (40, 4, 40, 40, 40, 40),
]


@pytest.mark.parametrize("people", TABLES)
def test_no_sum_or_difference_of_all_answers_gives_away_a_few(people):
    places = itertools.product(VENUES, MONTHS)
    table = [
        Cell(venue, month, count) for (venue, month), count in zip(places, people, strict=True)
    ]

    assert few_worked_out(table) == []


def test_the_attack_finds_what_plain_hiding_gives_away():
    """The test above can fail: hiding the small cell alone leaves it to be subtracted."""
    table = cells(40, 4, 40)
    told = [set(table), {table[0]}, {table[2]}]
    basis = reduced([[cell in covered for cell in table] for covered in told])

    assert can_be_worked_out([False, True, False], basis)


def test_a_month_that_was_told_is_told_the_same_for_ever():
    counted = [3, 12, 4, 1, 0, 2, 30, 2]

    prefixes = [told_blocks(cells(*counted[:upto])) for upto in range(len(counted) + 1)]

    for earlier, later in itertools.pairwise(prefixes):
        assert set(earlier) <= set(later)


@pytest.mark.parametrize(
    ("people", "agree", "may"),
    [(20, 12, True), (10, 5, True), (20, 19, False), (20, 20, False), (9, 4, False), (4, 2, False)],
)
def test_a_share_needs_enough_people_on_both_sides(people, agree, may):
    assert may_tell_share(Answers(1, people, agree)) is may


def test_answers_that_are_left_out_are_in_no_total():
    enough, few = Answers(1, 20, 12), Answers(2, 6, 5)

    assert told_answers([enough, few]) == [enough]
