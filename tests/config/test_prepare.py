"""A ready database is known from its stamp, and the demo's password is kept or given."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from config import prepare
from tests.factories.core import make_user


def test_a_random_password_is_made_once_and_only_its_owner_may_read_it(tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)

    first = prepare.demo_password(tmp_path)

    assert (len(first), prepare.demo_password(tmp_path)) == (12, first)
    assert (tmp_path / "demo_password").stat().st_mode & 0o777 == 0o600


def test_a_given_password_is_used_and_not_stored(tmp_path, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "Regn og kaffe 12")

    assert prepare.demo_password(tmp_path) == "Regn og kaffe 12"
    assert not (tmp_path / "demo_password").exists()


def test_only_demo_accounts_get_the_password_of_today(db):
    make_user("leder@eksempelby.example", password="Gammel kaffe 11")
    make_user("bo@kommune.example", password="Gammel kaffe 11")

    prepare.load_demo("Regn og kaffe 12")

    people = get_user_model().objects
    assert {user.email: user.check_password("Regn og kaffe 12") for user in people.all()} == {
        "leder@eksempelby.example": True,
        "bo@kommune.example": False,
    }


@pytest.mark.parametrize("parts", [[b"ab", b"c"], [b"a", b"bc"], [b"abc"]])
def test_fingerprints_tell_parts_apart(parts):
    others = [[b"ab", b"c"], [b"a", b"bc"], [b"abc"]]
    same = [prepare.fingerprint(parts) == prepare.fingerprint(other) for other in others]

    assert same == [parts == other for other in others]


def test_an_empty_database_has_no_last_migration(tmp_path):
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "none.sqlite3"}

    assert prepare.last_migration(database) == ""


def test_the_last_migration_of_a_database_is_known(db):
    assert int(prepare.last_migration(connection.settings_dict)) > 100
