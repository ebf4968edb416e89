"""The catalogue is loaded as it is, and read by those who lead."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from initiatives.actions import load_catalogue
from initiatives.catalogue import DEFAULT, CatalogueError, read_catalogue
from initiatives.models import GuidingPrinciple, Initiative
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NUMBERS = ["1a", "1b", "1c", "2a", "2b", "2c", "3a", "3b", "4a", "4b", "4c", "5a"]


def test_the_twelve_initiatives_are_loaded_under_their_principles(db: None) -> None:
    load_catalogue(read_catalogue())

    stored = Initiative.objects.values_list("number", "guiding_principle__number")
    assert list(stored) == [(number, int(number[0])) for number in NUMBERS]
    assert list(GuidingPrinciple.objects.filter(cross_cutting=True).values_list("number")) == [(5,)]


def test_loading_again_changes_texts_and_keeps_rows(db: None) -> None:
    data = read_catalogue()
    load_catalogue(data)
    ids = dict(Initiative.objects.values_list("number", "pk"))
    data["initiatives"][0]["title_da"] = "Kommunens egen titel"

    load_catalogue(data, official=True)

    first = Initiative.objects.get(number="1a")
    assert (first.title, first.texts_are_summaries) == ("Kommunens egen titel", False)
    assert dict(Initiative.objects.values_list("number", "pk")) == ids


def test_every_problem_of_a_file_is_named_by_its_place(tmp_path: Path) -> None:
    data = json.loads(DEFAULT.read_text(encoding="utf-8"))
    del data["initiatives"][0]["title_da"]
    data["initiatives"][1]["owner_role"] = "mayor"
    data["initiatives"][2]["number"] = "1b"
    path = tmp_path / "own.json"
    path.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(CatalogueError) as error:
        read_catalogue(path)

    assert error.value.problems == [
        "initiative 1a: title_da is missing or not str",
        "initiative 1b: owner_role must be one of area_head, venue_leaders",
        "initiatives, number 2: 1b stands twice",
        "initiatives, number 3: 1b stands twice",
    ]


def test_broken_json_names_its_line(db: None, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{\n"initiatives": [,]}', encoding="utf-8")

    with pytest.raises(CommandError, match="line 2"):
        call_command("load_catalogue", str(path))


@pytest.mark.parametrize(
    ("role", "status"),
    [("venue_leader", 200), ("area_head", 200), ("staff", 302), ("editor", 302)],
)
def test_only_those_who_lead_read_the_catalogue(
    home, client: Client, role: str, status: int
) -> None:
    load_catalogue(read_catalogue())
    venue = None if role == "area_head" else make_venue()
    client.force_login(make_user(role=role, venue=venue))

    answers = [
        client.get("/admin/initiativer/katalog/"),
        client.get("/admin/initiativer/katalog/1a/"),
    ]

    assert [answer.status_code for answer in answers] == [status, status]
