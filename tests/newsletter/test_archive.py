"""The archive on the web: the list, each letter, and the same as Atom."""

import datetime as dt
import io

import feedparser
import pytest
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from core.models import FristedImage
from directory.taxonomy import Role
from newsletter.content import PICTURE, content_of
from newsletter.mail import preview_html, preview_text
from newsletter.models import IssuePage
from tests.factories.activities import make_activity, make_change, make_schedule
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue
from tests.factories.issues import activities_block, make_issue, make_newsletters, text_block
from tests.factories.mail import make_mail_reader
from tests.factories.newsletter import topic

pytestmark = pytest.mark.sqlite_is_enough

CAME_OUT = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def index(home):
    return make_newsletters(home.home)


def publish(index, title="Nyt", *blocks, at=CAME_OUT, **fields):
    issue = make_issue(index, title, *blocks, **fields)
    issue.save_revision().publish()
    IssuePage.objects.filter(pk=issue.pk).update(first_published_at=at)
    return IssuePage.objects.get(pk=issue.pk)


def make_photo(**fields):
    """A picture with the copy that letters use; Wagtail leaves files open that it makes."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "seagreen").save(file, "JPEG")
    photo = FristedImage.objects.create(
        title="Fest", file=ImageFile(file, name="fest.jpg"), width=40, height=30, **fields
    )
    copy = ImageFile(file, name="fest.lille.jpg")
    photo.renditions.create(filter_spec=PICTURE, width=40, height=30, file=copy)
    return photo


def test_the_list_shows_what_came_out_the_newest_first(client, index):
    publish(index, "Det første", at=CAME_OUT)
    publish(index, "Det andet", at=CAME_OUT + dt.timedelta(days=7))
    make_issue(index, "En kladde")

    page = client.get("/nyhedsbrev/").content.decode()

    assert page.index("Det andet") < page.index("Det første")
    assert "En kladde" not in page
    assert 'href="/nyhedsbrev/tilmeld/"' in page
    assert "mandag den 1. marts 2027" in page


def test_an_empty_archive_says_so(client, index):
    page = client.get("/nyhedsbrev/").content.decode()

    assert "Der er ikke sendt et nyhedsbrev endnu" in page


@pytest.mark.postgresql_too
def test_the_list_has_pages_and_an_odd_number_is_the_nearest(client, index):
    for number in range(21):
        publish(index, f"Brev {number}", at=CAME_OUT + dt.timedelta(days=number))

    first = client.get("/nyhedsbrev/").content.decode()
    second = client.get("/nyhedsbrev/?side=2").content.decode()
    odd = client.get("/nyhedsbrev/?side=x%00y")

    assert "Brev 0<" not in first
    assert "Brev 0<" in second
    assert odd.status_code == 200


def test_a_letter_is_complete_with_headings_dates_and_what_was_cancelled(client, index):
    activity = make_activity(
        make_venue("Perlen"), "Suppe", schedules=[make_schedule(dt.date(2027, 3, 2))]
    )
    make_change(activity, dt.datetime(2027, 3, 2, 17, 30), reason="Kokken er syg.")
    words = text_block("<p>Kom, som du er.</p>", "Ved havnen")
    notice = text_block("<p>Husk sko.</p>", "Tag med", kind="notice")
    publish(index, "Nyt", words, notice, activities_block(period="7"))

    page = client.get("/nyhedsbrev/nyt/").content.decode()

    for told in (
        "<h1>Nyt</h1>",
        "<h2>Ved havnen</h2>",
        "Kom, som du er.",
        "Husk sko.",
        "Tirsdag den 2. marts 2027",
        "Kokken er syg. Næste gang er tirsdag den 9. marts.",
    ):
        assert told in page, told


def test_a_letter_costs_the_same_however_many_dates_it_has(
    client, index, django_assert_max_num_queries
):
    venue = make_venue("Perlen")
    for number in range(3):
        make_activity(venue, f"Suppe {number}", schedules=[make_schedule(dt.date(2027, 3, 2))])
    publish(index, "Nyt", activities_block(period="31"))

    with django_assert_max_num_queries(30):
        answer = client.get("/nyhedsbrev/nyt/")

    assert answer.content.decode().count('class="entry-title"') == 15


def test_a_picture_whose_consent_has_ended_is_left_out(client, index):
    image = make_photo(consent_expires_on=timezone.localdate())
    block = {"type": "picture", "value": {"image": image.pk, "alt": "En fest", "caption": ""}}
    publish(index, "Nyt", block)

    before = client.get("/nyhedsbrev/nyt/").content.decode()
    image.consent_expires_on -= dt.timedelta(days=1)
    image.save()
    after = client.get("/nyhedsbrev/nyt/").content.decode()

    assert ('alt="En fest"' in before, 'alt="En fest"' in after) == (True, False)


def test_the_words_below_a_picture_stand_on_the_page_and_in_both_parts_of_the_mail(client, index):
    value = {"image": make_photo().pk, "alt": "En fest", "caption": "Gæster & værter i Perlen"}
    issue = publish(index, "Nyt", {"type": "picture", "value": value})

    page = client.get("/nyhedsbrev/nyt/").content.decode()
    content, reader = content_of(issue, now=CAME_OUT), make_mail_reader()

    for html in (page, preview_html(content, reader)):
        assert html.count("Gæster &amp; værter i Perlen") == 1
    assert "Gæster & værter i Perlen" in preview_text(content, reader)


def test_a_letter_to_colleagues_is_only_for_those_who_work_here(client, index):
    publish(index, "Internt", of=topic("til-personalet"))
    make_user("bo@eksempelby.example", role=Role.STAFF, venue=make_venue())

    archive = client.get("/nyhedsbrev/").content.decode()
    stranger = client.get("/nyhedsbrev/internt/").status_code
    feed = client.get("/nyhedsbrev/nyheder.atom").content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    client.login(username="bo@eksempelby.example", password=PASSWORD)
    colleague = client.get("/nyhedsbrev/internt/").status_code

    assert (stranger, colleague) == (404, 200)
    assert "Internt" not in archive + feed
    assert "internt" not in sitemap


def test_the_feed_has_all_of_each_letter_and_the_same_name_for_ever(client, index):
    make_activity(make_venue("Perlen"), "Suppe", schedules=[make_schedule(dt.date(2027, 3, 2))])
    issue = publish(index, "Nyt", activities_block(period="7"))

    answer = client.get("/nyhedsbrev/nyheder.atom")
    (entry,) = feedparser.parse(answer.content).entries

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert (entry.id, entry.updated, entry.link) == (
        f"tag:fristed.example,2026:newsletter/{issue.translation_key}",
        "2027-03-01T09:00:00+00:00",
        "https://fristed.example/nyhedsbrev/nyt/",
    )
    assert entry.content[0].value == (
        "<p>Kære læser. Døren er åben.</p><p>Det sker</p><p>Tirsdag den 2. marts 2027</p>"
        "<p>Suppe, kl. 17.30–19.30, Perlen, Ågade 4.</p>"
    )


def test_the_feed_leaves_out_a_list_that_found_nothing_as_the_page_does(client, index):
    publish(index, "Nyt", activities_block(period="7"))

    (entry,) = feedparser.parse(client.get("/nyhedsbrev/nyheder.atom").content).entries

    assert entry.content[0].value == "<p>Kære læser. Døren er åben.</p>"


def test_a_reader_who_has_the_feed_is_told_that_it_is_the_same(client, index):
    publish(index)
    first = client.get("/nyhedsbrev/nyheder.atom")

    again = client.get("/nyhedsbrev/nyheder.atom", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert "max-age=60" in first["Cache-Control"]


def test_without_an_archive_there_is_no_feed(client, home):
    assert client.get("/nyhedsbrev/nyheder.atom").status_code == 404
