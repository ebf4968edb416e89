"""A drawn map of venues: positions in WGS84 in, pins and the outline in drawing units out.

Drawn by us, so that no visitor's address is sent to a map server. Pins that would cover
each other are pushed apart: the list below the map has the true addresses.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDE, HIGH = 420.0, 360.0
MARGIN = 44.0
PIN_APART = 36.0
ROUNDS = 40
SMALLEST_SPAN = 0.01


@dataclass(frozen=True, slots=True)
class Point:
    """A place in WGS84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where each point is drawn, in the order given, and the outline as SVG path data."""

    view_box: str
    places: tuple[tuple[float, float], ...]
    land: str


def draw(points: Sequence[Point], outline: str = "") -> Drawing | None:
    """Return the drawing that holds all points, or None without any.

    `outline` is a GeoJSON Polygon or MultiPolygon; one that cannot be read is left out.
    """
    if not points:
        return None
    frame = _Frame.around(points)
    places = _apart([frame.place(point) for point in points])
    rings = (_path([frame.place(p) for p in ring]) for ring in _rings(outline))
    return Drawing(
        view_box=f"0 0 {WIDE:g} {HIGH:g}",
        places=tuple((round(x, 1), round(y, 1)) for x, y in places),
        land=" ".join(rings),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """Which part of the earth is drawn: its middle, and drawing units a degree."""

    latitude: float
    longitude: float
    across: float
    up: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> "_Frame":
        south = min(p.latitude for p in points)
        north = max(p.latitude for p in points)
        west = min(p.longitude for p in points)
        east = max(p.longitude for p in points)
        middle = (south + north) / 2
        shrink = max(math.cos(math.radians(middle)), 0.01)
        high = max(north - south, SMALLEST_SPAN)
        wide = max((east - west) * shrink, SMALLEST_SPAN)
        scale = min((HIGH - 2 * MARGIN) / high, (WIDE - 2 * MARGIN) / wide)
        return cls(middle, (west + east) / 2, scale * shrink, scale)

    def place(self, point: Point) -> tuple[float, float]:
        x = WIDE / 2 + (point.longitude - self.longitude) * self.across
        y = HIGH / 2 - (point.latitude - self.latitude) * self.up
        return x, y


def _apart(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move pins that stand closer than PIN_APART away from each other, a little at a time."""
    spots = [list(place) for place in places]
    for _round in range(ROUNDS):
        moved = False
        for first in range(len(spots)):
            for second in range(first + 1, len(spots)):
                moved |= _push(spots[first], spots[second], second)
        if not moved:
            break
    return [(min(max(x, 20.0), WIDE - 20.0), min(max(y, 40.0), HIGH - 6.0)) for x, y in spots]


def _push(one: list[float], other: list[float], number: int) -> bool:
    east, south = other[0] - one[0], other[1] - one[1]
    distance = math.hypot(east, south)
    if distance >= PIN_APART - 0.1:
        return False
    if distance < 0.1:
        east, south, distance = math.cos(number), math.sin(number), 1.0
    step = (PIN_APART - min(distance, PIN_APART)) / 2 / distance
    one[0] -= east * step
    one[1] -= south * step
    other[0] += east * step
    other[1] += south * step
    return True


def _path(ring: Iterable[tuple[float, float]]) -> str:
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in ring)}Z"


def _rings(outline: str) -> list[list[Point]]:
    """The outer rings of a GeoJSON polygon; nothing if it is something else."""
    if not outline.strip():
        return []
    try:
        shape = json.loads(outline)
        shape = shape.get("geometry", shape)
        polygons = (
            shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        )
        return [
            [Point(float(place[1]), float(place[0])) for place in polygon[0]]
            for polygon in polygons
        ]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return []
