"""Records typed by the catalogue, plans side by side, and documents that may be kept."""

import datetime as dt

import pytest

from initiatives.catalogue import read_catalogue
from initiatives.domain.catalogue_schema import catalogue_problems
from initiatives.domain.documents import LARGEST, Upload, document_problem
from initiatives.domain.plans import Line, compare, rank_problems
from initiatives.domain.record_schema import record_problems
from initiatives.domain.records import (
    Column,
    Completeness,
    Kind,
    RecordField,
    completeness,
    fields_of,
    names_a_person,
    public_values,
    record_fields,
    reviews,
)

TASKS = RecordField("tasks", "Opgaver", Kind.LIST, public=True, shown_when="published")
PUBLISHED = RecordField("published", "Vises", Kind.BOOLEAN)


def test_every_record_of_the_catalogue_is_typed_or_kept_elsewhere() -> None:
    found = {}
    for row in read_catalogue()["initiatives"]:
        fields = record_fields(row["record"], row.get("record_groups", []))
        found[row["number"]] = sum(field.kind != Kind.ELSEWHERE for field in fields)

    assert found == {
        "1a": 6,
        "1b": 8,
        "1c": 7,
        "2a": 7,
        "2b": 2,
        "2c": 5,
        "3a": 7,
        "3b": 7,
        "4a": 0,
        "4b": 2,
        "4c": 0,
        "5a": 1,
    }


def test_fields_of_a_group_become_one_list() -> None:
    row = next(row for row in read_catalogue()["initiatives"] if row["number"] == "5a")

    fields = fields_of(record_fields(row["record"], row["record_groups"]), joint=True)

    assert [field for field in fields if field.kind == Kind.LIST] == [
        RecordField(
            "discussions",
            "Drøftelser på ledermøder",
            Kind.LIST,
            joint=True,
            basis="catalogue",
            columns=(
                Column("discussed_at_meeting", "Drøftet på møde den", Kind.MEETING),
                Column("conclusion", "Konklusion/tendens", Kind.TEXT),
            ),
        )
    ]


def test_completeness_asks_only_what_the_catalogue_asks_and_is_not_kept_elsewhere() -> None:
    fields = [
        RecordField("a", "Analyse", Kind.LONG_TEXT, basis="catalogue"),
        RecordField("b", "Antal", Kind.INTEGER, basis="catalogue"),
        RecordField("c", "Ønsker", Kind.LIST, basis="catalogue"),
        RecordField("d", "Kerneopgave", Kind.ELSEWHERE, basis="catalogue", kept="venue_page"),
        RecordField("e", "Næste gennemgang", Kind.DATE),
    ]

    found = completeness(fields, {"b": 0, "c": [], "e": "2026-11-23"})

    assert found == Completeness(filled=1, total=3, missing=("Analyse", "Ønsker"))


def test_tasks_are_public_only_while_the_venue_says_so() -> None:
    rows = [{"title": "Tænd kaffen"}]

    shown = [
        public_values([TASKS, PUBLISHED], {"tasks": rows, "published": value})
        for value in (True, False, None)
    ]

    assert shown == [((TASKS, rows),), (), ()]


def test_days_to_be_reminded_of_come_soonest_first() -> None:
    first = RecordField("review_due", "Næste gennemgang", Kind.DATE, remind=True)
    second = RecordField("plan_review_due", "Planen", Kind.DATE, remind=True)
    other = RecordField("adopted_on", "Vedtaget", Kind.DATE)

    found = reviews(
        [first, second, other],
        {"review_due": "2027-01-05", "plan_review_due": "2026-12-01", "adopted_on": "2025-01-01"},
    )

    assert found == ((second, dt.date(2026, 12, 1)), (first, dt.date(2027, 1, 5)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring til 010190-1234", True),
        ("0101901234", True),
        ("010190 1234", True),
        ("Aftale 990190-1234", False),
        ("Telefon 12 34 56 78", False),
        ("Fra 2026 til 2027", False),
    ],
)
def test_cpr_numbers_are_seen(text: str, found: bool) -> None:
    assert names_a_person(text) is found


