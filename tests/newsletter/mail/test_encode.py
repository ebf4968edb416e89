"""Pieces of an issue, encoded once."""

import quopri

import pytest

from newsletter.domain.content import Block, BlockKind, Kind
from newsletter.mail import encode_issue, preview_html, preview_text
from newsletter.mail.encode import encode_entries
from tests.factories.mail import (
    make_content,
    make_entry,
    make_mail_reader,
    make_shared,
    make_week,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


def keys(content):
    return [piece.key for piece in encode_issue(content)]


def test_the_pieces_of_an_issue_stand_in_order():
    assert keys(make_content(blocks=(make_week(), make_shared()))) == [
        "head",
        "intro",
        "list:0",
        "day:0:2026-11-23",
        "act:0:1",
        "act:0:2",
        "act:0:3",
        "/day:0:2026-11-23",
        "day:0:2026-11-24",
        "act:0:4",
        "/day:0:2026-11-24",
        "more:0",
        "/list:0",
        "list:1",
        "shared:1:9",
        "more:1",
        "/list:1",
        "foot",
    ]


def test_words_of_mail_made_by_itself_are_no_reason_to_send_it():
    words = Block(BlockKind.TEXT, html="<p>Hej</p>", text="Hej")

    assert keys(make_content(kind=Kind.WEEKLY, blocks=(words,))) == [
        "head",
        "hello",
        "aside:0",
        "foot",
    ]


def test_an_empty_list_says_what_the_editor_wrote():
    empty = Block(BlockKind.ACTIVITIES, "Ugen", empty_text="Der er ikke planlagt noget endnu.")
    content = make_content(blocks=(empty,))

    assert keys(content) == ["head", "intro", "block:0", "foot"]
    assert "Ugen\n====\n\nDer er ikke planlagt noget endnu.\n" in preview_text(
        content, make_mail_reader()
    )


def test_a_list_and_a_part_without_words_are_left_out():
    nothing = (Block(BlockKind.ACTIVITIES, "Ugen"), Block(BlockKind.TEXT, "Tak"))

    assert keys(make_content(greeting_html="", greeting_text=" ", blocks=nothing)) == [
        "head",
        "foot",
    ]


def test_a_date_encoded_alone_is_the_same_bytes_as_in_its_issue():
    content = make_content(blocks=(make_week(), make_shared()))
    whole = {piece.key: piece for piece in encode_issue(content) if piece.occurrence_id}
    names = {BlockKind.ACTIVITIES: "act", BlockKind.SHARED: "shared"}
    entries = {
        f"{names[block.kind]}:{number}:{each.occurrence_id}": each
        for number, block in enumerate(content.blocks)
        for each in block.entries
    }

    alone = encode_entries(entries)

    assert {key: (piece.html_qp, piece.text_qp) for key, piece in alone.items()} == {
        key: (piece.html_qp, piece.text_qp) for key, piece in whole.items()
    }


def test_a_test_says_so_in_both_parts():
    head = encode_issue(make_content(), trial=True)[0]

    said = "Det her er en prøve. Ingen andre har fået den."
    assert said in quopri.decodestring(head.text_qp).decode()
    assert said in quopri.decodestring(head.html_qp).decode()


def test_what_an_editor_writes_stays_text():
    title = '<script>alert("hej")</script> & <!--piece foot-->'
    week = Block(BlockKind.ACTIVITIES, entries=(make_entry(1, 23, 14, title),))
    content = make_content(blocks=(week,))

    html, text = (
        preview_html(content, make_mail_reader()),
        preview_text(content, make_mail_reader()),
    )

    assert "<script>" not in html
    assert f"14.00  {title}" in text


def test_a_comment_in_the_greeting_cannot_cut_the_mail():
    content = make_content(greeting_html="<p>Hej <!--piece foot--> dig</p>", blocks=())

    assert keys(content) == ["head", "intro", "foot"]


def test_letters_nobody_can_see_are_left_out():
    content = make_content(greeting_html="<p>Hej\x01\x00 dig</p>", greeting_text="Hej\x01\x00 dig")
    reader = make_mail_reader()

    assert "<p style" in preview_html(content, reader)
    assert "Hej dig\n" in preview_text(content, reader)
    assert "\x01" not in preview_html(content, reader) + preview_text(content, reader)


def test_a_reader_for_whom_there_is_nothing_is_said_to_get_no_mail():
    content = make_content(kind=Kind.WEEKLY, blocks=(make_week(),))

    assert preview_text(content, make_mail_reader(99)) == (
        "Den her læser får ingen mail: Der er ikke noget i den til vedkommende."
    )
