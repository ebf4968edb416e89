"""Our own drawings (templates/illustrations/) as pixels: paths and circles, filled and outlined.

Only what those drawings use is understood, so that no renderer of any SVG has to be installed.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path.parser import parse_path
from PIL import Image, ImageDraw

Point = tuple[float, float]
Line = tuple[list[Point], bool]

FINER = 3  # drawn larger and scaled down: Pillow's own edges are hard
STROKE = 3.0
STEPS = 14
FILLS = {
    "glow": "glow",
    "leaf": "pine",
    "sand": "sand",
    "mist": "mist",
    "brick": "brick",
    "paper": "paper",
    "stone": "stone",
    "ink": "ink",
    "sky": "night",
    "raised": "raised",
    "cream": "cream",
    "rust": "rust",
}
STROKES = {
    "dark": "dark",
    "lit": "glow",
    "pale": "on_night",
    "foam": "cream",
    "cream": "dark",
    "bare": "",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """With what a shape is filled and outlined: names of colours, "" for nothing."""

    fill: str = ""
    stroke: str = "ink"

    def with_classes(self, names: str) -> "Paint":
        """Return the paint of a shape inside this one that has the classes `names`."""
        fill, stroke = self.fill, self.stroke
        for name in names.split():
            fill = FILLS.get(name, fill)
            stroke = STROKES.get(name, stroke)
        return Paint(fill, stroke)


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of a drawing: its lines, each closed or not, and its paint."""

    lines: list[Line]
    paint: Paint


class _Lines(BasePen):  # type: ignore[misc]  # fontTools is untyped
    """Turns curves into short straight lines."""

    def __init__(self) -> None:
        super().__init__(None)
        self.lines: list[Line] = []
        self.points: list[Point] = []

    def _moveTo(self, point: Point) -> None:
        self.points = [point]

    def _lineTo(self, point: Point) -> None:
        self.points.append(point)

    def _curveToOne(self, one: Point, two: Point, end: Point) -> None:
        start = self.points[-1]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            corners = (start, one, two, end)
            x, y = (
                sum(w * corner[axis] for w, corner in zip(weights, corners, strict=True))
                for axis in (0, 1)
            )
            self.points.append((x, y))

    def _closePath(self) -> None:
        self.lines.append((self.points, True))
        self.points = []

    def _endPath(self) -> None:
        self.lines.append((self.points, False))
        self.points = []


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as straight lines, in the units of its own box."""

    box: tuple[float, float, float, float]
    shapes: list[Shape] = field(default_factory=list)


def load(name: str) -> Drawing:
    """Return the drawing `templates/illustrations/<name>.svg`."""
    text = render_to_string(f"illustrations/{name}.svg")
    root = ET.fromstring(text)  # noqa: S314  (our own template, nobody else's text)
    left, top, wide, high = (float(number) for number in root.get("viewBox", "").split())
    return Drawing((left, top, wide, high), list(_shapes(root, Paint())))


def _shapes(parent: ET.Element, paint: Paint) -> Iterator[Shape]:
    for element in parent:
        own = paint.with_classes(element.get("class", ""))
        if element.tag == "g":
            yield from _shapes(element, own)
        elif element.tag == "circle":
            yield Shape([(_circle(element), True)], own)
        else:
            pen = _Lines()
            parse_path(element.get("d", ""), pen)
            yield Shape(pen.lines, own)


def _circle(element: ET.Element) -> list[Point]:
    x, y, radius = (float(element.get(name, "0")) for name in ("cx", "cy", "r"))
    pen = _Lines()
    parse_path(f"M{x - radius} {y}a{radius} {radius} 0 0 1 {2 * radius} 0", pen)
    parse_path(f"M{x + radius} {y}a{radius} {radius} 0 0 1 {-2 * radius} 0", pen)
    return [point for points, _closed in pen.lines for point in points]


def paint(drawing: Drawing, wide: int, high: int, colours: Mapping[str, str]) -> Image.Image:
    """Return the drawing on `wide` × `high` pixels, filled and standing on the lower edge.

    What does not fit is cut at the top and at both sides alike, as in the page's own frame.
    """
    left, top, box_wide, box_high = drawing.box
    scale = max(wide / box_wide, high / box_high) * FINER
    away = (wide * FINER - box_wide * scale) / 2
    down = high * FINER - box_high * scale
    image = Image.new("RGB", (wide * FINER, high * FINER), colours["paper"])
    draw = ImageDraw.Draw(image)
    thick = STROKE * scale
    for shape in drawing.shapes:
        lines = [
            ([((x - left) * scale + away, (y - top) * scale + down) for x, y in points], closed)
            for points, closed in shape.lines
        ]
        for points, _closed in lines:
            if shape.paint.fill and len(points) > 2:
                draw.polygon(points, fill=colours[shape.paint.fill])
        for points, closed in lines:
            if shape.paint.stroke:
                _outline(draw, points, closed, thick, colours[shape.paint.stroke])
    return image.resize((wide, high), Image.Resampling.LANCZOS)


def _outline(
    draw: ImageDraw.ImageDraw, points: list[Point], closed: bool, thick: float, colour: str
) -> None:
    """Draw a line with round ends and corners."""
    line = [*points, points[0]] if closed else points
    draw.line(line, fill=colour, width=round(thick))
    half = thick / 2
    for x, y in line:
        draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)
