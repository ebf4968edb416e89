"""Shared devices: let in once, unlocked by PIN, throttled each by itself, shut out."""

import datetime as dt

import pytest

from directory.actions import merge_venue
from staff.actions.devices import (
    PinAnswer,
    is_unlocked,
    new_code,
    note_use,
    pair,
    rename,
    set_pin,
    shut_out,
    unlock,
)
from staff.devices import device_acts, log_of
from staff.domain.pins import pin_problem, shown_code, typed_code, wait_after
from staff.models import Device
from tests.factories.core import make_user
from tests.factories.devices import PIN, make_code, make_paired
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 11, 23, 8, 5, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def perlen(home):
    return make_venue("Perlen")


@pytest.fixture
def leader(perlen):
    return make_user(role="venue_leader", venue=perlen)


@pytest.fixture
def device(perlen):
    return make_paired(perlen, NOW)[0]


def fresh(device):
    return Device.objects.get(pk=device.pk)


def try_pins(device, pins, at):
    """Type PINs one after another, each as soon as the wait allows; return the answers."""
    answers = []
    for pin in pins:
        now = max(at, fresh(device).wait_until or at)
        answers.append(unlock(fresh(device), pin, now=now).answer)
    return answers


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("4711", ""),
        ("902133", ""),
        ("123", "digits"),
        ("1234567", "digits"),
        ("12a4", "digits"),
        ("١٢٣٥", "digits"),
        ("0000", "easy"),
        ("1234", "easy"),
        ("9876", "easy"),
    ],
)
def test_a_pin_is_four_to_six_digits_and_not_too_easy(pin, problem):
    assert pin_problem(pin) == problem


def test_each_wrong_pin_after_the_second_costs_twice_the_wait():
    waits = [wait_after(wrong).total_seconds() for wrong in range(9)]

    assert waits == [0, 0, 0, 30, 60, 120, 240, 480, 900]


def test_a_code_is_read_however_it_is_typed():
    code = "K7PM4XQD"

    assert shown_code(code) == "K7PM-4XQD"
    assert [typed_code(text) for text in ("k7pm-4xqd", " K7PM 4XQD ", "k7pm4xqd")] == [code] * 3


def test_a_code_lets_one_device_in_and_is_used_up(perlen):
    made, code = make_code(perlen, NOW)

    device, secret = pair(code, now=NOW)
    again = pair(code, now=NOW)

    assert (device.pk, again, len(secret)) == (made.pk, None, 43)
    assert fresh(device).let_in_at == NOW


@pytest.mark.parametrize("minutes", [15, 16])
def test_a_code_ends_after_a_quarter_of_an_hour(perlen, minutes):
    _device, code = make_code(perlen, NOW)

    assert pair(code, now=NOW + minutes * MINUTE) is None
    assert pair(code, now=NOW + 14 * MINUTE) is not None


def test_a_new_code_makes_the_old_one_stop(perlen, leader):
    device, old = make_code(perlen, NOW)
    new = new_code(device, by=leader, now=NOW)

    assert [pair(old, now=NOW), pair(new, now=NOW)[0]] == [None, device]


def test_nothing_secret_is_stored(perlen):
    _device, code = make_code(perlen, NOW)
    device, secret = pair(code, now=NOW)
    token = unlock(fresh(device), PIN, now=NOW).token

    stored = " ".join(str(value) for value in Device.objects.values_list().get())

    assert [word in stored for word in (code, secret, token, PIN)] == [False] * 4


def test_the_pin_unlocks_for_a_quarter_of_an_hour_after_the_last_use(device):
    token = unlock(device, PIN, now=NOW).token
    at = [is_unlocked(fresh(device), token, now=NOW + n * MINUTE) for n in (0, 14, 15)]

    note_use(fresh(device), now=NOW + 14 * MINUTE)

    assert at == [True, True, False]
    assert is_unlocked(fresh(device), token, now=NOW + 28 * MINUTE)


def test_an_unlocking_ends_the_one_before(device):
    first = unlock(device, PIN, now=NOW).token
    second = unlock(fresh(device), PIN, now=NOW).token

    open_now = [is_unlocked(fresh(device), token, now=NOW) for token in (first, second, "")]

    assert open_now == [False, True, False]


