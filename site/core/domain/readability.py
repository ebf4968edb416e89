"""How hard a Danish text is to read: LIX, and what would make it easier.

LIX (Björnsson 1968) is words per sentence plus the share of long words, those of more than six
letters, in per cent. Only prose counts: headings, names, prices and addresses have no sentences
and would make any text look easy. `static/js/content_checks.js` counts the same way while one
types; `tests/data/content_checks.json` holds the cases that both must agree on.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

LONG_WORD = 6  # letters; a word with more is long
FEWEST_WORDS = 10  # of fewer words nothing can be said
PROSE_WORDS = 8  # so many words are prose without a full stop, too
SHORTEST_SENTENCE = 3  # words that end with a full stop and are prose
MIDDLING, HARD = 35, 45
HARD_WORD = 12  # letters; longer words are named
MOST_HARD_WORDS = 3

ABBREVIATIONS = frozenset(
    {
        "adr", "afd", "bl.a", "ca", "chr", "d", "dr", "e.kr", "evt", "f.eks", "f.kr", "frk", "gl",
        "hr", "incl", "inkl", "jf", "kl", "max", "maks", "mht", "nr", "obs", "pga", "pr", "prof",
        "sct", "skt", "st", "stk", "tlf", "vedr",
    }
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_END = re.compile(
    r"(?:[.!?…]+[\"”»’)\]]*\s+(?=[\"“»(–-]?\s*[A-ZÆØÅÉÜÖÄ0-9])"
    r"|:\s+(?=[\"“»(–-]?\s*[A-ZÆØÅÉÜÖÄ]))"
)
_CLOSED = re.compile(r"[.!?…:][\"”»’)\]]*$")


class Level(StrEnum):
    """How hard a text is, in words everybody knows."""

    EASY = "easy"
    MIDDLING = "middling"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Readability:
    """What the prose of a text comes to. `lix` is rounded; `hard_words` are the longest, few."""

    words: int
    sentences: int
    long_words: int
    lix: int
    level: Level
    longest: str  # the sentence with the most words
    longest_words: int
    hard_words: tuple[str, ...]


def readability(texts: Iterable[str]) -> Readability | None:
    """Return how hard `texts` (fields or paragraphs, without markup) are; None for too few words.

    A line break ends a paragraph, and a paragraph ends a sentence.
    """
    found = [s for text in texts for line in text.splitlines() if is_prose(line)
             for s in sentences(line)]  # fmt: skip
    counted = [(sentence, words(sentence)) for sentence in found]
    counted = [(sentence, inside) for sentence, inside in counted if inside]
    every = [word for _sentence, inside in counted for word in inside]
    if len(every) < FEWEST_WORDS:
        return None
    long_words = sum(letters(word) > LONG_WORD for word in every)
    lix = math.floor(len(every) / len(counted) + 100 * long_words / len(every) + 0.5)
    longest, inside = max(counted, key=lambda pair: len(pair[1]))
    return Readability(
        words=len(every),
        sentences=len(counted),
        long_words=long_words,
        lix=lix,
        level=level_of(lix),
        longest=longest,
        longest_words=len(inside),
        hard_words=tuple(_hardest(every)),
    )


def level_of(lix: int) -> Level:
    """Return how hard a text with this number is: from 35 middling, from 45 hard."""
    if lix < MIDDLING:
        return Level.EASY
    return Level.MIDDLING if lix < HARD else Level.HARD


def is_prose(line: str) -> bool:
    """Whether a line has sentences: it ends like one, or has at least eight words."""
    count = len(words(line))
    closed = _CLOSED.search(line.strip()) is not None
    return count >= PROSE_WORDS or (closed and count >= SHORTEST_SENTENCE)


def sentences(line: str) -> list[str]:
    """Return the sentences of one line. Abbreviations, times and dates end none."""
    found, start = [], 0
    for end in _END.finditer(line):
        if not _goes_on(line[start : end.start() + 1], line[end.end() :]):
            found.append(line[start : end.end()].strip())
            start = end.end()
    rest = line[start:].strip()
    return [*found, rest] if rest else found


def words(text: str) -> list[str]:
    """Return the words of a text; web and mail addresses are none."""
    return _WORD.findall(_ADDRESS.sub(" ", text))


def letters(word: str) -> int:
    """Return how many letters a word has: figures and hyphens are none."""
    return sum(character.isalpha() for character in word)


def _goes_on(before: str, after: str) -> bool:
    """Whether the dot at the end of `before` ends an abbreviation, an initial or a number."""
    if not before.endswith("."):
        return False
    last = before[:-1].split()[-1:] or [""]
    token = last[0].lstrip('"“»(–-')
    if token.isdigit():
        return after.lstrip()[:1].isdigit()
    return token.lower() in ABBREVIATIONS or (len(token) == 1 and token.isupper())


def _hardest(every: Iterable[str]) -> Iterator[str]:
    seen = dict.fromkeys(word.lower() for word in every if letters(word) > HARD_WORD)
    yield from sorted(seen, key=letters, reverse=True)[:MOST_HARD_WORDS]
