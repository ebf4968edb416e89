"""Addresses for machines: is it alive, may it be read, what is there."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from core.models import Heartbeat, SiteSettings
from tests.factories.activities import make_activity
from tests.factories.directory import make_venue
from tests.factories.pages import make_standard_page


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.parametrize(("age", "worker"), [(1, True), (10, False), (None, False)])
def test_ready_tells_whether_the_worker_is_heard(
    db: None, client: Client, age: int | None, worker: bool
) -> None:
    if age is not None:
        seen_at = timezone.now() - dt.timedelta(minutes=age)
        Heartbeat.objects.create(name="worker", seen_at=seen_at)

    answer = client.get("/readyz")

    assert answer.json() == {"database": True, "worker": worker}


def test_robots_keep_out_of_what_is_internal(client: Client) -> None:
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /intern/\nDisallow: /enhed/\n"
        "Disallow: /konto/\nDisallow: /soeg/\n"
        "Sitemap: https://fristed.example/sitemap.xml\n"
    )


def test_sitemap_lists_what_the_public_may_see(home, client: Client) -> None:
    make_standard_page(home.home)
    open_venue = make_venue(title="Perlen")
    make_activity(open_venue, title="Fællesspisning")
    closed_venue = make_venue(title="Skjult")
    make_activity(closed_venue, title="Brætspil")
    closed_venue.unpublish()

    text = client.get("/sitemap.xml").content.decode()

    paths = [part.split("</loc>")[0] for part in text.split("<loc>")[1:]]
    assert [path.split("fristed.example")[-1].split(":80")[-1] for path in paths] == [
        "/",
        "/steder/",
        "/steder/perlen/",
        "/steder/perlen/faellesspisning/",
        "/aktiviteter/",
        "/faelles/",
        "/privatliv/",
    ]


def test_short_address_of_the_statement_leads_to_the_tool(home, client: Client) -> None:
    without = client.get("/was")
    settings = SiteSettings.for_site(Site.objects.get())
    settings.was_url = "https://was.digst.dk/fristed-example"
    settings.save()

    assert (without["Location"], client.get("/was")["Location"]) == (
        "/tilgaengelighed/",
        "https://was.digst.dk/fristed-example",
    )


def test_theme_holds_only_the_colours_that_were_chosen(home, client: Client) -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.pine = "#003366"
    settings.save()

    assert client.get("/tema.css").content == (
        b"@media not (prefers-color-scheme: dark){:root{--pine:#003366;}}\n"
    )


def test_who_finds_a_weakness_is_told_whom_to_write_to(home, client: Client, time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC), tick=False)
    without = client.get("/.well-known/security.txt").status_code
    settings = SiteSettings.for_site(Site.objects.get())
    settings.contact_email = "fristed@eksempelby.example"
    settings.save()

    assert (without, client.get("/.well-known/security.txt").content) == (
        404,
        b"Contact: mailto:fristed@eksempelby.example\nExpires: 2027-12-31T00:00:00Z\n"
        b"Preferred-Languages: da, en\n",
    )
