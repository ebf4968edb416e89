"""Whether the colours a municipality chooses can be read.

Contrast is worked out as WCAG 2.2 defines it (success criteria 1.4.3 and 1.4.11); which
pairs meet, and what each needs, follows from how the pages use the colours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

TEXT = 4.5
LONG_TEXT = 7.0
LONG_TEXT_WISH = 12.0
SHAPE = 3.0


class Weight(StrEnum):
    """Whether a pair must be changed or could be better."""

    FLOOR = "floor"
    WISH = "wish"


@dataclass(frozen=True, slots=True)
class Problem:
    """A pair of colours, by token name, with less contrast than it needs."""

    front: str
    ground: str
    ratio: float
    least: float
    weight: Weight = Weight.FLOOR


@dataclass(frozen=True, slots=True)
class _Pair:
    front: str
    ground: str
    floor: float
    wish: float = 0.0


_PAIRS = (
    _Pair("ink", "paper", LONG_TEXT, LONG_TEXT_WISH),
    _Pair("ink", "mist", LONG_TEXT),
    _Pair("ink", "sand", LONG_TEXT),
    _Pair("ink", "glow", TEXT),
    _Pair("pine", "paper", TEXT),
    _Pair("pine", "mist", TEXT),
    _Pair("pine", "sand", TEXT),
    _Pair("brick", "paper", TEXT),
    _Pair("brick", "mist", TEXT),
    _Pair("brick", "sand", TEXT),
    _Pair("paper", "pine", TEXT),
    _Pair("paper", "brick", TEXT),
    _Pair("glow", "pine", SHAPE),
)


def parse_colour(text: str) -> tuple[int, int, int]:
    """Read `#rgb` or `#rrggbb` as red, green and blue, each 0 to 255.

    Raises ValueError for anything else, so that a colour can never carry other CSS.
    """
    match = _HEX.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"Not a colour: {text!r}")
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance of a hex colour, 0 (black) to 1 (white).

    Raises ValueError if it is not a hex colour.
    """
    red, green, blue = (_linear(channel / 255) for channel in parse_colour(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two hex colours, 1 to 21, in either order.

    Raises ValueError if one of them is not a hex colour.
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_palette(tokens: Mapping[str, str]) -> list[Problem]:
    """Return the pairs of `tokens` (name → hex colour) with too little contrast.

    Names are those of the style sheet without dashes in front: ink, paper, pine, glow,
    brick, mist, sand. Pairs with a missing colour are passed over. Raises ValueError if a
    colour is not hex.
    """
    known = {name.removeprefix("--"): value for name, value in tokens.items()}
    problems = []
    for pair in _PAIRS:
        if pair.front not in known or pair.ground not in known:
            continue
        ratio = contrast(known[pair.front], known[pair.ground])
        if ratio < pair.floor:
            problems.append(Problem(pair.front, pair.ground, round(ratio, 2), pair.floor))
        elif ratio < pair.wish:
            problems.append(
                Problem(pair.front, pair.ground, round(ratio, 2), pair.wish, Weight.WISH)
            )
    return problems
