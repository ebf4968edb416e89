"""Every address × every role: nobody gets further than their role, and nothing is forgotten."""

import datetime as dt
import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

import activities.poster.pdf
import core.paper
from pages.demo import load_demo
from tests.accounts.rights import (
    OPEN,
    ROLES,
    addresses,
    ask,
    examples,
    fill_in,
    own_and_other,
    people,
    read_table,
)
from tests.harness.database import new_copy, use

MONDAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)
FILL_IN = bool(os.environ.get("FILL_IN_RIGHTS"))
MAY_NEVER = {"500", "502", "503"}


@contextmanager
def paper_set_once() -> Iterator[None]:
    """Set each document once, not for every role again: the same HTML makes the same file."""

    class Kept:
        def __init__(self, document: Any) -> None:
            self.pages = document.pages
            self.write_pdf = functools.cache(document.write_pdf)

    really = core.paper.laid_out
    kept = functools.cache(lambda html, styles: Kept(really(html, styles)))
    with pytest.MonkeyPatch.context() as patch:
        for module in (core.paper, activities.poster.pdf):
            patch.setattr(module, "laid_out", lambda html, styles: kept(html, tuple(styles)))
        yield


@pytest.fixture(scope="module")
def eksempelby(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[dict, dict]]:
    """A database of its own with the demo, a browser for each role, and rows to ask about."""
    with django_db_blocker.unblock(), time_machine.travel(NOON, tick=False):
        usual = connection.settings_dict["NAME"]
        copy = new_copy("rights")
        try:
            copy.set_up()
            load_demo(MONDAY, "en-lang-adgangskode")
            own, other = own_and_other()
            clients = people(own, other)
            values = examples(own, NOON)
            with django_db_blocker.block(), paper_set_once():
                yield clients, values
        finally:
            copy.tear_down()
            use(usual)


def test_every_address_has_its_row():
    rows = [row.name for row in read_table()]

    assert sorted(rows) == sorted(rows_wanted())


def rows_wanted() -> list[str]:
    return [name for name, _pattern in addresses()]


def test_no_question_is_open():
    asking = [f"{row.name} {row.example}" for row in read_table() if OPEN in row.answers]

    assert asking == [], "run `make rights`, and read every answer it writes"


def test_no_row_expects_a_fault():
    assert [row.name for row in read_table() if MAY_NEVER & set(row.answers)] == []


def test_deactivated_people_get_what_strangers_get():
    stranger, closed = ROLES.index("anonymous"), ROLES.index("deactivated")

    assert [r.name for r in read_table() if r.answers[stranger] != r.answers[closed]] == []


asked: dict[str, dict[str, str]] = {}


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(
    eksempelby: tuple[dict[str, Client], dict[str, Any]], db: None, role: str
) -> None:
    clients, values = eksempelby
    place = ROLES.index(role)

    with time_machine.travel(NOON, tick=False):
        cache.clear()
        answers = {row.example: ask(clients[role], row, values) for row in read_table()}

    asked[role] = answers
    known = {row.example: row.answers[place] for row in read_table()}
    known |= {example: answers[example] for example, told in known.items() if told == OPEN}
    assert answers == known


if FILL_IN:  # only `make rights` writes in the table

    def test_nothing_had_to_be_filled_in(eksempelby: Any) -> None:
        assert fill_in(asked) == [], "read each of these answers, then run the tests again"
