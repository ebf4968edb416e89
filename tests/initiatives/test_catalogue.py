"""The catalogue is loaded as it is, and read by those who lead."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from initiatives.actions import load_catalogue, progress_at, save_record
from initiatives.catalogue import DEFAULT, CatalogueError, read_catalogue
from initiatives.domain.catalogue_schema import catalogue_problems
from initiatives.models import GuidingPrinciple, Initiative
from initiatives.public_records import public_sections
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import NOW

COLUMN = {"key": "a", "label_da": "A", "type": ["text"]}
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


@pytest.mark.parametrize(
    ("principle", "problem"),
    [
        ({"number": -1}, "number must be 0 to 32767"),
        ({"number": 10**20}, "number must be 0 to 32767"),
        ({"title_da": 5}, "number or title_da is missing"),
        ({"title_da": "x" * 161}, "title_da is longer than 160 characters"),
    ],
)
def test_landmark_that_cannot_be_stored_is_named(principle: dict, problem: str) -> None:
    data = own_catalogue()
    data["guiding_principles"][0] |= principle

    assert catalogue_problems(data)[0] == f"guiding_principles, number 1: {problem}"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"public_heading_da": None}, "public_heading_da is not text"),
        ({"proposed_done_rule_da": ["Ja"]}, "proposed_done_rule_da is not text"),
        (
            {"record_groups": [{"key": ["a"], "label_da": "A"}]},
            "record record_groups, number 1: key or label_da is missing",
        ),
        (
            {"record": [{"field": "x", "label_da": "X", "kept": ["venue"]}]},
            "record x: kept must be one of channels, exchanges, indicators, meetings, newsletter, "
            "services, shared_activities, venue, venue_page",
        ),
        (
            {"record": [{"field": "x", "label_da": "X", "type": "list", "columns": [COLUMN]}]},
            "record x: column a: type ['text'] cannot stand in a list",
        ),
    ],
)
def test_value_of_another_kind_is_named_and_never_a_crash(values: dict, problem: str) -> None:
    data = own_catalogue()
    data["initiatives"][0] |= values

    assert catalogue_problems(data) == [f"initiative A.1: {problem}"]


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


def own_catalogue() -> dict:
    """Return the file of another municipality: two initiatives of its own, in its own words."""
    time = {"start": {"kind": "immediate"}, "end": {"kind": "none_stated"}, "continuous": True}
    texts = {"problem_da": "Hvorfor", "summary_da": "Hvad", "expected_effect_da": "Virkning"}
    common = {
        **texts,
        "guiding_principle": {"number": 7},
        "owner_role": "venue_leaders",
        "start_year_text": "2027",
        "start_year_min": 2027,
        "start_year_max": 2027,
        "time_perspective": time,
        "requirements": [],
        "builds_on": [],
    }
    record = [
        {"field": "open_nights", "label_da": "Åbne aftener", "type": "integer", "public": True},
        {"field": "what_we_do", "label_da": "Det gør vi", "type": "text", "public": True},
    ]
    return {
        "guiding_principles": [{"number": 7, "title_da": "Åbent om aftenen"}],
        "initiatives": [
            {**common, "number": "A.1", "title_da": "Flere aftener", "record": record},
            {
                **common,
                "number": "A.2",
                "title_da": "Fælles natbus",
                "record": [],
                "reach": "joint",
            },
        ],
    }


def test_another_municipality_loads_its_own_file_and_works_with_it(
    home, client: Client, tmp_path: Path
) -> None:
    path = tmp_path / "egen.json"
    path.write_text(json.dumps(own_catalogue()), encoding="utf-8")
    call_command("load_catalogue", str(path), "--official", stdout=StringIO())
    venue = make_venue()
    client.force_login(make_user(role="venue_leader", venue=venue))

    saved = client.post(
        f"/admin/initiativer/steder/{venue.pk}/A.1/oplysninger/",
        {"open_nights": "3", "what_we_do": "Suppe og spil", "shown": "on"},
    )

    assert saved.status_code == 302
    assert list(Initiative.objects.values_list("number", "reach", "texts_are_summaries")) == [
        ("A.1", "venue", False),
        ("A.2", "joint", False),
    ]
    (section,) = public_sections(venue, NOW)
    assert (section.heading, [(part.label, part.lines) for part in section.parts]) == (
        "Flere aftener",
        [("Åbne aftener", ("3",)), ("Det gør vi", ("Suppe og spil",))],
    )


def test_check_stores_nothing(db: None) -> None:
    told = StringIO()

    call_command("load_catalogue", "--check", stdout=told)

    assert told.getvalue() == "12 initiatives, nothing wrong.\n"
    assert not Initiative.objects.exists()


def test_key_that_stands_twice_is_told_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "twice.json"
    path.write_text('{"number": "1a", "title_da": "A", "title_da": "B"}', encoding="utf-8")

    with pytest.raises(CatalogueError, match="1a: title_da twice"):
        read_catalogue(path)


def test_facts_stay_when_a_catalogue_no_longer_asks_for_them(home) -> None:
    data = read_catalogue()
    load_catalogue(data)
    venue = make_venue()
    progress = progress_at(Initiative.objects.get(number="1b"), venue, now=NOW)
    save_record(progress, {"how_involved": "Husmøde"}, now=NOW)
    data["initiatives"][1]["record"] = data["initiatives"][1]["record"][1:]

    load_catalogue(data)

    progress.refresh_from_db()
    assert progress.record.values == {"how_involved": "Husmøde"}
    assert public_sections(venue, NOW) == []
