"""Danish text for searching, sorting, addresses and feeds.

Databases sort and stem Danish differently or not at all, so the words people search for
are normalised here, once, for both what is stored and what is asked. What editors paste
is cleaned here too: one stray control character makes a whole feed unreadable.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

_DIGRAPHS = str.maketrans(
    {
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "ð": "d",
        "þ": "th",
        "đ": "d",
        "ł": "l",
        "ß": "ss",
    }
)
_LAST_LETTERS = str.maketrans({"æ": "zza", "ä": "zza", "ø": "zzb", "ö": "zzb", "å": "zzc"})
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LINE_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?]+[\"'”»)]*(?=\s+[\"'“«(]*[A-ZÆØÅ]|\s*$)|\n+")
_LONG_WORD = 6
_DIGITS_KEPT = 8

_stemmer = snowballstemmer.stemmer("danish")


def clean(text: str) -> str:
    """Return `text` without characters that nobody can see and that break feeds.

    Control characters, lone surrogates, non-characters and direction overrides go; every
    kind of line break becomes a newline and a tab becomes a space. Joiners stay: Persian
    text and family emoji need them.
    """
    if text.isprintable():  # nearly always, and told at once
        return text
    text = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return "".join(char for char in text if char == "\n" or _is_visible(char))


def _is_visible(char: str) -> bool:
    if char in _BIDI_CONTROLS or unicodedata.category(char) in {"Cc", "Cs"}:
        return False
    point = ord(char)
    return point & 0xFFFE != 0xFFFE and not 0xFDD0 <= point <= 0xFDEF


def fold(text: str) -> str:
    """Return `text` as plain lower-case letters: `Værested på Ærø` → `vaerested paa aeroe`.

    æ, ø and å become ae, oe and aa, other accents go, white space is single spaces.
    """
    lower = unicodedata.normalize("NFKC", _drop_formats(clean(text))).lower()
    plain = unicodedata.normalize("NFKD", lower.translate(_DIGRAPHS))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _drop_formats(text: str) -> str:
    """Soft hyphens and zero-width characters hide inside pasted words."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def words(text: str) -> list[str]:
    """Return the folded words of `text`, in order."""
    return _WORD.findall(fold(text))


def stems(text: str) -> str:
    """Return the Danish word stems of `text`, folded and separated by single spaces.

    Two texts match when their stems do: `varmestuer` and `Varmestuen`, `vaerested` and
    `Værestedet`. Used for the stored search text and for the query alike.
    """
    return " ".join(_stem(word) for word in words(text))


@lru_cache(maxsize=8192)
def _stem(folded: str) -> str:
    """Stem until nothing changes: one round leaves `aktivitet` and `aktiviteter` apart.

    The stemmer knows endings such as -løst, so the word gets its Danish letters back first.
    """
    word = folded.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
    while (shorter := _stemmer.stemWord(word)) != word:
        word = shorter
    return word.translate(_DIGRAPHS)


def close_words(query: str, candidates: Iterable[str], *, limit: int = 3) -> list[str]:
    """Return up to `limit` of `candidates` that look like `query`, nearest first.

    For "Mente du …?" after a search with no answer. Spelling is compared folded.
    """
    by_folded: dict[str, str] = {}
    for candidate in candidates:
        by_folded.setdefault(fold(candidate), candidate)
    by_folded.pop("", None)
    matches = difflib.get_close_matches(fold(query), by_folded, n=limit, cutoff=0.8)
    return [by_folded[match] for match in matches]


def sort_key(text: str) -> str:
    """Return a string of a to z, digits and spaces that sorts as Danish in any collation.

    æ, ø and å follow z, and aa sorts as å (Retskrivningsordbogen § 1). Numbers sort by
    value. Meant for a stored column.
    """
    lower = unicodedata.normalize("NFKC", _drop_formats(clean(text))).lower()
    placed = lower.replace("aa", "å").translate(_LAST_LETTERS).translate(_DIGRAPHS)
    plain = unicodedata.normalize("NFKD", placed)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    parts = re.findall(r"[a-z]+|[0-9]+|[^\W_0-9a-z]+", letters)
    return " ".join(part.zfill(_DIGITS_KEPT) if part.isdigit() else part for part in parts)


def slugify_da(text: str, *, max_length: int = 60) -> str:
    """Return `text` as an address part: `Fællesspisning på Ærø` → `faellesspisning-paa-aeroe`.

    Only a to z, digits and single hyphens; cut at a word where that is possible. Empty when
    `text` has no Latin letter or digit.
    """
    slug = "-".join(re.findall(r"[a-z0-9]+", fold(text)))
    if len(slug) <= max_length:
        return slug
    cut = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return cut.rstrip("-")


def shorten(text: str, length: int) -> str:
    """Return `text` on one line, at most `length` characters, cut after a word with "…".

    A single word longer than that is cut inside. Raises ValueError if `length` is below 1.
    """
    if length < 1:
        raise ValueError("length must be at least 1")
    line = " ".join(clean(text).split())
    if len(line) <= length:
        return line
    cut = line[:length].rpartition(" ")[0].rstrip(" ,;:\u2013-") or line[: length - 1]
    return f"{cut}…"


def lix(text: str) -> int:
    """Return the readability number of `text` (Björnsson 1968); 0 for no words.

    Words per sentence plus the share of words over six letters in per cent. Below 25 is
    very easy, 35 is easy, over 55 is hard. A line break ends a sentence; the dots in
    "kl. 13.30" and "den 3. marts" do not.
    """
    found = _WORD.findall(text)
    if not found:
        return 0
    sentences = [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]
    long_words = sum(len(word) > _LONG_WORD for word in found)
    return round(len(found) / len(sentences) + 100 * long_words / len(found))
