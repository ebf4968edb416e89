"""How an action says no: nothing was written, and why, in plain sentences by field."""

from collections.abc import Mapping
from typing import Any


class Refused(ValueError):
    """What was asked for does not hold. `problems` has a plain sentence for each field, "" for all.

    The sentences are for the person who asked, in their language.
    """

    def __init__(self, problems: Mapping[str, str] | str) -> None:
        by_field = {"": problems} if isinstance(problems, str) else dict(problems)
        super().__init__(" ".join(by_field.values()))
        self.problems = by_field


def author(by: Any) -> dict[str, Any]:
    """Return `by` and `by_name` for a row somebody writes; nobody for visitors and the worker."""
    person = by if getattr(by, "is_authenticated", False) else None
    return {"by": person, "by_name": str(person or "")}
