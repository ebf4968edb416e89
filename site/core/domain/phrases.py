"""Texts of links and pictures that tell nothing to somebody who only hears them.

A screen reader lists the links of a page without the words around them, and reads what a picture
shows in its place. The patterns are also given to the browser, so they are plain enough for
both Python's and JavaScript's regular expressions.
"""

import re
from enum import StrEnum

VAGUE_LINKS = (
    "her", "klik", "klik her", "tryk her", "gå hertil", "link", "linket", "dette link",
    "følg linket", "se link", "mere", "læs", "læs her", "læs mere", "læs mere her", "læs videre",
    "læs videre her", "se", "se her", "se mere", "se mere her", "mere info", "info", "download",
    "hent", "hent her", "find her", "besøg siden", "gå til siden", "hjemmeside", "denne side",
    "click here", "read more", "here",
)  # fmt: skip
ENDS = " .,:;!?…→›»>()"  # around a link's words, and no part of them
ADDRESS = r"^(https?:\/\/|www\.)\S+$|^[^\s\/@]+\.(dk|com|org|net|nu|eu|info|example)(\/\S*)?$"
USELESS_ALT = (
    r"\.(avif|gif|heic|jpe?g|png|svg|webp)$|^\S*_\S*$"
    r"|^(et )?(billede|foto|fotografi|logo|ikon|img|image|photo|picture|dsc|pxl|untitled|unavngivet"
    r"|skærmbillede)[ .\-_]*\d*$|^(et )?(billede|foto|fotografi) af "
)


class Problem(StrEnum):
    """What is wrong with a text."""

    VAGUE = "vague"  # says nothing of where the link leads
    ADDRESS = "address"  # a bare web address, read aloud letter by letter
    MISSING = "missing"
    USELESS = "useless"  # a file's name, or that it is a picture


def link_problem(text: str) -> Problem | None:
    """Return what is wrong with the words of a link, or None. A mail address is as it should be."""
    said = " ".join(text.lower().split())
    if re.search(ADDRESS, said):
        return Problem.ADDRESS
    return Problem.VAGUE if said.strip(ENDS) in VAGUE_LINKS else None


def alt_problem(text: str) -> Problem | None:
    """Return what is wrong with the words that stand for a picture, or None."""
    said = " ".join(text.lower().split())
    if not said:
        return Problem.MISSING
    return Problem.USELESS if re.search(USELESS_ALT, said) else None
