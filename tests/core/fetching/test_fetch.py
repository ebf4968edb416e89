"""Fetching from a real server on this machine."""

import gzip
import time
import zlib
from http.server import BaseHTTPRequestHandler

import pytest

from core.fetching import Fetched, FetchError, FetchProblem, FetchStatus, fetch
from tests.harness.far_away import NAME, FarAway, reply

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def problem(other: FarAway, path: str, **options: object) -> FetchProblem:
    with pytest.raises(FetchError) as refused:
        fetch(other.url(path), gate=other.gate, **options)
    return refused.value.code


def test_fetch_gives_bytes_and_what_to_ask_with_next_time(other: FarAway):
    other.serve("/a.ics", CALENDAR, ETag='"1"', Last_Modified="Tue, 03 Mar 2026 12:00:00 GMT")

    got = fetch(other.url("/a.ics"), gate=other.gate)

    assert got == Fetched(
        status=FetchStatus.OK,
        body=CALENDAR,
        etag='"1"',
        last_modified="Tue, 03 Mar 2026 12:00:00 GMT",
        final_url=other.url("/a.ics"),
    )


def test_fetch_keeps_the_name_in_host_and_sends_nothing_personal(other: FarAway, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    other.serve("/a.ics", CALENDAR, Set_Cookie="a=b")

    for _ in range(2):
        fetch(other.url("/a.ics"), gate=other.gate)

    assert [headers for _, headers in other.asked] == 2 * [
        {
            "Host": f"{NAME}:{other.port}",
            "User-Agent": "Fristed/1 (calendar subscription)",
            "Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
    ]


def test_fetch_of_something_unchanged_is_a_short_answer(other: FarAway):
    other.serve("/a.ics", b"", 304, ETag='"1"')

    got = fetch(other.url("/a.ics"), etag='"1"', gate=other.gate)

    assert (got.status, got.body, got.etag) == (FetchStatus.NOT_MODIFIED, b"", '"1"')
    assert other.asked[0][1]["If-None-Match"] == '"1"'


def test_unasked_304_is_an_error(other: FarAway):
    other.serve("/a.ics", b"", 304)

    assert problem(other, "/a.ics") == FetchProblem.ANSWER


def test_fetch_follows_five_redirects_and_no_more(other: FarAway):
    for step in range(7):
        other.serve(f"/{step}", b"", 302, Location=f"/{step + 1}")
    other.serve("/7", CALENDAR)

    assert fetch(other.url("/2"), gate=other.gate).final_url == other.url("/7")
    assert problem(other, "/1") == FetchProblem.REDIRECTS


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_to_a_private_name_is_refused(other: FarAway, status: int):
    other.numbers["intern.test"] = ["10.0.0.1"]
    other.serve("/a.ics", b"", status, Location=other.url("/b.ics", "intern.test"))
    other.serve("/b.ics", CALENDAR)

    assert problem(other, "/a.ics") == FetchProblem.UNREACHABLE
    assert [path for path, _ in other.asked] == ["/a.ics"]


def test_redirect_to_a_number_is_refused(other: FarAway):
    other.serve("/a.ics", b"", 302, Location=f"http://127.0.0.1:{other.port}/b.ics")

    assert problem(other, "/a.ics") == FetchProblem.ADDRESS
    assert [path for path, _ in other.asked] == ["/a.ics"]


def test_this_machine_is_refused_without_a_word_about_who_listens(other: FarAway):
    other.serve("/a.ics", CALENDAR)

    with pytest.raises(FetchError) as refused:
        fetch(f"http://localhost.localdomain:{other.port}/a.ics")

    assert refused.value.code == FetchProblem.UNREACHABLE
    assert other.asked == []


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (204, FetchProblem.ANSWER),
        (401, FetchProblem.LOGIN),
        (403, FetchProblem.LOGIN),
        (404, FetchProblem.MISSING),
        (410, FetchProblem.MISSING),
        (429, FetchProblem.BUSY),
        (500, FetchProblem.ANSWER),
        (503, FetchProblem.BUSY),
    ],
)
def test_answer_that_is_no_calendar_has_a_name(other: FarAway, status: int, code: FetchProblem):
    other.serve("/a.ics", b"", status)

    assert problem(other, "/a.ics") == code


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_packed_body_is_unpacked(other: FarAway, coding: str, pack):
    other.serve("/a.ics", pack(CALENDAR), Content_Encoding=coding)

    assert fetch(other.url("/a.ics"), gate=other.gate).body == CALENDAR


