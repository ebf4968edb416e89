"""Public answers are kept, but never beyond the moment at which they would be wrong."""

import datetime as dt
import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from core import page_cache
from core.middleware import PublicCacheMiddleware
from core.models import ContentVersion

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
CLOSING = dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC)


class Site:
    """A site of one page that counts how often it is built."""

    def __init__(self, closes: dt.datetime | None = None) -> None:
        self.built = 0
        self.closes = closes

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.built += 1
        page_cache.changes_at(request, self.closes)
        return HttpResponse(f"built {self.built}")


@pytest.fixture(autouse=True)
def fresh_cache(db: None) -> None:
    page_cache.cache.clear()
    ContentVersion.bump(now=NOON)


def get(site: Site, path: str = "/", **headers: str) -> HttpResponse:
    request = RequestFactory(headers=headers).get(path)
    return PublicCacheMiddleware(site)(request)


def test_second_visitor_gets_the_kept_page(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)
    site = Site()

    answers = [get(site).content, get(site).content]

    assert answers == [b"built 1", b"built 1"]


def test_a_page_asked_for_without_encryption_is_not_given_to_others(settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site = Site()

    answers = [get(site).content, get(site, **{"X-Forwarded-Proto": "https"}).content]

    assert answers == [b"built 1", b"built 2"]


def test_a_change_of_content_makes_a_new_page(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)
    site = Site()
    get(site)

    ContentVersion.bump(now=NOON)

    assert get(site).content == b"built 2"


@pytest.mark.parametrize(
    ("moment", "body", "max_age"),
    [
        (CLOSING - dt.timedelta(minutes=5), b"built 1", 30),
        (CLOSING - dt.timedelta(seconds=12), b"built 1", 12),
        (CLOSING - dt.timedelta(milliseconds=400), b"built 1", 0),
        (CLOSING, b"built 2", 30),
    ],
)
def test_no_cache_keeps_a_page_beyond_closing_time(
    time_machine, moment: dt.datetime, body: bytes, max_age: int
) -> None:
    site = Site(closes=CLOSING)
    time_machine.move_to(CLOSING - dt.timedelta(minutes=6), tick=False)
    get(site)
    site.closes = None

    time_machine.move_to(moment, tick=False)
    answer = get(site)

    assert (answer.content, answer["Cache-Control"]) == (body, f"public, max-age={max_age}")


def test_known_copy_is_answered_with_304(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)
    site = Site()
    first = get(site)

    again = get(site, **{"If-None-Match": first["ETag"]})
    stale = get(site, **{"If-None-Match": '"other"', "If-Modified-Since": first["Last-Modified"]})
    by_date = get(site, **{"If-Modified-Since": first["Last-Modified"]})
    nonsense = get(site, **{"If-Modified-Since": "last Tuesday"})

    assert [answer.status_code for answer in (again, stale, by_date, nonsense)] == [
        304,
        200,
        304,
        200,
    ]


@pytest.mark.parametrize("path", ["/intern/", "/admin/", "/soeg/?q=mad", "/?x=" + "x" * 400])
def test_what_is_not_for_everybody_is_not_kept(path: str) -> None:
    site = Site()

    get(site, path)
    get(site, path)

    assert site.built == 2


def test_an_answer_that_read_a_cookie_is_not_kept() -> None:
    def form(request: HttpRequest) -> HttpResponse:
        return HttpResponse("token of one visitor", headers={"Vary": "Cookie"})

    response = PublicCacheMiddleware(form)(RequestFactory().get("/"))

    assert page_cache.find(RequestFactory().get("/"), NOON) is None
    assert "public" not in response.get("Cache-Control", "")


def test_a_visitor_who_is_logged_in_passes_by_the_cache() -> None:
    site = Site()
    get(site)
    request = RequestFactory().get("/")
    request.COOKIES["sessionid"] = "somebody"

    answer = PublicCacheMiddleware(site)(request)

    assert answer.content == b"built 2"


def test_a_cache_that_is_down_costs_speed_and_nothing_else(settings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
            "OPTIONS": {"socket_connect_timeout": 0.2},
        }
    }
    site = Site()

    assert [get(site).status_code, get(site).status_code] == [200, 200]


def test_a_hit_costs_one_query(django_assert_num_queries) -> None:
    site = Site()
    get(site)

    with django_assert_num_queries(1):
        get(site)


def test_a_page_is_compressed_for_those_who_ask(time_machine) -> None:
    time_machine.move_to(NOON, tick=False)
    site = Site()
    plain = get(site)

    zipped = get(site, **{"Accept-Encoding": "br, gzip"})
    refused = get(site, **{"Accept-Encoding": "gzip;q=0"})

    assert gzip.decompress(zipped.content) == plain.content == refused.content
    assert (zipped["Content-Encoding"], zipped["Vary"]) == ("gzip", "Accept-Encoding")
    assert zipped["ETag"] == plain["ETag"][:-1] + '-gzip"'
