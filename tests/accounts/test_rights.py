"""Every address × every role: nobody gets further than their role, and nothing is forgotten."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from pages.demo import load_demo
from tests.accounts.rights import (
    ROLES,
    addresses,
    ask,
    examples,
    own_and_other,
    people,
    read_table,
)
from tests.harness.database import new_copy, use

MONDAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)
MAY_NEVER = {"500", "502", "503"}


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
            values = examples(own)
            with django_db_blocker.block():
                yield clients, values
        finally:
            copy.tear_down()
            use(usual)


def test_every_address_has_its_row():
    rows = [row.name for row in read_table()]

    assert sorted(rows) == sorted(rows_wanted())


def rows_wanted() -> list[str]:
    return [name for name, _pattern in addresses()]


def test_no_row_expects_a_fault():
    assert [row.name for row in read_table() if MAY_NEVER & set(row.answers)] == []


def test_deactivated_people_get_what_strangers_get():
    stranger, closed = ROLES.index("anonymous"), ROLES.index("deactivated")

    assert [r.name for r in read_table() if r.answers[stranger] != r.answers[closed]] == []


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

    assert answers == {row.example: row.answers[place] for row in read_table()}
