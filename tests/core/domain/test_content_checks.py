"""Readability, links and pictures: the same cases as for the browser's own counting."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from core.domain.phrases import alt_problem, link_problem
from core.domain.readability import Level, level_of, readability, sentences

CASES = json.loads(
    (Path(__file__).parents[2] / "data" / "content_checks.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: case["name"])
def test_how_hard_a_text_is(case):
    found = readability(case["texts"])

    assert (found and asdict(found) | {"hard_words": list(found.hard_words)}) == case["expected"]


@pytest.mark.parametrize(("text", "problem"), CASES["links"])
def test_what_is_wrong_with_a_link(text, problem):
    assert link_problem(text) == problem


@pytest.mark.parametrize(("text", "problem"), CASES["alts"])
def test_what_is_wrong_with_the_words_for_a_picture(text, problem):
    assert alt_problem(text) == problem


def test_levels_begin_at_35_and_45():
    assert [level_of(lix) for lix in (34, 35, 44, 45)] == [
        Level.EASY,
        Level.MIDDLING,
        Level.MIDDLING,
        Level.HARD,
    ]


def test_an_ordinal_before_a_capital_letter_ends_a_sentence():
    assert sentences("Vi lukker den 3. Kom før.") == ["Vi lukker den 3.", "Kom før."]
