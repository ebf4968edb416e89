"""Bars of people by month, as numbers that a template draws; the table beside it has the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from initiatives.domain.suppression import Told
from initiatives.indicators.people import number_text

WIDTH, HEIGHT, BASE, TOP = 720, 220, 190, 20
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place, its height, and what stands on and below it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    text: str
    exact: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def text_y(self) -> float:
        return round(self.y - 5, 1)


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart in a box of 720 by 220. `lines` are (height on the page, what stands there)."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, str], ...]


def bars_of(labels: Sequence[str], told: Sequence[Told]) -> Bars:
    """Return a bar for each label; what is not told at all has none."""
    highest = max([each.people or 0 for each in told], default=0)
    step = _step(highest)
    ceiling = max(step, -(-highest // step) * step)
    scale = (BASE - TOP) / ceiling
    slot = (WIDTH - 50) / max(len(labels), 1)
    bars = []
    for place, (label, each) in enumerate(zip(labels, told, strict=True)):
        height = round((each.people or 0) * scale, 1)
        text = (
            "" if each.people is None else f"{number_text(each.people)}{'' if each.exact else '+'}"
        )
        x = round(50 + place * slot + slot * 0.15, 1)
        width = round(slot * 0.7, 1)
        bars.append(Bar(x, round(BASE - height, 1), width, height, label, text, each.exact))
    lines = tuple(
        (round(BASE - each * scale, 1), number_text(each)) for each in range(0, ceiling + 1, step)
    )
    return Bars(tuple(bars), lines)


def _step(highest: int) -> int:
    """Return 1, 2 or 5 times a power of ten, so that there are at most five lines."""
    power = 1
    while True:
        for step in STEPS:
            if highest <= 5 * step * power:
                return step * power
        power *= 10
