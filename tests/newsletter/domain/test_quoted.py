"""Bodies and header words as 7-bit mail, held against Python's own readers of both."""

import quopri
from email.header import decode_header, make_header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.domain.quoted import MimeError, header, inside, mail_address, named, quoted

LETTERS = st.characters(blacklist_categories=("Cs",), blacklist_characters="\r\n")
LINES = st.lists(st.text(LETTERS, max_size=120), min_size=1, max_size=4)
PRINTABLE = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Cf")), min_size=1, max_size=120
)


def unquoted(encoded):
    return quopri.decodestring(encoded).decode("utf-8")


def read_header(line):
    """What a mail program shows of a header."""
    value = line.decode("ascii").partition(":")[2].strip().replace("\r\n", "")
    return str(make_header(decode_header(value)))


def test_danish_comes_out_readable():
    encoded = quoted("Kl. 14–16. Fællesspisning på Ærø = 30 kr.\n")

    assert encoded == b"Kl. 14=E2=80=9316. F=C3=A6llesspisning p=C3=A5 =C3=86r=C3=B8 =3D 30 kr.\r\n"


@settings(derandomize=True, max_examples=200)
@given(LINES)
def test_bodies_are_read_back_as_they_were(lines):
    encoded = quoted("\n".join(lines) + "\n")

    assert unquoted(encoded) == "\r\n".join(lines) + "\r\n"


@settings(derandomize=True, max_examples=200)
@given(LINES)
def test_bodies_are_short_lines_of_printable_ascii(lines):
    rows = quoted("\n".join(lines)).split(b"\r\n")

    assert max(map(len, rows)) <= 76
    assert all(32 <= byte <= 126 for row in rows for byte in row)
    assert not any(row.startswith((b".", b"From ")) or row.endswith(b" ") for row in rows)


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("From os til dig", b"=46rom os til dig\r\n"),
        ("Fristed", b"Fristed\r\n"),
        (".", b"=2E\r\n"),
        ("Hej ", b"Hej=20\r\n"),
        ("", b"\r\n"),
    ],
)
def test_what_begins_or_ends_a_line_survives_every_server(text, encoded):
    assert quoted(f"{text}\n") == encoded


def test_pieces_joined_are_the_text_joined():
    first, second = "Hej på dig " * 20, "Æblegrød"

    assert unquoted(quoted(first) + quoted(second)) == f"{first}\r\n{second}\r\n"


def test_what_is_the_readers_own_stands_in_its_line():
    address = "https://fristed.example/nyhedsbrev/afmeld/" + "k=" * 40
    encoded = quoted('<a href="HERE">Stop mailen på</a>\n', {"HERE": b"\x01"})

    whole = encoded.replace(b"\x01", inside(address))

    assert unquoted(whole) == f'<a href="{address}">Stop mailen på</a>\r\n'
    assert max(map(len, whole.split(b"\r\n"))) <= 76


def test_a_plain_subject_stays_readable():
    assert header("Subject", "Ugens program") == b"Subject: Ugens program\r\n"


def test_a_danish_subject_is_encoded_and_folded():
    line = header("Subject", "Suppe på torsdag. Lys på Torvet lørdag, og bagefter æbleskiver")

    assert line == (
        b"Subject: =?utf-8?q?Suppe_p=C3=A5_torsdag=2E_Lys_p=C3=A5_Torvet_l=C3=B8rdag?=\r\n"
        b" =?utf-8?q?=2C_og_bagefter_=C3=A6bleskiver?=\r\n"
    )


@settings(derandomize=True, max_examples=200)
@given(PRINTABLE.filter(str.strip))
def test_subjects_are_read_back_as_they_were(text):
    line = header("Subject", text)

    assert read_header(line) == text.strip()
    assert max(map(len, line.split(b"\r\n"))) <= 76


def test_a_subject_that_looks_encoded_is_shown_as_written():
    line = header("Subject", "=?utf-8?q?Hej?=")

    assert read_header(line) == "=?utf-8?q?Hej?="


@pytest.mark.parametrize(
    "text", ["Hej\r\nBcc: alle@example.org", "Hej\nX: y", "Hej\x00", "a\u2028b"]
)
def test_a_line_break_in_a_header_is_refused(text):
    with pytest.raises(MimeError) as caught:
        header("Subject", text)

    assert caught.value.code == "line_break"


def test_a_header_that_says_nothing_is_refused():
    with pytest.raises(MimeError) as caught:
        header("Subject", "  ")

    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fristed", b"From: Fristed <post@by.example>\r\n"),
        ("", b"From: <post@by.example>\r\n"),
        ("Væresteder", b"From: =?utf-8?q?V=C3=A6resteder?= <post@by.example>\r\n"),
        (
            'Ole "O" <x@y.dk>',
            b"From: =?utf-8?q?Ole_=22O=22_=3Cx=40y=2Edk=3E?= <post@by.example>\r\n",
        ),
    ],
)
def test_a_sender_cannot_write_another_address_into_the_name(name, expected):
    assert named("From", name, "post@by.example") == expected


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("aase@example.org", "aase@example.org"),
        (" Aase.Holm+by@Example.org ", "Aase.Holm+by@Example.org"),
        ("aase@æblegrød.dk", "aase@xn--blegrd-oua3m.dk"),
    ],
)
def test_addresses_go_out_in_ascii(typed, wire):
    assert mail_address(typed) == wire


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "aase",
        "aase@",
        "@example.org",
        "aase@example",
        "åse@example.org",
        "a b@example.org",
        "a..b@example.org",
        ".a@example.org",
        "a@-x.dk",
        "a@b..dk",
        "a@example.org\r\nBcc: b@example.org",
        "a@b.dk,c@d.dk",
        "<a@b.dk>",
        "a@" + "b" * 64 + ".dk",
    ],
)
def test_broken_addresses_are_refused(typed):
    with pytest.raises(MimeError) as caught:
        mail_address(typed)

    assert caught.value.code == "address"
