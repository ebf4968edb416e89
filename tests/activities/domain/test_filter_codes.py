"""Filters as short codes: there and back, one code each, and no sense made of nonsense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.domain.filter_codes import ALPHABET, Choice, CodeError, decode, encode

IDS = st.sets(st.integers(0, 50_000), max_size=100).map(lambda ids: tuple(sorted(ids)))
CHOICES = st.builds(
    Choice,
    venues=IDS,
    types=IDS,
    districts=IDS,
    groups=IDS,
    kinds=st.integers(0, 7),
    free=st.booleans(),
    words=st.text(st.characters(codec="utf-8"), max_size=40),
)


def is_code(code: str) -> bool:
    try:
        decode(code)
    except CodeError:
        return False
    return True


@given(CHOICES.filter(lambda choice: sum(map(len, (choice.venues, choice.groups))) < 40))
def test_every_choice_comes_back_from_its_code(choice):
    try:
        code = encode(choice)
        found = decode(code)
    except CodeError:
        assert len(code) > 400
    else:
        assert found == choice
        assert set(code) <= set(ALPHABET)


@given(st.text(ALPHABET, min_size=1, max_size=30))
def test_no_choice_has_two_codes(letters):
    try:
        choice = decode(letters)
    except CodeError:
        return

    assert encode(choice) == letters


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (Choice(), "0m3"),
        (Choice(venues=(7,)), "117x5"),
        (Choice(venues=(12, 4711), types=(6,), districts=(3,), free=True), "r12cvpk11613xj"),
        (Choice(kinds=5), "had9"),
        (Choice(words="Fællesspisning"), "hh1f8v1ucv3ccptr6w39edr6kvm7r2"),
    ],
)
def test_codes_in_the_world_stay_readable(choice, code):
    """People follow these addresses for years: a changed line here breaks theirs."""
    assert (encode(choice), decode(code)) == (code, choice)


@pytest.mark.parametrize(
    "choice",
    [
        Choice(venues=(120_000,)),
        Choice(venues=(2_101, 2_250, 2_399), types=(1, 6), districts=(4,), free=True),
        Choice(groups=(1, 4, 9), kinds=4, types=(0, 13)),
        Choice(venues=(45, 61, 88, 93, 120), kinds=2),
    ],
)
def test_ordinary_choices_have_short_codes(choice):
    assert len(encode(choice)) <= 20


def test_one_wrong_letter_is_no_code_with_few_exceptions():
    code = encode(Choice(venues=(12, 4711), types=(6,), districts=(3,), free=True))

    wrong = [
        code[:place] + letter + code[place + 1 :]
        for place in range(len(code))
        for letter in ALPHABET
        if letter != code[place]
    ]

    assert len([one for one in wrong if is_code(one)]) <= len(wrong) / 100


@pytest.mark.parametrize(
    "code", ["", "0", "00", "abc", "../..", "ABC", "g", "i", "x" * 5000, "æøå", "٣٣٣", "ｆ２2"]
)
def test_nonsense_is_no_code(code):
    assert is_code(code) is False


@pytest.mark.parametrize("venues", [(3, 1), (1, 1), (-1,), tuple(range(101))])
def test_ids_must_be_in_order_and_few(venues):
    with pytest.raises(ValueError):  # noqa: PT011  (the ids are the message)
        encode(Choice(venues=venues))
