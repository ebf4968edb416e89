"""Codes and PINs tried from many sides in the same moment."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from staff.actions.devices import PinAnswer, pair, unlock
from staff.models import Device
from tests.factories.devices import make_code, make_paired
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 11, 23, 8, 5, tzinfo=dt.UTC)
SIDES = 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def venue(transactional_db):
    return make_venue()


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Run `act` on several database connections, all beginning in the same moment."""
    start = Barrier(SIDES)

    def run(number: int) -> Any:
        start.wait()
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(SIDES) as pool:
        return list(pool.map(run, range(SIDES)))


def test_a_code_used_from_many_sides_lets_one_in(venue):
    _device, code = make_code(venue, NOW)

    answers = at_once(lambda _number: pair(code, now=NOW))

    assert len([answer for answer in answers if answer]) == 1


def test_of_pins_guessed_from_many_sides_one_is_looked_at(venue):
    device, _secret = make_paired(venue, NOW)
    seen = Device.objects.get(pk=device.pk)

    answers = at_once(lambda number: unlock(seen, f"{number:04}", now=NOW).answer)

    assert Counter(answers) == {PinAnswer.WRONG: 1, PinAnswer.WAIT: SIDES - 1}
    assert Device.objects.get(pk=device.pk).wrong_pins == 1
