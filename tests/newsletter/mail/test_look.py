"""A mail as its reader meets it: the same words with and without styles, for every eye."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest

from core.domain.colours import contrast
from core.domain.text import lix
from core.mail_frame import mail_frame
from newsletter.domain.content import Block, BlockKind
from newsletter.domain.headers import Envelope
from newsletter.domain.mime import assemble
from newsletter.mail import encode_issue, preview_html, preview_text
from tests.factories.mail import (
    PERLEN,
    make_content,
    make_entry,
    make_frame,
    make_mail_reader,
    make_week,
)

GMAIL_CUTS_AT = 102_000
OURS = "https://fristed.example/"
DISPATCH = UUID("8b7c0000-0000-4000-8000-000000000001")
READER = make_mail_reader(
    unsubscribe_mailto="mailto:retur@eksempelby.example?subject=afmeld%20nGle"
)
ENVELOPE = Envelope(
    from_name="Fristed",
    from_address="post@eksempelby.example",
    subject="Suppe på torsdag. Lys på Torvet lørdag.",
    list_name="Nyt fra værestederne",
    list_id="nyt-fra-vaerestederne.nyhedsbrev.eksempelby.example",
    help_url="https://fristed.example/nyhedsbrev/",
    archive_url="https://fristed.example/nyhedsbrev/",
    feedback_id="8b7c00000000:nyt-fra-vaerestederne:newsletter:eksempelbyexamp",
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


@pytest.fixture(autouse=True)
def frame(home):
    return make_frame(home)


class Page(HTMLParser):
    """The headings, addresses and tags of a document."""

    def __init__(self, html):
        super().__init__()
        self.headings, self.links, self.pictures, self.tags = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append((tag, values))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(values["href"])
        if tag == "img":
            self.pictures.append(values)


def kept(root, name):
    return Path(root, "tests/data/mail", name).read_text(encoding="utf-8")


def test_the_text_of_an_issue_reads_well(root):
    assert preview_text(make_content(), make_mail_reader()) == kept(root, "issue.txt")


def test_the_html_of_an_issue_is_as_it_was_looked_at(root):
    assert preview_html(make_content(), make_mail_reader()) == kept(root, "issue.html")


def test_a_reader_of_one_venue_gets_a_shorter_mail(root):
    assert preview_text(make_content(), make_mail_reader(PERLEN)) == kept(root, "issue_perlen.txt")


def test_the_bytes_of_a_message_are_as_they_were_checked(root):
    raw = assemble(encode_issue(make_content()), READER, ENVELOPE, dispatch=DISPATCH)

    assert raw == Path(root, "tests/data/mail/issue.eml").read_bytes()


def test_both_parts_have_the_same_links():
    html = Page(preview_html(make_content(), make_mail_reader()))
    text = preview_text(make_content(), make_mail_reader())

    on_the_web = [link for link in html.links if not link.startswith("tel:")]
    in_text = re.findall(r"https://[^\s)]+", text)
    assert sorted(in_text) == sorted(on_the_web)


def test_headings_come_in_order_below_one_main_heading():
    assert Page(preview_html(make_content(), make_mail_reader())).headings == [
        1,
        2,
        2,
        3,
        3,
        2,
        2,
        2,
    ]


def test_days_are_main_parts_where_the_list_has_no_heading():
    week = replace(make_week(), heading="")
    html = preview_html(make_content(blocks=(week,)), make_mail_reader())

    assert Page(html).headings == [1, 2, 2, 2]


def test_a_mail_asks_nobody_else_for_anything():
    html = preview_html(make_content(), make_mail_reader())
    page = Page(html)

    assert {tag for tag, _ in page.tags} & {"script", "link", "iframe", "form", "object"} == set()
    assert [picture["src"] for picture in page.pictures] == [f"{OURS}media/images/suppe.jpg"]
    assert all(link.startswith((OURS, "tel:")) for link in page.links)
    assert "url(" not in html
    assert "@import" not in html


def test_everything_can_be_read_with_pictures_off():
    page = Page(preview_html(make_content(), make_mail_reader()))

    assert [picture["alt"] for picture in page.pictures] == ["En gryde suppe på et langt bord"]


def test_tables_that_only_place_things_say_so():
    page = Page(preview_html(make_content(), make_mail_reader()))
    tables = [values for tag, values in page.tags if tag == "table"]

    assert {values.get("role") for values in tables} == {"presentation"}
    assert [values["lang"] for tag, values in page.tags if tag == "html"] == ["da"]


def test_our_own_words_are_easy():
    assert lix(preview_text(make_content(), make_mail_reader())) <= 35


def test_every_colour_can_be_read_light_and_dark():
    frame = mail_frame()
    pairs = [("ink", "paper"), ("soft", "paper"), ("pine", "paper"), ("brick", "paper")]
    pairs += [("ink", "sand"), ("soft", "sand"), ("pine", "sand"), ("brick", "sand")]
    pairs += [("paper", "pine")]

    too_weak = [
        (front, ground, colours[front])
        for colours in (frame.light, frame.dark)
        for front, ground in pairs
        if contrast(colours[front], colours[ground]) < 4.5
    ]
    assert too_weak == []


def test_a_municipality_keeps_its_colours(frame):
    frame.pine = "#003366"
    frame.save()

    html = preview_html(make_content(), make_mail_reader())

    assert 'class="button" href="https://fristed.example/aktiviteter/" style="' in html
    assert "background:#003366" in html
    assert "#14514a" not in html


def test_a_week_of_a_whole_town_is_not_cut_by_the_reader_of_mail():
    entries = tuple(make_entry(number, 23, 14) for number in range(1, 431))
    issue = make_content(blocks=(Block(BlockKind.ACTIVITIES, "Ugen", entries=entries),))

    html = preview_html(issue, make_mail_reader())

    assert len(html.encode()) < GMAIL_CUTS_AT
    assert html.count("<li>") > 120
    assert "Der sker mere, end der er plads til her." in html


def test_an_issue_is_encoded_with_three_queries_however_long(django_assert_num_queries):
    few = make_content(blocks=())
    entries = tuple(make_entry(number, 23, 14) for number in range(1, 41))
    many = make_content(blocks=(Block(BlockKind.ACTIVITIES, entries=entries),))

    with django_assert_num_queries(4):
        encode_issue(few)
    with django_assert_num_queries(4):
        encode_issue(many)
