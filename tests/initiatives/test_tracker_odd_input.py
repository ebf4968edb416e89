"""Whatever stands in the address bar or comes in a form is answered, never with an error."""

import pytest
from django.test import Client

from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue, make_progress

BASE = "/admin/initiativer/"
HUGE = "9" * 25
ODD = ["", "0", "-1", "x", HUGE, "\x00", "æ" * 400, "<b>", "1e9", "½", "2026-13-45", "💡"]


@pytest.fixture
def head(home, client: Client) -> Client:
    make_catalogue()
    client.force_login(make_user(role="area_head"))
    return client


@pytest.mark.parametrize(
    "path",
    [
        "katalog/%00/",
        f"katalog/{HUGE}/",
        "katalog/%C3%A6/",
        "faelles/%00/",
        f"steder/{HUGE}/",
        f"steder/{HUGE}/1a/",
        "steder/0/1a/",
        f"steder/{HUGE}/1a/ret/",
        f"indsatser/{HUGE}/",
        f"aftaler/{HUGE}/",
        f"handleplan/{HUGE}/",
        f"dokumentation/{HUGE}/hent/",
        f"dokumentation/{HUGE}/fjern/",
    ],
)
def test_address_of_nothing_is_not_found(head: Client, path: str) -> None:
    assert head.get(BASE + path).status_code in {400, 404}  # 400: a path no text can have


@pytest.mark.parametrize("odd", ODD)
def test_query_of_any_kind_gives_a_page(head: Client, odd: str) -> None:
    venue = make_venue()
    make_progress("1a", venue)
    asked = {
        "historik/": ("sted", "initiativ", "side", "export"),
        "handleplan/sammenlign/": ("fra", "til"),
        "indsatser/": ("status", "export"),
        "indsatser/ny/": ("sted",),
        f"steder/{venue.pk}/1a/": ("fjernet",),
        f"steder/{venue.pk}/1a/ret/": ("frist",),
    }

    statuses = {
        path: head.get(BASE + path, dict.fromkeys(keys, odd)).status_code
        for path, keys in asked.items()
    }

    assert statuses == dict.fromkeys(asked, 200)


@pytest.mark.parametrize("odd", ODD)
def test_form_with_anything_in_it_is_answered(head: Client, odd: str) -> None:
    venue = make_venue()
    make_progress("1a", venue)
    square = f"steder/{venue.pk}/1a/"
    posted = {
        f"{square}ret/": ("status", "agreed_start", "agreed_deadline", "next_step", "seen_at"),
        f"{square}oplysninger/": ("adopted_on", "seen_at", "partner_briefings-TOTAL_FORMS"),
        f"{square}dokumentation/": ("title", "url", "page"),
        "handleplan/ny/": (
            "meeting",
            "decided_on",
            "decision",
            "rank_1a",
            "first_1a",
            "seen_version",
        ),
        "indsatser/ny/": (
            "venue",
            "title",
            "area",
            "status",
            "activity",
            "target_groups",
            "coordinated_at",
        ),
    }

    statuses = {
        path: head.post(BASE + path, dict.fromkeys(keys, odd)).status_code
        for path, keys in posted.items()
    }

    assert {path: status for path, status in statuses.items() if status not in {302, 422}} == {}
