"""Stacked bars as SVG: patterns, letters and numbers, so that a print in black and white reads.

The picture carries its summary as title, and the page its numbers as a table beside it.
"""

from xml.sax.saxutils import escape

from initiatives.domain.document import Chart, Series

WIDTH = 760
LABEL = 250
ROW = 34
BAR = 24
TOP = 4
CHARS = 31
INK = "#1c2927"
GROUNDS = {
    "not_started": "#ffffff",
    "started": "#e6eeeb",
    "developing": "#cfe0da",
    "implemented": "#79b7a6",
    "in_operation": "#f3b94c",
    "paused": "#efe6d6",
    "dropped": "#ffffff",
}
MARKS = {
    "started": '<circle cx="4" cy="4" r="1.3" fill="#14514a"/>',
    "developing": '<path d="M0 8 8 0M-2 2 2-2M6 10 10 6" stroke="#14514a" stroke-width="1.4"/>',
    "in_operation": '<path d="M4 0V8" stroke="#8a5a00" stroke-width="1.4"/>',
    "paused": '<path d="M0 4H8" stroke="#6f5a30" stroke-width="1.4"/>',
    "dropped": '<path d="M0 0 8 8M8 0 0 8" stroke="#6f7a75" stroke-width="1"/>',
}
OTHER = "#cfe0da"


def svg(chart: Chart, name: str) -> str:
    """Return `chart` as an SVG element; `name` keeps its ids apart from those of other charts."""
    height = TOP * 2 + ROW * len(chart.bars)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" '
        f'font-family="Atkinson Hyperlegible Next, sans-serif" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="{name}-t">',
        f'<title id="{name}-t">{escape(chart.summary)}</title>',
        f"<defs>{''.join(_pattern(series, name) for series in chart.series)}</defs>",
    ]
    for place, (label, counts) in enumerate(chart.bars):
        parts.append(_bar(chart, name, TOP + place * ROW, label, counts))
    return "".join([*parts, "</svg>"])


def swatch(series: Series, name: str) -> str:
    """Return the sample of one series for a chart's key; its word stands beside it."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart-swatch" '
        'viewBox="0 0 26 20" width="26" height="20" aria-hidden="true">'
        f"<title>{escape(series.label)}</title><defs>{_pattern(series, name)}</defs>"
        f'<rect x="1" y="1" width="24" height="18" fill="url(#{_id(series, name)})" '
        f'stroke="{INK}"/></svg>'
    )


def _pattern(series: Series, name: str) -> str:
    ground = GROUNDS.get(series.code, OTHER)
    return (
        f'<pattern id="{_id(series, name)}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{ground}"/>{MARKS.get(series.code, "")}</pattern>'
    )


def _bar(chart: Chart, name: str, top: int, label: str, counts: tuple[int, ...]) -> str:
    short = label if len(label) <= CHARS else f"{label[: CHARS - 1].rstrip()}…"
    parts = [_text(LABEL - 10, top + BAR / 2, short, anchor="end")]
    unit = (WIDTH - LABEL - 4) / chart.longest
    left = float(LABEL)
    for series, count in zip(chart.series, counts, strict=True):
        if not count:
            continue
        width = count * unit
        parts.append(
            f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{BAR}" '
            f'fill="url(#{_id(series, name)})" stroke="{INK}"/>'
        )
        parts.append(_mark(left, top, width, f"{series.letter} {count}".strip()))
        left += width
    if not any(counts):
        parts.append(_text(LABEL, top + BAR / 2, "0"))
    return "".join(parts)


def _mark(left: float, top: int, width: float, words: str) -> str:
    """The letter and the number on a plate of their own, where the piece has room for them."""
    plate = 8 + 7.5 * len(words)
    if width < plate + 4:
        return ""
    middle = left + width / 2
    return (
        f'<rect x="{middle - plate / 2:.1f}" y="{top + 3}" width="{plate:.1f}" height="{BAR - 6}" '
        f'rx="3" fill="#ffffff"/>{_text(middle, top + BAR / 2, words, anchor="middle", bold=True)}'
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="{anchor}" font-size="14" '
        f'fill="{INK}"{weight}>{escape(words)}</text>'
    )


def _id(series: Series, name: str) -> str:
    return f"{name}-{series.code}"
