"""Pictures are shown while those in them agree; those who can ask again are told in time."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from wagtail.images.forms import get_image_form

from core.domain.consent import PictureConsent, consent_on
from core.models import FristedImage
from core.pictures import forget_copies, lapsing, shown
from core.tasks import forget_lapsed_pictures
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.open_data import make_photo
from tests.factories.pages import make_standard_page

pytestmark = pytest.mark.usefixtures("references")

TODAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def on_a_monday():
    with time_machine.travel(NOON, tick=False):
        yield


def small_photo(**fields):
    """A picture with the copy the admin shows: Wagtail leaves files open that it makes itself."""
    photo = make_photo(**fields)
    copy = photo.renditions.get()
    photo.renditions.create(filter_spec="max-165x165", width=40, height=30, file=copy.file)
    return photo


@pytest.mark.parametrize(
    ("expires_on", "expected"),
    [
        (None, PictureConsent.LASTS),
        (dt.date(2026, 12, 24), PictureConsent.LASTS),
        (dt.date(2026, 12, 23), PictureConsent.ENDS_SOON),
        (TODAY, PictureConsent.ENDS_SOON),
        (dt.date(2026, 11, 22), PictureConsent.ENDED),
    ],
)
def test_where_a_consent_stands(expires_on, expected):
    assert consent_on(TODAY, expires_on) is expected


def test_a_picture_is_shown_on_its_last_day_and_not_after(db):
    photo = make_photo(consent_expires_on=TODAY)

    assert shown(photo, TODAY) == photo
    assert shown(photo, TODAY + dt.timedelta(days=1)) is None
    assert shown(None, TODAY) is None


def test_a_page_of_text_leaves_the_picture_out_with_its_words(home, client):
    photo = make_photo(consent_expires_on=TODAY - dt.timedelta(days=1))
    picture = {"image": photo, "alt": "Tre mennesker om et bål", "caption": "Ved bålet"}
    page = make_standard_page(home.home, body=[("picture", picture)])

    text = client.get(page.url, HTTP_HOST="fristed.example").content.decode()

    assert ("Tre mennesker" in text, "Ved bålet" in text) == (False, False)


def test_only_pictures_in_use_are_told_of_the_soonest_first(home):
    admin = make_user("admin@eksempelby.example", admin=True)
    for number, days in enumerate([40, 20, -3]):
        expires_on = TODAY + dt.timedelta(days=days)
        photo = make_photo(title=f"Billede {number}", consent_expires_on=expires_on)
        make_venue(f"Sted {number}", photo=photo)
    make_photo(title="Ingen bruger det", consent_expires_on=TODAY)

    assert [photo.title for photo in lapsing(admin, TODAY)] == ["Billede 2", "Billede 1"]


def test_the_front_page_of_the_admin_leads_to_the_list(home, client):
    admin = make_user("admin@eksempelby.example", admin=True)
    sync_groups(admin)
    client.force_login(admin)
    photo = small_photo(
        consent_expires_on=dt.date(2026, 12, 1), people="Mette", consent_note="Ja på papir"
    )
    make_venue(photo=photo)

    front = client.get("/admin/").content.decode()
    rows = client.get(reverse("lapsing_pictures")).content.decode()

    assert "1 billede mister snart samtykket fra dem, der er på det" in front
    assert "Samtykket gælder til den 1. december 2026" in rows
    assert ("Mette" in rows, "Ja på papir" in rows, "1 sted" in rows) == (True, True, True)


def test_others_see_only_the_pictures_they_may_change(home, client):
    venue = make_venue(photo=small_photo(consent_expires_on=TODAY))
    editor = make_user(role=Role.EDITOR, venue=venue)
    sync_groups(editor)
    client.force_login(editor)

    rows = client.get(reverse("lapsing_pictures")).content.decode()

    assert "Intet billede i brug mister sit samtykke" in rows


def test_list_and_chooser_say_until_when_a_picture_may_be_shown(home, client):
    admin = make_user("admin@eksempelby.example", admin=True)
    sync_groups(admin)
    client.force_login(admin)
    small_photo(title="Bål", consent_expires_on=dt.date(2026, 11, 1))
    index, chooser = reverse("wagtailimages:index"), reverse("wagtailimages_chooser:choose")

    told = [
        "Samtykket udløb den 1. november 2026" in text
        for layout in ("grid", "list")
        for text in (
            client.get(index, {"layout": layout}).content.decode(),
            client.get(chooser, {"layout": layout}).json()["html"],
        )
    ]

    assert told == [True, True, True, True]


def test_copies_of_a_picture_go_when_the_consent_has_ended(db):
    kept = make_photo(consent_expires_on=TODAY)
    gone = make_photo(consent_expires_on=TODAY - dt.timedelta(days=1))

    assert forget_lapsed_pictures() == 1

    assert (kept.renditions.count(), gone.renditions.count()) == (1, 0)
    assert forget_copies(TODAY) == 0


def test_the_day_is_written_as_danes_do_and_a_part_of_the_form_empties_nothing(db):
    photo = make_photo(consent_expires_on=TODAY, copied=False)
    data = {"title": "Bål", "collection": photo.collection_id}

    part = get_image_form(FristedImage, fields=["title"])(data | {"title": "Ild"}, instance=photo)
    assert part.is_valid()
    part.save()
    whole = get_image_form(FristedImage)(data | {"consent_expires_on": "3/3-28"}, instance=photo)
    whole.is_valid()

    photo.refresh_from_db()
    assert (photo.title, photo.consent_expires_on) == ("Ild", TODAY)
    assert whole.cleaned_data["consent_expires_on"] == dt.date(2028, 3, 3)
