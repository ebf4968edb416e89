"""Reading an initiative catalogue from its JSON file, and saying exactly what is wrong in it.

The format is described in docs/catalogue-format.md; `initiatives/catalogue.json` is the one that
comes with Fristed. Another municipality writes its own.
"""

import json
from pathlib import Path
from typing import Any

from initiatives.domain.catalogue_schema import catalogue_problems

DEFAULT = Path(__file__).with_name("catalogue.json")
LARGEST = 5 * 1024 * 1024


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
        if path.stat().st_size > LARGEST:
            raise CatalogueError([f"{path}: the file is larger than 5 MB"])
        data = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except OSError as error:
        raise CatalogueError([f"{path}: {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise CatalogueError([f"{path}: the file is not UTF-8"]) from None
    except json.JSONDecodeError as error:
        raise CatalogueError([f"{path}: line {error.lineno}: {error.msg}"]) from None
    except RecursionError:
        raise CatalogueError([f"{path}: too many lists within lists"]) from None
    if problems := catalogue_problems(data):
        raise CatalogueError(problems)
    return dict(data)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, without a second value for a key taking the first one's place unseen."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise CatalogueError([f"{found.get('number', 'an object')}: {key} twice" for key in twice])
    return found
