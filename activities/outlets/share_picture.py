"""The picture that goes with a link: what, where and when in big letters beside an open door.

Drawn from our own drawings and colours. The same words give the same picture, so it is kept
under a name made of them and its address may be kept by anybody for a year.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from activities.outlets import drawing
from core.models import SiteSettings

LOOK = 1  # one up when the picture is drawn in another way: every address changes with it
FONT = "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
BOLD, STRONG, PLAIN = 780, 650, 480
LEADING = 1.1
GAP = 12
# `kl. 17` and `5. december` stay on one line.
_GLUED = re.compile(r"(?<=\bkl\.) (?=\d)|(?<=\d\.) (?=[a-zæøå])")
Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Words:
    """All that a picture says and shows. `colours` are (name, #rrggbb) of the municipality."""

    title: str
    place: str
    when: str
    price: str
    sender: str
    illustration: str
    colours: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """Return 20 letters that differ whenever the picture would."""
        told = json.dumps([LOOK, asdict(self)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Format:
    """Where things stand in a picture: boxes are left, top, right and bottom in pixels."""

    size: tuple[int, int]
    door: tuple[int, int, int, int]
    floor: int
    title: tuple[int, int, int, int]
    facts: tuple[int, int, int, int]
    title_size: int
    facts_size: int


FORMATS = {
    "bred": Format(
        size=(1200, 630),
        door=(772, 56, 1136, 560),
        floor=560,
        title=(64, 104, 726, 340),
        facts=(64, 356, 726, 530),
        title_size=100,
        facts_size=46,
    ),
    "kvadrat": Format(
        size=(1080, 1080),
        door=(592, 450, 1012, 976),
        floor=976,
        title=(68, 118, 1012, 420),
        facts=(68, 460, 552, 940),
        title_size=124,
        facts_size=60,
    ),
}
OWN = {
    "paper": "#fbf7f0",
    "ink": "#1c2927",
    "pine": "#14514a",
    "glow": "#f3b94c",
    "brick": "#9c3526",
    "mist": "#e6eeeb",
    "sand": "#efe6d6",
    "stone": "#d8cdb8",
    "night": "#1c2927",
    "raised": "#235d56",
    "cream": "#fbf7f0",
    "rust": "#9c3526",
    "dark": "#1c2927",
    "on_night": "#f4efe6",
}
CHOSEN = ("paper", "ink", "pine", "glow", "brick")


def colours_of(site: SiteSettings) -> tuple[tuple[str, str], ...]:
    """Return the colours that the municipality has chosen itself."""
    return tuple((name, getattr(site, name)) for name in CHOSEN if getattr(site, name))


def picture_path(key: str, form: str, words: Words) -> Path:
    """Return the file of a picture, drawn now if it is not there.

    `key` says whose picture it is; earlier ones of the same kind are removed.
    """
    folder = settings.VAR / "pictures"
    target: Path = folder / f"{key}-{form}-{words.key}.png"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    earlier = list(folder.glob(f"{key}-{form}-*.png"))
    with _beside(target) as beside:
        draw_picture(words, form).save(beside, "PNG", optimize=True)
    for path in earlier:
        path.unlink(missing_ok=True)
    return target


def draw_picture(words: Words, form: str) -> Image.Image:
    """Return the picture in `form`, one of FORMATS. The same words give the same pixels."""
    shape = FORMATS[form]
    colours = OWN | dict(words.colours)
    image = Image.new("RGB", shape.size, colours["paper"])
    draw = ImageDraw.Draw(image)
    _floor(draw, shape, colours)
    _door(image, shape, drawing.load(words.illustration), colours)
    left, top, right, bottom = shape.title
    place = _fitted(words.place, STRONG, right - left, 44, range(34, 21, -1))
    _write(draw, place, (left, top - 58), colours["pine"])
    title = _fitted(words.title, BOLD, right - left, bottom - top, range(shape.title_size, 33, -2))
    _write(draw, title, (left, top), colours["ink"])
    _facts(draw, words, shape, colours)
    _sender(draw, words.sender, shape, colours)
    return image


def _floor(draw: ImageDraw.ImageDraw, shape: Format, colours: dict[str, str]) -> None:
    """The street in front of the door, with the light that falls on it."""
    wide, high = shape.size
    left, _top, right, _bottom = shape.door
    draw.rectangle((0, shape.floor, wide, high), fill=colours["sand"])
    spread = (high - shape.floor) * 0.9
    draw.polygon(
        [(left, shape.floor), (right, shape.floor), (right + spread, high), (left - spread, high)],
        fill=colours["glow"],
    )
    draw.line((0, shape.floor, wide, shape.floor), fill=colours["ink"], width=5)


def _door(
    image: Image.Image, shape: Format, inside: drawing.Drawing, colours: dict[str, str]
) -> None:
    """The arch with the drawing in it; its edge is drawn finer and scaled down."""
    left, top, right, bottom = shape.door
    wide, high, finer = right - left, bottom - top, drawing.FINER
    size = (wide * finer, high * finer)
    mask, frame = Image.new("L", size), Image.new("L", size)
    _arch(ImageDraw.Draw(mask), size, 0, 255)
    _arch(ImageDraw.Draw(frame), size, 0, 255)
    _arch(ImageDraw.Draw(frame), size, 7 * finer, 0)
    picture = drawing.paint(inside, wide, high, colours)
    for layer, cover in ((picture, mask), (Image.new("RGB", (wide, high), colours["ink"]), frame)):
        image.paste(layer, (left, top), cover.resize((wide, high), Image.Resampling.LANCZOS))
    step = ImageDraw.Draw(image)
    step.line((left - 22, bottom, right + 22, bottom), fill=colours["ink"], width=9)


def _arch(draw: ImageDraw.ImageDraw, size: tuple[int, int], inset: int, value: int) -> None:
    wide, high = size
    draw.pieslice((inset, inset, wide - inset, wide - inset), 180, 360, fill=value)
    draw.rectangle((inset, wide // 2, wide - inset, high), fill=value)


def _facts(draw: ImageDraw.ImageDraw, words: Words, shape: Format, colours: dict[str, str]) -> None:
    """When and for how much, standing on the floor's edge."""
    left, top, right, bottom = shape.facts
    texts = [(words.when, STRONG, 1.0), (words.price, PLAIN, 0.8)]
    shown = [(text, weight, share) for text, weight, share in texts if text]
    room = (bottom - top - GAP * (len(shown) - 1)) * 0.72 if len(shown) > 1 else bottom - top
    fitted: list[_Text] = []
    for text, weight, share in shown:
        largest = fitted[-1].font.size if fitted else shape.facts_size
        sizes = range(round(min(largest, shape.facts_size * share)), 21, -1)
        part = _fitted(text, weight, right - left, round(room), sizes)
        fitted.append(part)
        room = bottom - top - GAP - part.high
    y = bottom - sum(part.high for part in fitted) - GAP * (len(fitted) - 1)
    for part in fitted:
        y = _write(draw, part, (left, y), colours["ink"]) + GAP


def _sender(draw: ImageDraw.ImageDraw, sender: str, shape: Format, colours: dict[str, str]) -> None:
    """Who says so, on the floor beside the door."""
    left, wide = shape.title[0], shape.door[0] - shape.title[0] - 90
    text = _fitted(sender, STRONG, wide, 34, range(28, 19, -1))
    middle = (shape.floor + shape.size[1]) / 2
    draw.text((left, middle), text.lines[0], font=text.font, fill=colours["ink"], anchor="lm")


@dataclass(frozen=True, slots=True)
class _Text:
    lines: list[str]
    font: Font
    leading: int

    @property
    def high(self) -> int:
        return len(self.lines) * self.leading


def _write(draw: ImageDraw.ImageDraw, text: _Text, at: tuple[int, int], colour: str) -> int:
    """Write lines from the corner `at` on, and return where they end."""
    left, top = at
    for line in text.lines:
        draw.text((left, top), line, font=text.font, fill=colour)
        top += text.leading
    return top


def _fitted(text: str, weight: int, wide: int, high: int, sizes: Iterable[int]) -> _Text:
    """Return the lines in the largest of `sizes` that fits; the smallest is cut with "…".

    A long Danish word is only divided when no size has room for it whole.
    """
    words = _GLUED.sub("\u00a0", " ".join(text.split())).split(" ")
    for size in sizes:
        font = _font(weight, size)
        best = _Text(_lines(words, font, wide), font, round(size * LEADING))
        whole = all(font.getlength(word) <= wide for word in words)
        if whole and best.high <= high:
            return best
    most = max(1, high // best.leading)
    if len(best.lines) <= most:
        return best
    last = best.lines[most - 1]
    while last and best.font.getlength(f"{last}…") > wide:
        last = last[:-1].rstrip()
    return _Text([*best.lines[: most - 1], f"{last}…"], best.font, best.leading)


def _lines(words: Sequence[str], font: Font, wide: int) -> list[str]:
    lines = [""]
    for word in words:
        line = f"{lines[-1]} {word}".strip()
        if font.getlength(line) <= wide:
            lines[-1] = line
            continue
        *parts, rest = _divided(word, font, wide)
        lines += [*parts, rest]
    return [line for line in lines if line] or [""]


def _divided(word: str, font: Font, wide: int) -> list[str]:
    parts = []
    while font.getlength(word) > wide and len(word) > 1:
        most = len(word) - 1
        while most > 1 and font.getlength(f"{word[:most]}-") > wide:
            most -= 1
        parts.append(f"{word[:most]}-")
        word = word[most:]
    return [*parts, word]


@lru_cache(maxsize=256)
def _font(weight: int, size: int) -> Font:
    font = ImageFont.truetype(str(_font_file()), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


def _font_file() -> Path:
    """Return our typeface in a form Pillow reads: the site's own is packed for browsers."""
    source = Path(finders.find(FONT) or FONT)
    target: Path = settings.VAR / "pictures" / f"{source.stem}.ttf"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        typeface = TTFont(source)
        typeface.flavor = None
        with _beside(target) as beside:
            typeface.save(beside)
    return target


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a file to write; it takes the place of `target` when it is whole."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=target.suffix)
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
