"""Copies joined from ready pieces, for readers who follow different places."""

import datetime as dt
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP, compat32
from uuid import UUID

import pytest

from newsletter.domain.headers import Envelope, Reader
from newsletter.domain.mime import (
    MANAGE,
    MOST_BODIES,
    UNSUBSCRIBE,
    EncodedFragment,
    assemble,
    prepare,
)
from newsletter.domain.quoted import quoted

DISPATCH = UUID("8b7c0000-0000-4000-8000-000000000001")
PERLEN, STUEN, NORREBRO = 1, 2, 7
ENVELOPE = Envelope(
    from_name="Fristed",
    from_address="post@eksempelby.example",
    subject="Hej",
    list_name="Nyt",
    list_id="nyt.by.example",
    help_url="https://fristed.example/",
    archive_url="https://fristed.example/",
    feedback_id="8b7c:nyt:newsletter:byexample",
)
EVERYTHING = Reader(
    address="aase@example.org",
    message_id="<1@by.example>",
    date=dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC),
    unsubscribe_url="https://fristed.example/afmeld/nGle/",
    manage_url="https://fristed.example/mine-valg/",
)
MARKERS = {"LEAVE": UNSUBSCRIBE, "CHOOSE": MANAGE}


def following(*venues, districts=()):
    return replace(
        EVERYTHING,
        follows_everything=False,
        venue_ids=frozenset(venues),
        district_ids=frozenset(districts),
    )


def piece(key, text="", venues=(), districts=(), occurrence_id=None):
    html = text and f"<p>{text}</p>"
    return {
        "key": key,
        "html_qp": quoted(html, MARKERS) if text else b"",
        "text_qp": quoted(text, MARKERS) if text else b"",
        "venue_ids": frozenset(venues),
        "district_ids": frozenset(districts),
        "occurrence_id": occurrence_id,
    }


def in_order(*pieces):
    return [EncodedFragment(order=order, **each) for order, each in enumerate(pieces)]


def programme(*first):
    return in_order(
        piece("head", "Fristed"),
        *first,
        piece("list:0", "Ugen"),
        piece("day:0:2026-11-23", "Mandag"),
        piece("act:0:1", "Kaffe på Perlen", venues=[PERLEN], occurrence_id=1),
        piece("/day:0:2026-11-23"),
        piece("day:0:2026-11-24", "Tirsdag"),
        piece("act:0:2", "Brætspil i Stuen", [STUEN], [NORREBRO], occurrence_id=2),
        piece("/day:0:2026-11-24"),
        piece("more:0", "Der sker mere"),
        piece("/list:0", "Se alt"),
        piece("foot", "Stop: LEAVE Vælg: CHOOSE"),
    )


def lines(fragments, reader):
    """The lines of the text part, or None when there is no mail."""
    raw = assemble(fragments, reader, ENVELOPE, dispatch=DISPATCH)
    if raw is None:
        return None
    message = message_from_bytes(raw, policy=SMTP)
    return message.get_body(("plain",)).get_content().splitlines()


FOOT = "Stop: https://fristed.example/afmeld/nGle/ Vælg: https://fristed.example/mine-valg/"


def test_a_reader_of_everything_gets_everything():
    assert lines(programme(), EVERYTHING) == [
        "Fristed",
        "Ugen",
        "Mandag",
        "Kaffe på Perlen",
        "Tirsdag",
        "Brætspil i Stuen",
        "Se alt",
        FOOT,
    ]


def test_a_reader_of_one_venue_gets_its_days_only():
    assert lines(programme(), following(PERLEN)) == [
        "Fristed",
        "Ugen",
        "Mandag",
        "Kaffe på Perlen",
        "Se alt",
        FOOT,
    ]


def test_a_reader_of_a_district_gets_what_happens_there():
    found = lines(programme(), following(districts=[NORREBRO]))

    assert found == ["Fristed", "Ugen", "Tirsdag", "Brætspil i Stuen", "Se alt", FOOT]


def test_a_programme_without_a_date_for_the_reader_is_no_mail():
    assert lines(programme(), following(99)) is None


def test_a_greeting_of_the_editor_is_a_mail_without_the_empty_list():
    fragments = programme(piece("intro", "Kære alle"))

    assert lines(fragments, following(99)) == ["Fristed", "Kære alle", FOOT]


def test_a_greeting_that_comes_by_itself_is_no_mail():
    fragments = programme(piece("hello", "Her er ugen"))

    assert lines(fragments, following(99)) is None


