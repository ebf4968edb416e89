"""The judge of the walk: what it calls English, and that nothing planted in a page is missed."""

import pytest

from tests.harness.english import english
from tests.harness.said import said_by

PLANTED = """<!doctype html><title>Dashboard</title>
<p>Gem kladde</p><p>Save draft</p><button aria-label="Close the panel">×</button>
<p>Ret <b>Perlen</b></p><p>The page was <b>moved</b></p>
<input type="submit" value="Search"><input placeholder="Write here">
<template><p>Remove this</p></template>
<div data-w-text-value="Copy failed" data-controller="w-copy w-show"></div>
<div data-pack='{"label": "Choose an image", "icon": "Image", "help": "Vælg et billede"}'></div>
<div hidden>Loading</div><code>Save</code>"""


@pytest.mark.parametrize(
    "text",
    [
        "Save draft",
        "Unpublish",
        "Dashboard",
        "Page 3 of 7",
        "3 pages selected",
        "Sommerfest is already published",
        "You have no venue",
        "Ret the side",
        "1–4 af 4 None",
        "True",
    ],
)
def test_english_is_found(text):
    assert english().found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Gem kladde",
        "Side 3 af 7",
        "Status",
        "Ældrecenteret spiser and til jul",
        "Band på Perlen",
        "kl. 17.30",
        "Link",
        "Excel",
        "",
    ],
)
def test_danish_is_left_alone(text):
    assert not english().found_in(text)


def test_all_that_is_planted_in_a_page_is_found(page):
    page.set_content(PLANTED)

    assert {text for text in said_by(page) if english().found_in(text)} == {
        "Choose an image",
        "Close the panel",
        "Copy failed",
        "Dashboard",
        "Loading",
        "Remove this",
        "Save draft",
        "Search",
        "The page was",
        "The page was moved",
        "Write here",
        "moved",
    }