def test_problems_of_a_record_are_named_by_key() -> None:
    record = [
        {"field": "a", "label_da": "A", "type": "poem"},
        {"field": "b", "label_da": "B", "type": "choice"},
        {"field": "c", "label_da": "C", "type": "list"},
        {"field": "d", "label_da": "D", "type": "text", "scope": "cross_venue"},
        {"field": "e", "label_da": "E", "type": "text", "kept": "drawer"},
        {"field": "f", "label_da": "F", "type": "text", "group": "g", "remind": True},
        {"field": "a", "label_da": "", "type": "text", "public": "yes", "basis": "ours"},
        "nonsense",
    ]

    assert record_problems(record, []) == [
        ("a", "type poem is not known, or needs kept"),
        ("b", "choices needs code and label_da"),
        ("c", "columns is missing"),
        ("d", "scope is cross_venue, but the initiative's reach is venue"),
        (
            "e",
            "kept must be one of channels, exchanges, indicators, meetings, newsletter, "
            "services, shared_activities, venue, venue_page",
        ),
        ("f", "group g is not in record_groups"),
        ("f", "remind is for a date"),
        ("a", "stands twice"),
        ("a", "label_da is missing"),
        ("a", "basis must be one of catalogue, catalogue_example, proposed"),
        ("a", "public must be true or false"),
        ("record, number 8", "field is missing"),
    ]


def test_problems_of_a_catalogue_name_initiative_and_key() -> None:
    data = read_catalogue()
    first, second, third = data["initiatives"][:3]
    first["time_perspective"]["end"] = {"kind": "some day", "months": 6}
    first["requirements"][0]["strength"] = "maybe"
    second["builds_on"] = ["9z"]
    second["guiding_principle"] = {"number": 8}
    third["start_year_max"] = 2024
    third["number"] = "1 c"

    assert catalogue_problems(data) == [
        "initiative 1a: time_perspective end: kind must be one of finished, fully_implemented, "
        "implemented, no_end_date, none_stated",
        "initiative 1a: requirements, number 1: strength must be one of encouraged, example, may, "
        "must, should",
        "initiative 1b: guiding_principle 8 is not in guiding_principles",
        "initiative 1b: builds_on names 9z, which is not in the file",
        "initiative 1 c: number may hold letters, digits, dots and hyphens only",
        "initiative 1 c: start_year_max lies before start_year_min",
    ]


@pytest.mark.parametrize(
    "value", [None, [], "1a", {"initiatives": {}}, {"initiatives": [], "guiding_principles": 3}]
)
def test_no_catalogue_at_all_is_said_and_never_an_error(value: object) -> None:
    assert catalogue_problems(value)[0].endswith("is missing")


@pytest.mark.parametrize("odd", [None, [], {}, 7, True, "x"])
@pytest.mark.parametrize(
    "key", ["number", "owner_role", "reach", "guiding_principle", "record", "builds_on"]
)
def test_value_of_any_kind_is_a_problem_and_never_an_error(key: str, odd: object) -> None:
    data = read_catalogue()
    data["initiatives"][0][key] = odd

    catalogue_problems(data)

    assert isinstance(catalogue_problems(data), list)


def test_two_plans_side_by_side_show_what_moved_and_what_starts_otherwise() -> None:
    before = [Line("1a", 2025, 2025, 1), Line("2c", 2026, 2027, 2), Line("3b", 2026, 2026, 3)]
    after = [Line("2c", 2026, 2026, 1), Line("1a", 2025, 2025, 2), Line("5a", 2027, 2027, 3)]

    changes = compare(before, after)

    assert [(c.number, c.years_changed, c.places_up, c.changed) for c in changes] == [
        ("2c", True, 1, True),
        ("1a", False, -1, True),
        ("5a", False, 0, True),
        ("3b", False, 0, True),
    ]


def test_rank_that_stands_twice_is_named() -> None:
    assert rank_problems([1, 2, 2, 3, 3, 3]) == (2, 3)


@pytest.mark.parametrize(
    ("upload", "problem"),
    [
        (Upload("plan.pdf", b"%PDF-1.7"), ""),
        (Upload("PLAN.PDF", b"%PDF-1.7"), ""),
        (Upload("plan.docx", b"PK\x03\x04..."), ""),
        (Upload("plan.pdf", b""), "empty"),
        (Upload("plan.pdf", b"x" * (LARGEST + 1)), "too_large"),
        (Upload("plan.exe", b"MZ"), "kind"),
        (Upload("plan", b"%PDF-1.7"), "kind"),
        (Upload("plan.pdf", b"<html>"), "content"),
    ],
)
def test_only_office_documents_that_are_what_they_say_are_kept(
    upload: Upload, problem: str
) -> None:
    assert document_problem(upload) == problem
