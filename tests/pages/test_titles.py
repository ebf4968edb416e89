"""The heading for search engines: what the editor writes there stands in <title>."""

import re

import pytest
from wagtail.models import Page

from tests.factories.issues import make_newsletters


def title_of(client, address: str) -> str:
    found = re.search(r"<title>(.*?)</title>", client.get(address).content.decode(), re.DOTALL)
    return found[1].strip() if found else ""


@pytest.mark.parametrize("name", ["home", "venues", "calendar", "shared", "letters"])
def test_heading_for_search_engines_is_the_title_of_lists_and_the_front_page(home, client, name):
    page = make_newsletters(home.home) if name == "letters" else getattr(home, name)
    Page.objects.filter(pk=page.pk).update(seo_title="Gratis kaffe i byen")

    assert title_of(client, page.url).startswith("Gratis kaffe i byen – ")


def test_calendar_with_a_choice_tells_the_choice(home, client):
    Page.objects.filter(pk=home.calendar.pk).update(seo_title="Gratis kaffe i byen")

    told = title_of(client, f"{home.calendar.url}?visning=uge")

    assert told.startswith("Det sker i uge")
