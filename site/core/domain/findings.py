"""What somebody is told before a page is published: values that rules return, without words.

A rule looks at plain values and returns findings; the app that owns the page puts them into words.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any


class Weight(StrEnum):
    """What follows from a finding."""

    ERROR = "error"  # the page cannot be published
    WARNING = "warning"  # the editor is asked once


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing a citizen would misunderstand.

    `code` names the rule and `field` the field of the editor's form it is about, "" for the page
    as a whole. `about` says of which part, for as long as it is the same matter: who said "publish
    anyway" is not asked again about the same `key`. `facts` are the values its words are made of.
    """

    code: str
    field: str = ""
    about: str = ""
    weight: Weight = Weight.WARNING
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells the same finding again: its rule and what it is about."""
        return f"{self.code}:{self.about}" if self.about else self.code


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that stop a publication, in order."""
    return [finding for finding in findings if finding.weight is Weight.ERROR]


def open_warnings(findings: Iterable[Finding], answered: Iterable[str]) -> list[Finding]:
    """Return the warnings, in order, that nobody has answered: their keys are not in `answered`."""
    known = set(answered)
    return [f for f in findings if f.weight is Weight.WARNING and f.key not in known]