def test_a_mail_that_grows_too_large_is_cut_and_says_so():
    long = "Kaffe " * 7000
    dates = [piece(f"act:0:{number}", long, [PERLEN], occurrence_id=number) for number in (1, 2, 3)]
    fragments = in_order(
        piece("head", "Fristed"),
        piece("list:0", "Ugen"),
        piece("day:0:2026-11-23", "Mandag"),
        *dates[:2],
        piece("/day:0:2026-11-23"),
        piece("day:0:2026-11-24", "Tirsdag"),
        dates[2],
        piece("/day:0:2026-11-24"),
        piece("more:0", "Der sker mere"),
        piece("/list:0", "Se alt"),
        piece("foot", "Stop: LEAVE Vælg: CHOOSE"),
    )

    found = [line[:10] for line in lines(fragments, EVERYTHING)]

    kaffe = long[:10]
    assert found == ["Fristed", "Ugen", "Mandag", kaffe, kaffe, "Der sker m", "Se alt", FOOT[:10]]


def test_pieces_may_come_in_any_order():
    assert lines(programme()[::-1], EVERYTHING) == lines(programme(), EVERYTHING)


def test_both_parts_say_the_same_in_a_message_that_parses_without_defects():
    raw = assemble(programme(), EVERYTHING, ENVELOPE, dispatch=DISPATCH)
    message = message_from_bytes(raw, policy=SMTP)
    parts = [(part.get_content_type(), part.get_content_charset()) for part in message.walk()]

    assert parts == [
        ("multipart/alternative", None),
        ("text/plain", "utf-8"),
        ("text/html", "utf-8"),
    ]
    assert [part.defects for part in message.walk()] == [[], [], []]
    html = message.get_body(("html",)).get_content()
    assert html.splitlines()[3] == "<p>Kaffe på Perlen</p>"
    assert html.splitlines()[-1] == f"<p>{FOOT}</p>"


def test_an_old_parser_reads_the_same():
    raw = assemble(programme(), EVERYTHING, ENVELOPE, dispatch=DISPATCH)
    old = message_from_bytes(raw, policy=compat32)
    text = old.get_payload(0).get_payload(decode=True).decode()

    assert text.splitlines() == lines(programme(), EVERYTHING)


def test_a_message_is_seven_bit_short_lines_and_needs_no_dot_stuffing():
    raw = assemble(programme(piece("intro", ".Æ" * 200)), EVERYTHING, ENVELOPE, dispatch=DISPATCH)
    rows = raw.split(b"\r\n")

    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, rows)) <= 78
    assert not any(row.startswith(b".") for row in rows)


def test_an_editor_who_writes_a_boundary_or_a_mark_breaks_nothing():
    nasty = f"--=_{DISPATCH.hex}-- \x01unsubscribe\x01 LEAVE"
    html = quoted(nasty)
    fragments = [
        EncodedFragment("head", 0, b"", b""),
        EncodedFragment("intro", 1, html, html),
        EncodedFragment("foot", 2, b"", b""),
    ]

    assert lines(fragments, EVERYTHING) == [nasty]


def test_two_readers_differ_in_their_own_lines_only():
    letter = prepare(programme(), ENVELOPE, dispatch=DISPATCH)
    other = replace(
        EVERYTHING,
        address="bo@example.org",
        message_id="<2@by.example>",
        unsubscribe_url="https://fristed.example/afmeld/andn/",
    )

    first, second = letter.to(EVERYTHING), letter.to(other)

    swapped = second.replace(b"bo@example.org", b"aase@example.org")
    swapped = swapped.replace(b"<2@by", b"<1@by").replace(b"/andn/", b"/nGle/")
    assert swapped == first


def test_a_letter_keeps_only_so_many_bodies():
    letter = prepare(programme(), ENVELOPE, dispatch=DISPATCH)

    for number in range(MOST_BODIES + 10):
        letter.to(following(PERLEN, 1000 + number))

    assert len(letter.bodies) == 10


def test_parts_for_a_service_are_the_same_message():
    parts = prepare(programme(), ENVELOPE, dispatch=DISPATCH).parts(EVERYTHING)

    assert (parts.to, parts.subject, parts.from_name, parts.from_address) == (
        "aase@example.org",
        "Hej",
        "Fristed",
        "post@eksempelby.example",
    )
    assert parts.text.splitlines() == lines(programme(), EVERYTHING)
    assert parts.html.splitlines()[-1] == f"<p>{FOOT}</p>"
    assert sorted(parts.headers) == [
        "Content-Language",
        "Date",
        "Feedback-ID",
        "List-Archive",
        "List-Help",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Message-ID",
        "Precedence",
        "X-Auto-Response-Suppress",
    ]


def test_parts_of_an_empty_mail_are_none():
    assert prepare(programme(), ENVELOPE, dispatch=DISPATCH).parts(following(99)) is None


@pytest.mark.parametrize("missing", ["/day:0:2026-11-23", "/list:0"])
def test_a_list_that_is_not_closed_is_refused(missing):
    fragments = [each for each in programme() if each.key != missing]

    with pytest.raises(ValueError, match="is not closed"):
        prepare(fragments, ENVELOPE, dispatch=DISPATCH)
