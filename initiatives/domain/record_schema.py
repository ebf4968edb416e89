"""What is wrong in a catalogue's `record`, said by key. docs/catalogue-format.md describes the
form; a municipality that writes its own catalogue reads these lines.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from initiatives.domain.records import KINDS, Kind

SCOPES = ("venue", "cross_venue")
BASES = ("catalogue", "catalogue_example", "proposed")
PLACES = frozenset(
    {
        "venue_page",
        "venue",
        "channels",
        "newsletter",
        "shared_activities",
        "meetings",
        "services",
        "indicators",
        "exchanges",
    }
)


def record_problems(
    record: Iterable[Any], groups: Any, *, reach: str = "venue"
) -> list[tuple[str, str]]:
    """Return (key, what is wrong) of a catalogue's `record`, in its order; empty when it is right.

    `reach` is the initiative's: what is kept once has no place in one kept at each venue only.
    """
    known, problems = _group_problems(groups)
    seen: set[str] = set()
    for number, row in enumerate(record, start=1):
        if not isinstance(row, Mapping) or not isinstance(row.get("field"), str):
            problems.append((f"record, number {number}", "field is missing"))
            continue
        key = row["field"]
        if key in seen:
            problems.append((key, "stands twice"))
        seen.add(key)
        problems += [(key, text) for text in _row_problems(row, known, reach)]
    return problems


def _group_problems(groups: Any) -> tuple[list[str], list[tuple[str, str]]]:
    if not isinstance(groups, list):
        return [], [("record_groups", "is not a list")]
    known: list[str] = []
    problems = []
    for number, row in enumerate(groups, start=1):
        named = isinstance(row, Mapping) and all(
            isinstance(row.get(key), str) for key in ("key", "label_da")
        )
        if named:
            known.append(row["key"])
        else:
            problems.append((f"record_groups, number {number}", "key or label_da is missing"))
    return known, problems


def _row_problems(row: Mapping[str, Any], groups: list[str], reach: str) -> list[str]:
    problems = []
    if not isinstance(row.get("label_da"), str) or not row["label_da"]:
        problems.append("label_da is missing")
    problems += _scope_problems(row, reach)
    if row.get("basis", "proposed") not in BASES:
        problems.append(f"basis must be one of {', '.join(sorted(BASES))}")
    if not isinstance(row.get("public", False), bool):
        problems.append("public must be true or false")
    if not isinstance(row.get("public_label_da", ""), str):
        problems.append("public_label_da is not text")
    if row.get("kept") and row["kept"] not in sorted(PLACES):
        problems.append(f"kept must be one of {', '.join(sorted(PLACES))}")
    if row.get("group") and row["group"] not in groups:
        problems.append(f"group {row['group']} is not in record_groups")
    if row.get("remind") and row.get("type") != "date":
        problems.append("remind is for a date")
    return problems + _type_problems(row)


def _scope_problems(row: Mapping[str, Any], reach: str) -> list[str]:
    scope = row.get("scope", "venue")
    if scope not in SCOPES:
        return [f"scope must be one of {', '.join(sorted(SCOPES))}"]
    if row.get("kept"):
        return []
    if scope == "cross_venue" and reach == "venue":
        return ["scope is cross_venue, but the initiative's reach is venue"]
    if scope == "venue" and reach == "joint":
        return ["scope is venue, but the initiative's reach is joint"]
    return []


def _type_problems(row: Mapping[str, Any]) -> list[str]:
    if row.get("kept"):
        return []
    kind = row.get("type")
    if not isinstance(kind, str) or kind not in KINDS:
        return [f"type {kind} is not known, or needs kept"]
    if KINDS[kind] == Kind.CHOICE:
        return _choice_problems(row.get("choices"))
    if KINDS[kind] != Kind.LIST:
        return []
    columns = row.get("columns")
    if not isinstance(columns, list) or not columns:
        return ["columns is missing"]
    return [problem for column in columns for problem in _column_problems(column)]


def _column_problems(column: Any) -> list[str]:
    if not isinstance(column, Mapping) or not {"key", "label_da", "type"} <= set(column):
        return ["a column misses key, label_da or type"]
    kind = column["type"]
    if not isinstance(kind, str) or kind not in KINDS or KINDS[kind] in {Kind.LIST, Kind.VENUES}:
        return [f"column {column['key']}: type {kind} cannot stand in a list"]
    if KINDS[kind] == Kind.CHOICE:
        return [
            f"column {column['key']}: {text}" for text in _choice_problems(column.get("choices"))
        ]
    return []


def _choice_problems(choices: Any) -> list[str]:
    right = isinstance(choices, list) and all(
        isinstance(row, Mapping) and {"code", "label_da"} <= set(row) for row in choices
    )
    return [] if right and choices else ["choices needs code and label_da"]
