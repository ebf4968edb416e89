"""The hub's own figures, each with its definition, its period and the rows behind it."""

from initiatives.indicators.base import Asked, Indicator, Item, Measured, Part, asked_for
from initiatives.indicators.registry import indicator, indicators

__all__ = [
    "Asked",
    "Indicator",
    "Item",
    "Measured",
    "Part",
    "asked_for",
    "indicator",
    "indicators",
]
