"""The newsletter's archive, with what was sent, and a draft that lies ready to go on with."""

import datetime as dt
import json

from core.models import User
from directory.taxonomy import Role
from newsletter.actions.issues import start_draft
from newsletter.models import IssuePage, NewsletterIndexPage, Topic
from pages.demo import days
from pages.demo.content import Table, rich_text, uid
from pages.demo.memory import Memory
from pages.demo.tree import add_page

LISTS = ("activities", "shared")
PARTS = ("text", "activities", "shared", "notice")
UNUSED = {"first": None, "last": None, "empty_text": ""}
ANY = {"venues": [], "types": [], "fixed_too": False}


def add_newsletters(content: Table, memory: Memory) -> None:
    """Add the archive's page and the letters in it, as they were published."""
    index = NewsletterIndexPage(**content["index"], show_in_menus=False)
    add_page(memory.pages[0], index, memory=memory, published_days_ago=400)
    memory.parents["newsletters"] = index
    topic = Topic.objects.written().public().first()
    for row in content["issue"]:
        page = IssuePage(
            title=row["title"],
            slug=row["slug"],
            topic=topic,
            preheader=row["preheader"],
            greeting=rich_text(row["greeting"]),
            body=json.dumps(_body(row)),
        )
        add_page(index, page, memory=memory, published_days_ago=row["days_ago"])


def add_draft(content: Table, memory: Memory) -> None:
    """Begin the next letter the way an editor does, with a greeting in it."""
    by = User.objects.filter(memberships__role=Role.COMMUNICATION).first()
    now = days.moment(memory.today, dt.time(9))
    index = NewsletterIndexPage.objects.get()
    for topic in Topic.objects.written().public():
        draft = start_draft(topic, index=index, now=now, by=by)
        draft.greeting = rich_text(content["draft"]["greeting"])
        draft.save_revision(user=by)


def _body(row: Table) -> list[Table]:
    """Return the stored blocks of a letter: its parts in the order the file has them."""
    found = []
    for kind in (name for name in row if name in PARTS):
        for place, part in enumerate(row[kind]):
            value = (
                {**UNUSED, **part} if kind in LISTS else {**part, "text": rich_text(part["text"])}
            )
            if kind == "activities":
                value = {**ANY, **value}
            name = f"{row['slug']}:{kind}:{place}"
            found.append({"type": kind, "value": value, "id": str(uid(name))})
    return found
