"""Conditional requests by RFC 9110: the tag first, then the date, and nothing built in vain."""

import datetime as dt

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from core.http import answer, has_copy, plain_answer, strong_etag

ETAG = '"abc"'
CHANGED = dt.datetime(2026, 11, 23, 12, 0, 0, 500_000, tzinfo=dt.UTC)
SAME, EARLIER, LATER = (
    "Mon, 23 Nov 2026 12:00:00 GMT",
    "Mon, 23 Nov 2026 11:59:59 GMT",
    "Mon, 23 Nov 2026 12:00:01 GMT",
)


def ask(method: str = "GET", build=lambda: HttpResponse("hej"), **headers: str) -> HttpResponse:
    request = RequestFactory().generic(method, "/kalender.ics", headers=headers)
    return answer(request, build, etag=ETAG, changed_at=CHANGED, max_age=300)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"If-None-Match": ETAG}, 304),
        ({"If-None-Match": f"W/{ETAG}"}, 304),
        ({"If-None-Match": f'"x", {ETAG}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"x"'}, 200),
        ({"If-None-Match": "abc"}, 200),
        ({"If-Modified-Since": SAME}, 304),
        ({"If-Modified-Since": LATER}, 304),
        ({"If-Modified-Since": EARLIER}, 200),
        ({"If-Modified-Since": "i går"}, 200),
        ({"If-None-Match": '"x"', "If-Modified-Since": SAME}, 200),
        ({"If-None-Match": ETAG, "If-Modified-Since": EARLIER}, 304),
        ({"If-Match": ETAG}, 200),
        ({"If-Match": '"x"'}, 412),
        ({"If-Unmodified-Since": SAME}, 200),
        ({"If-Unmodified-Since": EARLIER}, 412),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_answer_follows_the_conditions_of_the_request(
    method: str, headers: dict[str, str], status: int
) -> None:
    built = []

    def build() -> HttpResponse:
        built.append(True)
        return HttpResponse("hej")

    response = ask(method, build, **headers)

    assert response.status_code == status
    assert built == ([True] if status == 200 else [])


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": ETAG}])
def test_answer_names_tag_date_and_how_long_it_holds(headers: dict[str, str]) -> None:
    response = ask(**headers)

    assert response["ETag"] == ETAG
    assert response["Last-Modified"] == SAME
    assert response["Cache-Control"] == "public, max-age=300"


def test_head_has_the_headers_of_get_and_no_body() -> None:
    response = ask("HEAD")

    assert (response["Content-Length"], response.content) == ("3", b"")


def test_head_of_a_stream_reads_nothing() -> None:
    def rows():
        raise AssertionError("a HEAD request reads no rows")
        yield b""

    response = ask("HEAD", lambda: StreamingHttpResponse(rows()))

    assert b"".join(response.streaming_content) == b""


@pytest.mark.parametrize(
    ("sent", "known"),
    [(ETAG, True), (f'W/{ETAG}, "x"', True), ("*", False), ('"x"', False), ("", False)],
)
def test_has_copy_needs_the_very_tag(sent: str, known: bool) -> None:
    request = RequestFactory().get("/", headers={"If-None-Match": sent})

    assert has_copy(request, ETAG) is known


def test_strong_etag_differs_with_every_part() -> None:
    tags = {strong_etag(1, "ab"), strong_etag(1, "a", "b"), strong_etag(2, "ab"), strong_etag()}

    assert len(tags) == 4
    assert all(len(tag) == 34 and tag[0] == tag[-1] == '"' for tag in tags)


def test_plain_answer_is_one_line() -> None:
    response = plain_answer("Vi kender ikke\r\n “x”.", 400)

    assert response.content.decode() == "Vi kender ikke “x”.\n"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
