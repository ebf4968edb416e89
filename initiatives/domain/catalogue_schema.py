"""What is wrong in an initiative catalogue: one line for each problem, naming initiative and key.
docs/catalogue-format.md describes the form.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from initiatives.domain.record_schema import record_problems

OWNERS = ("venue_leaders", "area_head")
REACHES = ("venue", "joint", "both")
STRENGTHS = ("must", "should", "encouraged", "may", "example")
STARTS = ("immediate", "within_months", "implemented_immediately")
ENDS = ("finished", "implemented", "fully_implemented", "none_stated", "no_end_date")
NEEDED: Mapping[str, type] = {
    "number": str,
    "title_da": str,
    "owner_role": str,
    "start_year_text": str,
    "start_year_min": int,
    "start_year_max": int,
    "time_perspective": dict,
    "problem_da": str,
    "summary_da": str,
    "expected_effect_da": str,
    "requirements": list,
    "record": list,
    "builds_on": list,
}
LONGEST = {"number": 4, "title_da": 200, "start_year_text": 40, "public_heading_da": 80}
LONGEST_PRINCIPLE = 160
LARGEST_PRINCIPLE = 32767
PERHAPS_TEXT = ("public_heading_da", "proposed_done_rule_da")
NUMBER = re.compile(r"[0-9A-Za-zÆØÅæøå.-]+")
YEARS = range(2000, 2101)
MOST_MONTHS = 240


def catalogue_problems(data: Any) -> list[str]:
    """Return every problem in a catalogue as it was read from JSON, in the file's order."""
    if not isinstance(data, dict) or not isinstance(data.get("initiatives"), list):
        return ["initiatives: a list of initiatives is missing"]
    principles, problems = _principles(data)
    rows = data["initiatives"]
    numbers = [row.get("number") for row in rows if isinstance(row, dict)]
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            problems.append(f"initiatives, number {place}: not an object")
            continue
        name = f"initiative {row.get('number', f'number {place}')}"
        problems += [f"{name}: {text}" for text in _initiative(row, principles, numbers)]
        if numbers.count(row.get("number")) > 1:
            problems.append(f"initiatives, number {place}: {row.get('number')} stands twice")
    return problems


def _principles(data: Mapping[str, Any]) -> tuple[list[int | None], list[str]]:
    """Return the numbers that an initiative may name; None where there is a cross-cutting group."""
    rows, group = data.get("guiding_principles"), data.get("cross_cutting_group")
    if not isinstance(rows, list) or not rows:
        return [], ["guiding_principles: a list is missing"]
    known: list[int | None] = []
    problems = []
    named = [(f"guiding_principles, number {n}", row) for n, row in enumerate(rows, start=1)]
    if group is not None:
        named.append(("cross_cutting_group", group))
        known.append(None)
    for place, row in named:
        if not (isinstance(row, dict) and _number(row.get("number")) and _title(row)):
            problems.append(f"{place}: number or title_da is missing")
        elif not 0 <= row["number"] <= LARGEST_PRINCIPLE:
            problems.append(f"{place}: number must be 0 to {LARGEST_PRINCIPLE}")
        elif len(row["title_da"]) > LONGEST_PRINCIPLE:
            problems.append(f"{place}: title_da is longer than {LONGEST_PRINCIPLE} characters")
        elif row["number"] in known:
            problems.append(f"{place}: number {row['number']} stands twice")
        else:
            known.append(row["number"])
    return known, problems


def _title(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("title_da"), str) and bool(row["title_da"])


def _initiative(
    row: Mapping[str, Any], principles: list[int | None], numbers: list[Any]
) -> Iterator[str]:
    wrong = {key for key, kind in NEEDED.items() if not _is(row.get(key), kind)}
    yield from (
        f"{key} is missing or not {kind.__name__}" for key, kind in NEEDED.items() if key in wrong
    )
    yield from _texts(row)
    if row.get("owner_role") not in OWNERS:
        yield f"owner_role must be one of {', '.join(sorted(OWNERS))}"
    if row.get("reach", "venue") not in REACHES:
        yield f"reach must be one of {', '.join(sorted(REACHES))}"
    yield from _principle(row.get("guiding_principle"), principles)
    if not wrong & {"start_year_min", "start_year_max"}:
        yield from _years(row["start_year_min"], row["start_year_max"])
    if "time_perspective" not in wrong:
        yield from _time(row["time_perspective"])
    if "requirements" not in wrong:
        yield from _requirements(row["requirements"])
    if "builds_on" not in wrong:
        yield from (
            f"builds_on names {other}, which is not in the file"
            for other in row["builds_on"]
            if other not in numbers
        )
    if "record" not in wrong:
        found = record_problems(
            row["record"], row.get("record_groups", []), reach=row.get("reach", "venue")
        )
        yield from (f"record {key}: {text}" for key, text in found)


def _texts(row: Mapping[str, Any]) -> Iterator[str]:
    number = row.get("number")
    if isinstance(number, str) and not NUMBER.fullmatch(number):
        yield "number may hold letters, digits, dots and hyphens only"
    yield from (
        f"{key} is not text" for key in PERHAPS_TEXT if not isinstance(row.get(key, ""), str)
    )
    for key, longest in LONGEST.items():
        if isinstance(row.get(key), str) and len(row[key]) > longest:
            yield f"{key} is longer than {longest} characters"


def _principle(value: Any, known: list[int | None]) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "guiding_principle is missing or not dict"
    elif value.get("number") not in known:
        number = value.get("number")
        place = "cross_cutting_group" if number is None else "guiding_principles"
        yield f"guiding_principle {number} is not in {place}"


def _years(first: int, last: int) -> Iterator[str]:
    if first not in YEARS or last not in YEARS:
        yield "start_year_min and start_year_max must be years from 2000 to 2100"
    elif last < first:
        yield "start_year_max lies before start_year_min"


def _time(perspective: Mapping[str, Any]) -> Iterator[str]:
    for part, kinds in (("start", STARTS), ("end", ENDS)):
        value = perspective.get(part)
        if not isinstance(value, dict) or value.get("kind") not in kinds:
            yield f"time_perspective {part}: kind must be one of {', '.join(sorted(kinds))}"
            continue
        months = value.get("months")
        if months is not None and not (_number(months) and 0 <= months <= MOST_MONTHS):
            yield f"time_perspective {part}: months must be 0 to {MOST_MONTHS}, or null"
    for key in ("continuous", "no_end_date"):
        if not isinstance(perspective.get(key, False), bool):
            yield f"time_perspective {key} must be true or false"


def _requirements(rows: list[Any]) -> Iterator[str]:
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get("text_da"), str):
            yield f"requirements, number {place}: text_da is missing"
        elif row.get("strength") not in STRENGTHS:
            yield (
                f"requirements, number {place}: strength must be one of "
                f"{', '.join(sorted(STRENGTHS))}"
            )


def _is(value: Any, kind: type) -> bool:
    return _number(value) if kind is int else isinstance(value, kind)


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
