"""The process that reads: it answers as reading does, and is stopped when it takes too much."""

import os
import subprocess
import sys

import pytest

from activities.domain.imports.values import (
    ImportProblem,
    Limits,
    Problem,
)
from activities.importing import process, read_calendar
from activities.importing.transfer import from_bytes, order_text, read_order, to_bytes
from tests.activities.importing.calendars import FIRST, LAST, calendar, event, read

NAMES = ["exchange.ics", "hostile.ics", "private.ics", "unsafe.ics", "cut_off.ics"]


def of(content, **limits):
    return read_calendar(content, first=FIRST, last=LAST, limits=Limits(**limits))


def refused(code):
    return ImportProblem(Problem(code))


@pytest.mark.parametrize("name", NAMES)
def test_the_process_answers_as_reading_does(root, name):
    body = (root / "tests/data/calendars" / name).read_bytes()

    assert of(body) == read(body)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_handed_over_comes_back_the_same(root, name):
    found = read((root / "tests/data/calendars" / name).read_bytes())

    assert from_bytes(to_bytes(found)) == found


def test_an_order_comes_back_the_same():
    limits = Limits(cpu=3, title=20)

    assert read_order(order_text(FIRST, LAST, limits)) == (FIRST, LAST, limits)


def test_a_calendar_that_takes_too_long_is_given_up():
    assert of(calendar(event()), wall=0.001).refused == refused("too_slow")


def test_a_calendar_that_takes_too_much_time_of_the_processor_is_given_up():
    many = calendar(*(event("RRULE:FREQ=DAILY", uid=str(number)) for number in range(900)))

    found = of(many, cpu=1, dates_per_calendar=10_000_000)

    assert (found.refused, found.complete) == (refused("too_slow"), False)


def test_a_calendar_that_takes_too_much_memory_is_given_up():
    body = calendar(event("DESCRIPTION:" + "lang " * 400_000))

    found = of(body, memory=64 * 1024 * 1024, description=10_000_000)

    assert found.refused == refused("too_slow")


def test_a_calendar_that_is_too_large_is_not_even_begun():
    assert of(calendar(event()), body=100).refused == refused("too_large")


def test_the_process_is_given_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hemmelig")

    environment = process._environment()

    assert set(environment) == {"PYTHONPATH", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE"}
    assert environment["PYTHONPATH"] == os.pathsep.join(path for path in sys.path if path)


def test_the_reader_loads_no_django(root):
    script = "import sys, activities.importing.child; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=process._environment(),
    )

    assert done.stdout.strip() == "False"