def test_wrong_pins_slow_down_and_then_need_the_leader(device, leader):
    answers = try_pins(device, ["0001"] * 10, NOW)
    right = unlock(fresh(device), PIN, now=NOW + dt.timedelta(days=1)).answer

    set_pin(fresh(device), "8350", by=leader, now=NOW)

    assert answers == [PinAnswer.WRONG] * 9 + [PinAnswer.BLOCKED]
    assert right == PinAnswer.BLOCKED
    assert unlock(fresh(device), "8350", now=NOW).answer == PinAnswer.OPEN


def test_the_right_pin_waits_too_and_makes_wrong_ones_forgotten(device):
    try_pins(device, ["0001", "0002", "0003"], NOW)

    early = unlock(fresh(device), PIN, now=NOW + dt.timedelta(seconds=29))
    later = unlock(fresh(device), PIN, now=NOW + dt.timedelta(seconds=30))

    wait_until = NOW + dt.timedelta(seconds=30)
    assert (early.answer, early.wait_until) == (PinAnswer.WAIT, wait_until)
    assert (later.answer, fresh(device).wrong_pins) == (PinAnswer.OPEN, 0)


def test_guesses_in_parallel_count_as_one_at_a_time(device):
    same_moment = [fresh(device) for _ in range(20)]

    answers = [unlock(seen, f"{n:04}", now=NOW).answer for n, seen in enumerate(same_moment)]

    assert answers == [PinAnswer.WRONG] + [PinAnswer.WAIT] * 19
    assert fresh(device).wrong_pins == 1


def test_one_blocked_device_locks_no_other(perlen, device):
    other, _secret = make_paired(perlen, NOW, name="Kontoret")
    try_pins(device, ["0001"] * 10, NOW)

    assert fresh(device).blocked
    assert unlock(fresh(other), PIN, now=NOW).answer == PinAnswer.OPEN


def test_a_pin_outlives_the_sites_key_where_the_old_one_is_kept(device, settings):
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    without = unlock(fresh(device), PIN, now=NOW).answer

    settings.SECRET_KEY_FALLBACKS = [old]

    assert without == PinAnswer.WRONG
    assert unlock(fresh(device), PIN, now=NOW).answer == PinAnswer.OPEN


def test_a_new_pin_locks_the_device(device, leader):
    token = unlock(device, PIN, now=NOW).token

    set_pin(fresh(device), "8350", by=leader, now=NOW)

    assert not is_unlocked(fresh(device), token, now=NOW)
    assert unlock(fresh(device), PIN, now=NOW).answer == PinAnswer.WRONG


def test_a_device_shut_out_can_be_let_in_again_with_a_new_code(device, leader):
    shut_out(device, by=leader, now=NOW)
    out = Device.objects.let_in(NOW.date()).exists()

    pair(new_code(fresh(device), by=leader, now=NOW), now=NOW)

    assert not out
    assert Device.objects.let_in(NOW.date()).get() == device
    assert fresh(device).shut_out_at is None


def test_a_device_goes_out_with_its_venue(perlen, device):
    assert list(Device.objects.let_in(NOW.date())) == [device]

    perlen.unpublish()

    assert list(Device.objects.let_in(NOW.date())) == []


def test_a_device_goes_out_when_its_venue_becomes_a_part_of_another(perlen, device):
    merge_venue(perlen, make_venue("Kahytten"), on=dt.date(2026, 11, 24))

    standing = [list(Device.objects.let_in(dt.date(2026, 11, day))) for day in (23, 24)]

    assert standing == [[device], []]


def test_a_code_of_an_unpublished_venue_lets_nothing_in(perlen):
    _device, code = make_code(perlen, NOW)
    perlen.unpublish()

    assert pair(code, now=NOW) is None


def test_the_log_tells_what_leaders_did_with_the_device(perlen, leader):
    device, code = make_code(perlen, NOW, by=leader)
    pair(code, now=NOW + MINUTE)
    rename(fresh(device), "Kontoret", by=leader, now=NOW + 2 * MINUTE)
    shut_out(fresh(device), by=leader, now=NOW + 3 * MINUTE)

    acts = [(act.kind, act.by, act.text) for act in log_of(device)]

    assert acts == [
        ("shut_out", leader, ""),
        ("renamed", leader, "Køkkenet → Kontoret"),
        ("let_in", None, ""),
        ("code", leader, ""),
    ]
    assert device_acts(perlen, NOW + MINUTE).count() == 3
    assert device_acts(make_venue("Kahytten"), NOW).count() == 0
