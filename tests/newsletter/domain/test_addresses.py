import pytest

from newsletter.domain.addresses import AddressError, ascii_domain, mailbox_of, parse_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("anna@example.dk", "anna@example.dk"),
        ("  Anna.B+nyt@Example.DK ", "Anna.B+nyt@example.dk"),
        ("anna@rødgrød.example", "anna@rødgrød.example"),
        ("anna@xn--brn-0na.example", "anna@børn.example"),
        ("anna@BØRN.example", "anna@børn.example"),
        ("o'brien@mail.example.org", "o'brien@mail.example.org"),
    ],
)
def test_an_address_is_kept_as_typed_with_its_domain_in_lower_case(typed, kept):
    assert parse_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("anna b@example.dk", "space"),
        ("anna@example.dk\r\nBcc: alle@example.dk", "space"),
        ("anna\u200b@example.dk", "space"),
        ("anna@example.dk\x00", "space"),
        ("example.dk", "at"),
        ("@example.dk", "at"),
        ("a@b@example.dk", "at"),
        ("søren@example.dk", "letters"),
        ('"anna"@example.dk', "letters"),
        ("anna..b@example.dk", "letters"),
        ("<anna@example.dk>", "letters"),
        ("anna@", "domain"),
        ("anna@example", "domain"),
        ("anna@-example.dk", "domain"),
        ("anna@example..dk", "domain"),
        ("anna@xn--.example", "domain"),
        ("anna@127.0.0.1", "domain"),
        ("anna@[127.0.0.1]", "domain"),
        (f"{'a' * 65}@example.dk", "long"),
        (f"anna@{'a.' * 130}dk", "long"),
        ("Postmaster@example.dk", "role"),
        ("no-reply@example.dk", "role"),
    ],
)
def test_what_is_wrong_with_an_address_has_a_name(typed, code):
    with pytest.raises(AddressError) as error:
        parse_address(typed)

    assert error.value.code == code


def test_danish_letters_in_a_domain_are_written_as_mail_writes_them():
    assert ascii_domain("børnehuset.example") == "xn--brnehuset-l8a.example"


def test_tags_and_capitals_lead_to_the_same_mailbox():
    written = ["anna@example.dk", "Anna+nyt@example.dk", "anna+a+b@example.dk"]

    assert {mailbox_of(address) for address in written} == {"anna@example.dk"}
