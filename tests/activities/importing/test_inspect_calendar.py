"""`manage.py inspect_calendar`: what an import would take."""

import json

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def inspect(root, capsys):
    """Inspect a calendar in tests/data/calendars and return what was printed."""

    def run(name, *options):
        path = str(root / "tests/data/calendars" / name)
        call_command("inspect_calendar", path, "--from=2027-01-01", "--to=2028-01-01", *options)
        return capsys.readouterr().out

    return run


def test_a_calendar_is_told_as_json(inspect):
    told = json.loads(inspect("private.ics", "--json"))

    assert told["occ"] == [
        ["utc", 1805014800],
        ["utc", 1804669200, "private"],
        ["utc", 1804755600, "busy"],
    ]
    assert (told["ok"], told["error"], told["events"], told["complete"]) == (True, None, 3, True)
    assert [(each["code"], each["title"]) for each in told["problems"]] == [
        ("private", ""),
        ("busy", "Optaget"),
    ]


def test_whole_days_are_told_as_days(inspect):
    told = json.loads(inspect("exchange.ics", "--json"))

    assert told["occ"][-1] == ["date", "2027-05-08"]


def test_a_refused_file_is_an_answer_with_a_reason(inspect):
    told = json.loads(inspect("tasks_only.ics", "--json"))

    assert (told["ok"], told["occ"]) == (False, [])
    assert told["error"]


def test_a_calendar_is_told_to_a_person(inspect):
    told = inspect("cut_off.ics").splitlines()

    assert told[0] == "2027-04-01 10:00-11:00 Hel"
    assert [line.split(":")[0] for line in told[1:]] == ["✗ 10", "· 0"]


def test_days_in_the_wrong_order_are_refused(root):
    with pytest.raises(CommandError):
        call_command("inspect_calendar", "x.ics", "--from=2027-01-02", "--to=2027-01-02")


def test_a_missing_file_is_an_error():
    with pytest.raises(CommandError, match="findes-ikke"):
        call_command("inspect_calendar", "findes-ikke.ics")


@pytest.mark.parametrize("url", ["http://127.0.0.1/x.ics", "file:///etc/passwd", ""])
def test_an_address_that_is_not_public_is_an_error(url):
    with pytest.raises(CommandError):
        call_command("inspect_calendar", "--url", url)