def test_two_packed_members_are_one_body(other: FarAway):
    other.serve("/a.ics", gzip.compress(b"BEGIN") + gzip.compress(b"END"), Content_Encoding="gzip")

    assert fetch(other.url("/a.ics"), gate=other.gate).body == b"BEGINEND"


@pytest.mark.parametrize(
    ("body", "coding", "code"),
    [
        (gzip.compress(bytes(20_000_000)), "gzip", FetchProblem.TOO_LARGE),
        (gzip.compress(CALENDAR)[:-9], "gzip", FetchProblem.CUT),
        (CALENDAR, "gzip", FetchProblem.PACKED),
        (CALENDAR, "br", FetchProblem.PACKED),
        (gzip.compress(gzip.compress(CALENDAR)), "gzip, gzip", FetchProblem.PACKED),
    ],
    # Named: gzip writes the time into its header, and every test process must see the same names.
    ids=["bomb", "cut", "not_packed", "other_packing", "packed_twice"],
)
def test_packed_body_that_is_a_trap_is_refused(
    other: FarAway, body: bytes, coding: str, code: FetchProblem
):
    other.serve("/a.ics", body, Content_Encoding=coding)

    assert problem(other, "/a.ics") == code


def test_body_over_the_limit_is_refused(other: FarAway):
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(b"a" * 10_000)

    other.answers["/endless.ics"] = endless
    other.serve("/announced.ics", b"a" * 1001)

    assert problem(other, "/endless.ics", limit_bytes=1000) == FetchProblem.TOO_LARGE
    assert problem(other, "/announced.ics", limit_bytes=1000) == FetchProblem.TOO_LARGE


def test_body_shorter_than_announced_is_an_error(other: FarAway):
    other.serve("/a.ics", CALENDAR, Content_Length="9000")

    assert problem(other, "/a.ics") == FetchProblem.CUT


def test_slow_sender_is_left_when_the_time_for_everything_is_up(other: FarAway):
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for _ in range(40):
            handler.wfile.write(b"X-A: b\r\n")
            time.sleep(0.05)
        reply(handler, CALENDAR)

    other.answers["/a.ics"] = drip
    begun = time.monotonic()

    assert problem(other, "/a.ics", seconds=0.3) == FetchProblem.SLOW
    assert time.monotonic() - begun < 1.5


def test_headers_without_end_are_refused(other: FarAway):
    def many(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for _ in range(90):
            handler.wfile.write(b"X-A: " + b"b" * 1000 + b"\r\n")
        handler.wfile.write(b"\r\n")

    other.answers["/a.ics"] = many

    assert problem(other, "/a.ics") == FetchProblem.TOO_LARGE


def test_answer_that_is_not_http_is_an_error(other: FarAway):
    other.answers["/a.ics"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")

    assert problem(other, "/a.ics") == FetchProblem.ANSWER


def test_closed_door_and_unknown_name_sound_the_same(other: FarAway):
    closed = FarAway(1)

    messages = set()
    for url, gate in (
        (closed.url("/a.ics"), closed.gate),
        ("http://intern.test/a.ics", other.gate),
    ):
        with pytest.raises(FetchError) as refused:
            fetch(url, gate=gate)
        messages.add(refused.value.message)

    assert len(messages) == 1


def test_address_is_never_logged_with_its_secret_part(other: FarAway, caplog):
    caplog.set_level("INFO")

    problem(other, "/hemmelig-4711.ics")

    assert NAME in caplog.text
    assert "hemmelig" not in caplog.text
