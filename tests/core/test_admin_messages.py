"""Wagtail's admin in Danish: all of it, and what each fault in the catalogue looks like."""

from pathlib import Path

import pytest
from babel.messages import Message
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext

from core.management.commands.admin_messages import (
    catalogue_path,
    export,
    faults_of,
    gather,
    key,
    message_faults,
    read,
    sources,
)
from core.management.commands.messages import check_compiled

OURS = Path(settings.LOCALE_PATHS[1])


def test_every_message_of_the_installed_packages_has_danish():
    assert faults_of(OURS) == []


def test_catalogue_is_compiled():
    assert check_compiled(OURS) == []


def test_ours_wins_over_what_the_packages_bring():
    assert gettext("Save draft") == "Gem kladde"
    assert gettext("Unpublish") == "Tag ned"


def test_message_that_an_upgrade_adds_is_named(tmp_path):
    for domain in ("django", "djangojs"):
        gather(tmp_path, domain)
    path = catalogue_path(tmp_path, "django")
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    fewer = [block for block in blocks if 'msgid "Save draft"' not in block]
    path.write_text("\n\n".join(fewer), encoding="utf-8")

    assert "django: missing: wagtail.admin: 'Save draft'" in faults_of(tmp_path)


@pytest.mark.parametrize(
    ("message", "faults"),
    [
        (Message("Save", "Gem"), []),
        (Message("Save", ""), ["no Danish"]),
        (Message("Save", "Gem", flags=["fuzzy"]), ["nobody has looked at it"]),
        (Message("Move %(title)s", "Flyt"), ["other placeholders (%(title)s)"]),
        (Message("Move %(a)s", "Flyt %(b)s"), ["other placeholders (%(a)s, %(b)s)"]),
        (Message("A <b>page</b>", "En <i>side</i>"), ["other HTML"]),
        (Message("Text\n", "Tekst"), ["other line breaks at its ends"]),
        (Message(("%(n)s page", "%(n)s pages"), ("En side", "%(n)s sider")), []),
        (
            Message(("%(n)s page", "%(n)s pages"), ("%(n)s side", "")),
            ["no Danish"],
        ),
    ],
)
def test_fault_of_a_message_is_told(message, faults):
    assert list(message_faults(message)) == faults


def test_export_writes_a_file_for_each_package_as_its_project_keeps_it(tmp_path):
    files = export(OURS, tmp_path)

    admin = tmp_path / "wagtail/admin/locale/da/LC_MESSAGES/django.po"
    assert admin in files
    assert read(admin).get("Save draft").string == "Gem kladde"
    assert len(files) == len(sources("django")) + len(sources("djangojs"))


def test_unfit_catalogue_stops_the_check(tmp_path, settings):
    settings.LOCALE_PATHS = [settings.LOCALE_PATHS[0], tmp_path]

    with pytest.raises(CommandError, match="missing: wagtail"):
        call_command("admin_messages", "--check")


# Messages that both catalogues have: ours wins everywhere, so it must say what Wagtail's says. A
# word that means something else to us gets a context of its own.
def test_our_own_catalogue_changes_no_word_of_the_admin_unawares():
    own = read(Path(settings.LOCALE_PATHS[0]) / "da/LC_MESSAGES/django.po")
    differing = {}
    for message in read(catalogue_path(OURS, "django")):
        ours = own.get(key(message), message.context) if message.id else None
        if ours is not None and ours.string != message.string:
            differing[key(message)] = ours.string

    assert differing == {}
