"""Newsletters for tests, and the archive they lie in."""

import json
from typing import Any

from core.domain.text import slugify_da
from newsletter.models import IssuePage, NewsletterIndexPage, Topic
from pages.models import HomePage
from tests.factories.newsletter import topic

LIST = {"heading": "Det sker", "period": "14", "first": None, "last": None, "most": 20}
WHICH = {"venues": [], "types": [], "fixed_too": True}


def make_newsletters(home: HomePage, **fields: Any) -> NewsletterIndexPage:
    """Return the archive at /nyhedsbrev/."""
    values = {"title": "Nyhedsbrev", "slug": "nyhedsbrev"} | fields
    return home.add_child(instance=NewsletterIndexPage(**values))


def make_issue(
    index: NewsletterIndexPage,
    title: str = "Nyt fra værestederne",
    *blocks: dict[str, Any],
    of: Topic | None = None,
    **fields: Any,
) -> IssuePage:
    """Return a draft with a greeting and these blocks, saved once."""
    values = {
        "title": title,
        "slug": slugify_da(title),
        "topic": of or topic(),
        "greeting": "<p>Kære læser. Døren er åben.</p>",
        "body": json.dumps(list(blocks)),
        "live": False,
    } | fields
    page = IssuePage(**values)
    index.add_child(instance=page)
    page.save_revision()
    return page


def activities_block(**fields: Any) -> dict[str, Any]:
    """Return a list of coming activities, the fixed ones too, unless told else."""
    return {"type": "activities", "value": {**LIST, "empty_text": "", **WHICH, **fields}}


def shared_block(**fields: Any) -> dict[str, Any]:
    """Return a list of shared events."""
    return {"type": "shared", "value": {**LIST, "empty_text": "", **fields}}


def text_block(text: str, heading: str = "", kind: str = "text") -> dict[str, Any]:
    """Return words, or a notice."""
    return {"type": kind, "value": {"heading": heading, "text": text}}
