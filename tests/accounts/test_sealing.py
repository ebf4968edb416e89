"""The secrets of a second step, encrypted in the database."""

import importlib

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import sealing
from core.models import OutgoingMail
from directory.taxonomy import Role
from tests.factories.core import make_user
from tests.factories.directory import make_venue

EMAIL = "rikke@eksempelby.example"
NEW_KEY = "the key after the change"


@pytest.fixture
def user(home):
    return make_user(EMAIL, role=Role.STAFF, venue=make_venue())


def kept():
    return "".join(str(row.data) for row in Authenticator.objects.all())


def totp_of(user):
    return Authenticator.objects.get(user=user, type="totp").wrap()


def test_neither_secret_nor_codes_lie_there_to_be_read(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).generate_codes()

    assert [word for word in (secret, *codes) if word in kept()] == []
    assert sealing.unseal(totp_of(user).instance.data["secret"]) == secret


def test_the_same_secret_is_sealed_differently_each_time(db):
    assert sealing.seal("hemmelig") != sealing.seal("hemmelig")


def test_a_former_key_still_opens(settings):
    sealed = sealing.seal("hemmelig")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [settings.SECRET_KEY]

    assert sealing.unseal(sealed) == "hemmelig"


def test_what_no_key_opens_is_a_secret_that_nobody_has(user, settings, caplog):
    TOTP.activate(user, generate_totp_secret())
    settings.SECRET_KEY = NEW_KEY
    sealed = totp_of(user).instance.data["secret"]

    assert sealing.unseal(sealed) != sealing.unseal(sealed)
    assert not totp_of(user).validate_code("000000")
    assert "SECRET_KEY" in caplog.text


def test_after_sealing_anew_the_former_key_may_go(user, settings, capsys):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [settings.SECRET_KEY]

    call_command("seal_second_steps")
    settings.SECRET_KEY_FALLBACKS = []

    assert "2 sealed" in capsys.readouterr().out
    assert sealing.unseal(totp_of(user).instance.data["secret"]) == secret


def test_sealing_anew_says_what_it_could_not_open(user, settings):
    TOTP.activate(user, generate_totp_secret())
    before = kept()
    settings.SECRET_KEY = NEW_KEY

    with pytest.raises(CommandError, match="1 are opened by none"):
        call_command("seal_second_steps")

    assert kept() == before


def test_the_migration_seals_what_lay_in_the_clear(user):
    secret = generate_totp_secret()
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    migration = importlib.import_module("accounts.migrations.0003_sealed_second_steps")

    migration.seal(apps, None)
    sealed = kept()
    migration.unseal(apps, None)

    assert secret not in sealed
    assert totp_of(user).instance.data == {"secret": secret}


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.VENUE_LEADER, 302), (Role.AREA_HEAD, 302), (Role.EDITOR, 403)],
)
def test_who_takes_a_lost_second_step_away(user, role, status):
    TOTP.activate(user, generate_totp_secret())
    venue = user.memberships.get().venue
    by = make_user("by@eksempelby.example", role=role, venue=venue if role != "area_head" else None)
    client = Client()
    client.force_login(by)

    answer = client.post(f"/konto/personer/{user.pk}/totrin/")

    taken = status == 302
    assert answer.status_code == status
    assert Authenticator.objects.filter(user=user).exists() != taken
    assert [row.to for row in OutgoingMail.objects.all()] == ([EMAIL] if taken else [])


def test_nobody_takes_away_their_own_a_leaders_or_an_administrators(user):
    venue = user.memberships.get().venue
    leader = make_user("leder@eksempelby.example", role=Role.VENUE_LEADER, venue=venue)
    equal = make_user("to@eksempelby.example", role=Role.VENUE_LEADER, venue=venue)
    admin = make_user("admin@eksempelby.example", admin=True, role=Role.STAFF, venue=venue)
    client = Client()
    client.force_login(leader)
    for person in (leader, equal, admin):
        TOTP.activate(person, generate_totp_secret())

    codes = [
        client.post(f"/konto/personer/{person.pk}/totrin/").status_code
        for person in (leader, equal, admin, user)
    ]

    assert codes == [404] * 4
    assert Authenticator.objects.count() == 3


def test_the_command_line_helps_the_last_administrator(home, capsys):
    TOTP.activate(make_user(EMAIL, admin=True), generate_totp_secret())

    call_command("forget_second_step", EMAIL.upper())

    assert not Authenticator.objects.exists()
    assert EMAIL in capsys.readouterr().out
    for words in (EMAIL, "ingen@eksempelby.example"):
        with pytest.raises(CommandError):
            call_command("forget_second_step", words)
