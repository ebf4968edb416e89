"""What an issue says, for tests of mail: a week in Eksempelby, as plain values."""

import datetime as dt
from dataclasses import replace
from typing import Any

from core.models import AcuteNumber, SiteSettings
from newsletter.domain.content import Block, BlockKind, Entry, IssueContent, Kind
from newsletter.domain.headers import Reader
from tests.factories.pages import SiteTree

PERLEN, STUEN = 1, 2
WEB = "https://fristed.example/nyhedsbrev/uge-48/"


def make_entry(
    number: int, day: int, hour: int, title: str = "Kaffe og kort", **fields: Any
) -> Entry:
    """Return a date of two hours on a day of November 2026, at Perlen unless told else."""
    starts = dt.datetime(2026, 11, day, hour - 1, tzinfo=dt.UTC)
    values = {
        "venue_ids": frozenset({PERLEN}),
        "district_ids": frozenset(),
        "place": "Perlen, Havnegade 12",
        "tags": ("Gratis",),
    } | fields
    return Entry(
        occurrence_id=number,
        activity_id=number,
        starts_at=starts,
        day=dt.date(2026, 11, day),
        when=f"kl. {hour}–{hour + 2}",
        title=title,
        url=f"https://fristed.example/steder/perlen/{number}/#2026-11-{day}",
        **values,
    )


def make_content(**fields: Any) -> IssueContent:
    """Return an issue with a part of each kind."""
    values = {
        "subject": "Suppe på torsdag. Lys på Torvet lørdag.",
        "preheader": "Gåturen i dag er aflyst. Resten af ugen er, som den plejer.",
        "greeting_html": "<p>Hej. Du kan <b>bare</b> komme.</p>",
        "greeting_text": "Hej. Du kan bare komme.",
        "blocks": (make_notice(), make_week(), make_shared(), make_picture(), make_thanks()),
        "web_url": WEB,
        "kind": Kind.ISSUE,
    }
    return IssueContent(**(values | fields))


def make_week() -> Block:
    walk = make_entry(
        2,
        23,
        15,
        "Gåtur med hunde",
        cancelled=True,
        reason="Vi er for få. Næste gang er mandag den 30. november.",
        tags=(),
    )
    group = make_entry(
        3,
        23,
        16,
        "Samtalegruppe",
        moved="Flyttet fra kl. 14.30 til kl. 16 mandag den 23. november. Samme sted.",
    )
    games = make_entry(4, 24, 19, "Brætspil", venue_ids=frozenset({STUEN}), place="Stuen")
    return Block(
        BlockKind.ACTIVITIES, "Det sker i ugen", entries=(make_entry(1, 23, 14), walk, group, games)
    )


def make_shared() -> Block:
    tree = make_entry(
        9, 28, 13, "Juletræet tændes", place="Torvet", note="Vi følges fra Perlen kl. 12.30."
    )
    both = replace(tree, venue_ids=frozenset({PERLEN, STUEN}))
    return Block(BlockKind.SHARED, "Ud sammen", entries=(both,))


def make_notice() -> Block:
    text = "På fredag er der personaledag."
    return Block(BlockKind.NOTICE, "Vi holder lukket", html=f"<p>{text}</p>", text=text)


def make_picture() -> Block:
    return Block(
        BlockKind.PICTURE,
        html="<p>Foto: Ane Holm</p>",
        text="Foto: Ane Holm",
        picture_url="https://fristed.example/media/images/suppe.jpg",
        alt="En gryde suppe på et langt bord",
    )


def make_thanks() -> Block:
    return Block(
        BlockKind.TEXT,
        "Tak",
        html='<p>Se <a href="https://fristed.example/steder/">alle steder</a>.</p>'
        "<ul><li>Ane</li><li>Bo</li></ul>",
        text="Se alle steder (https://fristed.example/steder/).\n- Ane\n- Bo",
    )


def make_mail_reader(*venues: int, **fields: Any) -> Reader:
    """Return a reader who follows `venues`, or everything when there are none."""
    values = {
        "address": "aase@example.org",
        "message_id": "<8b7c.1f@eksempelby.example>",
        "date": dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC),
        "unsubscribe_url": "https://fristed.example/nyhedsbrev/afmeld/nGle/",
        "manage_url": "https://fristed.example/nyhedsbrev/mine-valg/",
        "follows_everything": not venues,
        "venue_ids": frozenset(venues),
    }
    return Reader(**(values | fields))


def make_frame(tree: SiteTree) -> SiteSettings:
    """Return the settings of a site with a municipality and a number to ring."""
    site = SiteSettings.objects.get_or_create(site=tree.home.get_site())[0]
    site.municipality = "Eksempelby Kommune"
    site.acute_heading = "Har du brug for hjælp nu?"
    site.acute_text = "Ring med det samme, hvis nogen er i fare."
    site.acute_numbers = [AcuteNumber(number="70 201 201", text="Livslinien")]
    site.save()
    return site
