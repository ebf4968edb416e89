"""What the guide sets in bold stands on the screen: words of buttons, menus and fields."""

import re

import pytest
from babel.messages.pofile import read_po

from core import guide

CATALOGUES = (
    "site/locale/da/LC_MESSAGES/django.po",
    "site/locale_wagtail/da/LC_MESSAGES/django.po",
    "site/locale_wagtail/da/LC_MESSAGES/djangojs.po",
)
# Bold for another reason: signs, sizes of paper, words of other programs, and plain stress.
NOT_ON_SCREEN = {
    "+",
    "−",
    "?",
    "A3",
    "A4",
    "Apple",
    "Google",
    "Ny telefon:",
    "Outlook",
    "På telefonen",
    "Telefonen er væk:",
    "Tælles med:",
    "Ved skrivebordet",
    "hele stedets uge",
    "ikke kan bruges",
    "nødkoder",
}
HOLE = re.compile(r"%\(\w+\)s|\{\w+\}")


@pytest.fixture(scope="module")
def root_of_project():
    return guide.FOLDER.parents[1]


@pytest.fixture(scope="module")
def on_screen(root_of_project):
    """Return patterns of all Danish messages; a hole in one takes any words."""
    found = set()
    for name in CATALOGUES:
        with (root_of_project / name).open("rb") as file:
            for message in read_po(file, locale="da"):
                texts = message.string if isinstance(message.string, tuple) else [message.string]
                found |= {text.strip(" :.…").lower() for text in texts if text}
    return found


def bold_of(slug):
    """Yield each stretch of bold words of a page, on one line."""
    for token in guide.read_topic(slug).tokens:
        words = None
        for child in token.children or ():
            if child.type == "strong_open":
                words = []
            elif child.type == "strong_close":
                yield " ".join(words)
                words = None
            elif words is not None and child.content:
                words.append(child.content)


def stands(words, on_screen):
    plain = words.strip(" :.…").lower()
    return plain in on_screen or any(
        HOLE.search(text) and len(HOLE.sub("", text)) > 8 and fits(text, plain)
        for text in on_screen
    )


def fits(text, plain):
    pattern = ".+".join(re.escape(part) for part in HOLE.split(text))
    return re.fullmatch(pattern, plain) is not None


def test_what_is_bold_stands_on_the_screen(on_screen):
    lost = [
        (topic.slug, words)
        for topic in guide.topics()
        for words in bold_of(topic.slug)
        if words not in NOT_ON_SCREEN and not stands(words, on_screen)
    ]

    assert lost == []
