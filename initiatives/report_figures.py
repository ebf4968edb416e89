"""The hub's own figures as a report copies them: value, period and definition, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FigureCopy:
    """One figure of an initiative (its number) in the words the report keeps."""

    initiative: str
    title: str
    value: str
    period: str
    definition: str


def figures_of(year: int) -> list[FigureCopy]:
    """Return the figures of a calendar year, in the catalogue's order."""
    return []
