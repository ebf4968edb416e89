"""Reading an initiative catalogue from its JSON file, and saying exactly what is wrong in it.

The format is described in docs/catalogue-format.md; `initiatives/catalogue.json` is the one that
comes with Fristed. Another municipality writes its own.
"""

import json
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).with_name("catalogue.json")

OWNERS = {"venue_leaders", "area_head"}
NEEDED = {
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


class CatalogueError(ValueError):
    """The file cannot be used; each of `problems` is one line naming the place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_catalogue(path: Path = DEFAULT) -> dict[str, Any]:
    """Return the catalogue in `path` as it stands, checked.

    Raises CatalogueError with every problem found: the line of a JSON error, or the initiative
    and key of a value that is missing or of the wrong kind.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError([f"{path}: {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise CatalogueError([f"{path}: the file is not UTF-8"]) from None
    except json.JSONDecodeError as error:
        raise CatalogueError([f"{path}: line {error.lineno}: {error.msg}"]) from None
    problems = list(_problems(data))
    if problems:
        raise CatalogueError(problems)
    return data


def _problems(data: Any) -> list[str]:
    if not isinstance(data, dict) or not isinstance(data.get("initiatives"), list):
        return ["initiatives: a list of initiatives is missing"]
    problems = []
    principles = data.get("guiding_principles")
    if not isinstance(principles, list) or not principles:
        problems.append("guiding_principles: a list is missing")
    numbers = [row.get("number") for row in data["initiatives"] if isinstance(row, dict)]
    for place, row in enumerate(data["initiatives"], start=1):
        if not isinstance(row, dict):
            problems.append(f"initiatives, number {place}: not an object")
            continue
        problems += _problems_of(row, place)
        if numbers.count(row.get("number")) > 1:
            problems.append(f"initiatives, number {place}: {row.get('number')} stands twice")
    return problems


def _problems_of(row: dict[str, Any], place: int) -> list[str]:
    name = row.get("number", f"number {place}")
    problems = [
        f"initiative {name}: {key} is missing or not {kind.__name__}"
        for key, kind in NEEDED.items()
        if not isinstance(row.get(key), kind)
    ]
    if row.get("owner_role") not in OWNERS:
        problems.append(f"initiative {name}: owner_role must be one of {', '.join(sorted(OWNERS))}")
    return problems
