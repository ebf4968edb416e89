"""English that a Danish reader would see: told from the catalogues and from small words.

Every message of the installed packages and of our own is known in English, most in Danish too. A
text is English if it is one of the first and none of the second, or if its words are.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages import Catalog
from django.conf import settings

from core.management.commands.admin_messages import PACKAGES as GATHERED
from core.management.commands.admin_messages import forms, read

PACKAGES = ("wagtail", "django", "allauth", "taggit", "django_filters", "modelcluster")
LANGUAGES = ("en", "da")
HOLDER = re.compile(r"%\(\w+\)[-\d.]*[a-z]|%[-\d.]*[a-z]|\{[\w.]*\}")
WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")
TAG = re.compile(r"<[^>]+>")
OWN_LETTERS = re.compile("[æøåÆØÅ]")
# Words that English sentences cannot do without, and that are no Danish ones.
SMALL = frozenset(
    {
        "also", "and", "as", "be", "been", "but", "cannot", "could", "did", "does", "false", "from",
        "has", "if", "into", "it", "its", "might", "must", "no", "none", "not", "of", "only", "or",
        "please", "should", "than", "that", "the", "their", "then", "there", "these", "they",
        "this", "those", "true", "was", "were", "what", "when", "where", "which", "who", "why",
        "with", "would", "you", "your",
    }
)  # fmt: skip


class English:
    """Knows the English and the Danish of all catalogues; `found_in` judges a text."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self.allowed = frozenset(allowed)
        english, danish = set[str](), set[str]()
        for catalogue in catalogues():
            for message in catalogue:
                if message.id:
                    english.update(plain(form) for form in forms(message.id))
                    danish.update(plain(form) for form in forms(message.string) if form)
        english -= danish
        self.danish_words = words(danish)
        self.english_words = words(english) - self.danish_words
        self.messages = {text for text in english if not HOLDER.search(text)}
        self.messages |= {text[:1].upper() + text[1:] for text in self.messages}
        self.messages -= danish | {text[:1].upper() + text[1:] for text in danish}
        self.patterns = list(self._patterns(english))

    def found_in(self, text: str) -> bool:
        """Return whether `text` holds English that is not allowed."""
        text = plain(text)
        if text in self.allowed or not WORD.search(text):
            return False
        return text in self.messages or self._follows_pattern(text) or self._has_words(text)

    def _follows_pattern(self, text: str) -> bool:
        return any(part in text and rule.fullmatch(text) for part, rule in self.patterns)

    def _has_words(self, text: str) -> bool:
        for name in self.allowed:
            text = text.replace(name, " ")
        if OWN_LETTERS.search(text):
            return False
        said = [word.lower() for word in WORD.findall(text)]
        if any(word in SMALL for word in said):
            return True
        foreign = [word for word in said if word in self.english_words]
        return bool(foreign) and 2 * len(foreign) >= len(said)

    def _patterns(self, english: set[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
        """Yield the messages with holders: their longest fixed part and what they look like."""
        for text in english:
            parts = HOLDER.split(text)
            told_by = {word for word in words(parts) & self.english_words if len(word) > 2}
            if len(parts) > 1 and told_by:
                rule = ".+".join(re.escape(part) for part in parts)
                yield max(parts, key=len), re.compile(rule, re.DOTALL)


def plain(text: str) -> str:
    """Return a text as it is read: without markup, with single spaces."""
    return " ".join(TAG.sub("", text).replace("%%", "%").split())


def words(texts: Iterable[str]) -> set[str]:
    return {word.lower() for text in texts for word in WORD.findall(HOLDER.sub(" ", text))}


def catalogues() -> Iterator[Catalog]:
    """Yield our own catalogues and, in English and Danish, those of the installed packages."""
    for folder in settings.LOCALE_PATHS:
        yield from map(read, sorted(Path(folder).rglob("*.po")))
    for package in PACKAGES:
        # Of what ours takes the place of, only the English counts.
        for language in ("en",) if package in GATHERED else LANGUAGES:
            paths = root_of(package).rglob(f"locale/{language}/LC_MESSAGES/*.po")
            yield from (read(path) for path in sorted(paths) if is_used(path))


def is_used(path: Path) -> bool:
    """Return whether a catalogue belongs to what is installed here; Django's own admin is not."""
    return not {"admin", "admindocs", "gis", "flatpages"} & set(path.parts) or (
        "wagtail" in path.parts
    )


def root_of(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    return Path(str(spec.origin)).parent


@cache
def english() -> English:
    """Return the judge with the names that are the same in every tongue."""
    return English(ALLOWED)


# Proper names, file formats, and what the content checks look for; nothing that could be Danish.
ALLOWED = ("English", "Excel", "Sep", "click here", "read more", "mere info", "main img")
