"""Addresses as people type and copy them, and as attackers spell them."""

import pytest

from core.fetching import FetchError, FetchProblem, WebAddress, read_address
from core.fetching.web_address import follow


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            "https://example.org/kalender.ics?token=a%20b",
            WebAddress("https", "example.org", 443, "/kalender.ics?token=a%20b"),
        ),
        ("  http://Example.org ", WebAddress("http", "example.org", 80, "/")),
        ("webcal://example.org/a.ics", WebAddress("https", "example.org", 443, "/a.ics")),
        ("WEBCAL://example.org/a.ics", WebAddress("https", "example.org", 443, "/a.ics")),
        ("https://example.org./a#dele", WebAddress("https", "example.org", 443, "/a")),
        ("https://example.org:8443/a", WebAddress("https", "example.org", 8443, "/a")),
        (
            "https://værested.example/kø.ics",
            WebAddress("https", "xn--vrested-mxa.example", 443, "/k%C3%B8.ics"),
        ),
    ],
)
def test_address_is_read_into_plain_ascii(typed: str, read: WebAddress):
    assert read_address(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "kalender.ics",
        "//example.org/a.ics",
        "file:///etc/passwd",
        "ftp://example.org/a.ics",
        "javascript:1",
        "http:///a.ics",
        "http://localhost/a.ics",
        "http://127.0.0.1/a.ics",
        "http://2130706433/a.ics",
        "http://0x7f.0.0.0x1/a.ics",
        "http://[::1]/a.ics",
        "http://[fe80::1%25lo]/a.ics",
        "http://①②⑦.⓪.⓪.①/a.ics",
        "http://127。0。0。1/a.ics",
        "http://%31%32%37.0.0.1/a.ics",
        "http://anna:hemmelig@example.org/a.ics",
        "http://example.org\\@127.0.0.1/a.ics",
        "http://example.org/a.ics HTTP/1.1\r\nHost: other",
        "http://example.org\t/a.ics",
        "http://example.org:99999/a.ics",
        "http://example.org/" + "a" * 2000,
    ],
)
def test_address_of_anything_else_is_refused(typed: str):
    with pytest.raises(FetchError) as refused:
        read_address(typed)

    assert refused.value.code == FetchProblem.ADDRESS


def test_redirect_is_read_relative_to_where_it_came_from():
    here = read_address("https://example.org/a/b.ics")

    assert str(follow(here, "../c.ics?x=1")) == "https://example.org/c.ics?x=1"
    assert str(follow(here, "//other.example/d")) == "https://other.example/d"


@pytest.mark.parametrize("location", ["", "  ", "http://example.org/a", "file:///etc/passwd"])
def test_redirect_to_nowhere_or_to_something_less_safe_is_refused(location: str):
    here = read_address("https://example.org/a/b.ics")

    with pytest.raises(FetchError):
        follow(here, location)
