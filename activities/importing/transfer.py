"""How the reading process hands over what it found: JSON, each text once however many its dates.

Not pickle: what comes from a process that reads foreign bytes is only ever data.
"""

import datetime as dt
import json
from dataclasses import asdict, fields
from typing import Any

from activities.domain.imports.values import (
    HeldDate,
    Imported,
    ImportedEvent,
    ImportProblem,
    Limits,
    Problem,
)

OUT_OF_MEMORY = 3  # exit status of the reading process

_SHARED = ("title", "description", "location", "url", "categories", "geo")
_OWN = tuple(each.name for each in fields(ImportedEvent) if each.name not in _SHARED)
_TIMES = ("starts", "ends", "starts_local", "ends_local")


def order_text(first: dt.date, last: dt.date, limits: Limits) -> str:
    """What to read, for the command line of the reading process."""
    return json.dumps({"first": str(first), "last": str(last), "limits": asdict(limits)})


def read_order(text: str) -> tuple[dt.date, dt.date, Limits]:
    """The days and limits in an `order_text`."""
    order = json.loads(text)
    days = (dt.date.fromisoformat(order[name]) for name in ("first", "last"))
    return *days, Limits(**order["limits"])  # type: ignore[return-value]


def to_bytes(imported: Imported) -> bytes:
    """`imported` as JSON."""
    shared: dict[tuple[Any, ...], int] = {}
    rows = []
    for event in imported.events:
        texts = tuple(getattr(event, name) for name in _SHARED)
        row = [_plain(getattr(event, name)) for name in _OWN]
        rows.append([shared.setdefault(texts, len(shared)), *row])
    told = {
        "shared": list(shared),
        "events": rows,
        "problems": [_problem_row(each) for each in imported.problems],
        "held": [[_plain(value) for value in _values(each)] for each in imported.held],
        "refused": imported.refused and _problem_row(imported.refused),
        "name": imported.name,
        "entries": imported.entries,
        "outside": imported.outside,
        "complete": imported.complete,
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def from_bytes(body: bytes) -> Imported:
    """What `to_bytes` wrote. Raises ValueError, KeyError, TypeError or IndexError otherwise."""
    told = json.loads(body)
    shared = [_shared_of(each) for each in told["shared"]]
    return Imported(
        events=tuple(_event(row, shared) for row in told["events"]),
        problems=tuple(_problem(each) for each in told["problems"]),
        held=tuple(_held(each) for each in told["held"]),
        refused=_problem(told["refused"]) if told["refused"] else None,
        name=told["name"],
        entries=told["entries"],
        outside=told["outside"],
        complete=told["complete"],
    )


def _values(row: Any) -> list[Any]:
    return [getattr(row, each.name) for each in fields(row)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _shared_of(values: list[Any]) -> dict[str, Any]:
    texts = dict(zip(_SHARED, values, strict=True))
    texts["categories"] = tuple(texts["categories"])
    texts["geo"] = tuple(texts["geo"]) if texts["geo"] else None
    return texts


def _event(row: list[Any], shared: list[dict[str, Any]]) -> ImportedEvent:
    own = dict(zip(_OWN, row[1:], strict=True))
    own.update((name, dt.datetime.fromisoformat(own[name])) for name in _TIMES)
    return ImportedEvent(**own, **shared[row[0]])


def _problem_row(problem: ImportProblem) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(problem).items()}


def _problem(told: dict[str, Any]) -> ImportProblem:
    on = dt.date.fromisoformat(told["on"]) if told["on"] else None
    return ImportProblem(**{**told, "code": Problem(told["code"]), "on": on})


def _held(row: list[Any]) -> HeldDate:
    code, starts, starts_local, all_day = row
    read = dt.datetime.fromisoformat
    return HeldDate(Problem(code), read(starts), read(starts_local), all_day)
