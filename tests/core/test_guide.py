"""The editors' guide: nothing in it leads nowhere, and it is read inside the admin."""

import re
from urllib.parse import unquote

import pytest

from core import guide
from core.guide_links import OF_ADDRESSES, OF_PAGES, topic_for
from tests.factories.core import make_user
from tests.harness.guide_list import PICTURES

pytestmark = pytest.mark.sqlite_is_enough

PAGES = sorted(path.stem for path in guide.FOLDER.glob("*.md") if path.stem != guide.CONTENTS)
MOST_BYTES = 4 * 1024 * 1024


def targets(slug, kind, attribute):
    """Return what the links or pictures of a page lead to."""
    return [
        str(child.attrs[attribute])
        for token in guide.read_topic(slug).tokens
        for child in token.children or ()
        if child.type == kind
    ]


def leads_somewhere(href, here):
    path, _, anchor = unquote(href).partition("#")
    slug = path.removesuffix(".md") or here
    if slug not in PAGES:
        return False
    return not anchor or anchor in {found.anchor for found in guide.read_topic(slug).sections}


def test_every_page_is_in_the_list_of_contents_once():
    listed = [slug for chapter in guide.chapters() for slug, _, _ in chapter.topics]

    assert sorted(listed) == PAGES


def test_every_link_leads_somewhere():
    lost = [
        (slug, href)
        for slug in [*PAGES, guide.CONTENTS]
        for href in targets(slug, "link_open", "href")
        if not leads_somewhere(href, slug)
    ]

    assert lost == []


def test_pages_name_the_pictures_that_exist_and_the_script_takes_them():
    named = sorted({src for slug in PAGES for src in targets(slug, "image", "src")})

    assert named == sorted(f"billeder/{picture.name}.webp" for picture in PICTURES)
    assert named == sorted(f"billeder/{path.name}" for path in guide.PICTURES.iterdir())


def test_every_picture_is_told_in_words():
    silent = [
        (slug, child.attrs["src"])
        for slug in PAGES
        for token in guide.read_topic(slug).tokens
        for child in token.children or ()
        if child.type == "image" and len(child.content.split()) < 3
    ]

    assert silent == []


def test_the_pictures_are_light():
    assert sum(path.stat().st_size for path in guide.PICTURES.iterdir()) < MOST_BYTES


def test_a_page_becomes_html_with_addresses_of_the_admin():
    tokens = guide.markdown().parse("## Hvem må?\n\nSe [her](besked.md#x), **nu**. <b>Nej</b>")
    topic = guide.Topic("prøve", "Prøve", tuple(tokens), ())

    html = guide.html_of(topic, lambda slug: f"/v/{slug}/", lambda name: f"/b/{name}")

    assert html == (
        '<h2 id="hvem-må">Hvem må?</h2>\n'
        '<p>Se <a href="/v/besked/#x">her</a>, <strong>nu</strong>. &lt;b&gt;Nej&lt;/b&gt;</p>\n'
    )


def test_pictures_are_shown_at_half_their_size():
    name = PICTURES[0].name
    width, height = guide.size_of(f"{name}.webp")
    topic = guide.Topic(
        "p", "P", tuple(guide.markdown().parse(f"![Log ind](billeder/{name}.webp)")), ()
    )

    html = guide.html_of(topic, str, lambda file: f"/b/{file}")

    assert html == (
        f'<p><img src="/b/{name}.webp" alt="Log ind" width="{width // 2}" '
        f'height="{height // 2}" loading="lazy" /></p>\n'
    )


@pytest.mark.parametrize(
    ("path", "model", "slug"),
    [
        ("/admin/", "", "kom-i-gang"),
        ("/admin/pages/add/activities/activitypage/7/", "", "ny-aktivitet"),
        ("/admin/pages/7/edit/", "venuepage", "stedets-side"),
        ("/admin/nyhedsbreve/udsendelser/3/", "", "udsendelser"),
        ("/admin/nyhedsbreve/", "", "nyhedsbreve"),
        ("/admin/vejledning/log-ind/", "", None),
    ],
)
def test_each_screen_leads_to_its_page(path, model, slug):
    assert topic_for(path, model) == slug


def test_no_screen_leads_to_a_page_that_is_missing():
    named = {*OF_PAGES.values(), *(slug for _, slug in OF_ADDRESSES)}

    assert named - set(PAGES) == set()


@pytest.fixture
def admin(client, home):
    client.force_login(make_user(admin=True))
    return client


def test_the_contents_lead_to_every_page(admin):
    html = admin.get("/admin/vejledning/").content.decode()

    assert sorted(set(re.findall(r'href="/admin/vejledning/([a-z-]+)/"', html))) == PAGES


def test_the_guide_is_searched_for_all_words(admin):
    html = admin.get("/admin/vejledning/", {"q": "hemmelig ADRESSE"}).content.decode()

    assert 'href="/admin/vejledning/stedets-side/#hemmelig-adresse"' in html


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("nødkoder", [("log-ind", "to-trin")]),
        ("Hvem må", [("aflys-og-flyt", "hvem-må"), ("faelles-arrangementer", "hvem-må")]),
        ("", []),
    ],
)
def test_headings_that_have_the_words_come_first(query, first):
    hits = [(hit.slug, hit.anchor) for hit in guide.search(query)]

    assert hits[: len(first)] == first
    assert bool(hits) is bool(first)


def test_a_search_without_a_hit_says_what_to_do(admin):
    html = admin.get("/admin/vejledning/", {"q": "rumraket"}).content.decode()

    assert "Vi fandt ikke noget. Prøv et andet ord, eller se i listen herunder." in html


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/vejledning/aflys-og-flyt/", 200),
        ("/admin/vejledning/findes-ikke/", 404),
        ("/admin/vejledning/readme/", 404),
        (f"/admin/vejledning/billeder/{PICTURES[0].name}.webp", 200),
        ("/admin/vejledning/billeder/findes-ikke.webp", 404),
        ("/admin/vejledning/billeder/log-ind.md", 404),
    ],
)
def test_pages_and_pictures_are_served_and_nothing_else(admin, address, status):
    assert admin.get(address).status_code == status


def test_a_screen_of_the_admin_carries_the_way_to_its_page(admin):
    html = admin.get("/admin/kalendere/").content.decode()

    assert '<a href="/admin/vejledning/kalendere/">' in html
