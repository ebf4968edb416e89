"""The admin carries the municipality's name and logo, and Wagtail's nowhere."""

import base64
import gc

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from wagtail.models import Site

from core.branding import ICON, LOGO, Brand, brand_of
from core.models import FristedImage, SiteSettings
from tests.factories.core import make_user
from tests.factories.open_data import make_photo

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DOOR = "/static/img/favicon.svg"

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


@pytest.fixture
def settings_of_site(home):
    site = SiteSettings.for_site(Site.objects.get())
    site.site_name, site.municipality = "Fristed", "Eksempelby Kommune"
    site.save()
    return site


def test_without_a_logo_the_door_stands_in(settings_of_site):
    expected = Brand("Eksempelby Kommune", "Fristed", DOOR, DOOR, own_logo=False)

    assert brand_of(None) == expected


def test_without_a_municipality_the_site_is_named(settings_of_site):
    settings_of_site.municipality = ""
    settings_of_site.save()

    assert brand_of(None).name == "Fristed"


def test_an_uploaded_logo_is_used(settings_of_site, rf):
    photo = make_photo(copied=False)
    for spec, name in ((LOGO, "logo.png"), (ICON, "ikon.png")):
        file = ContentFile(PIXEL, name=name)
        photo.renditions.create(filter_spec=spec, width=40, height=30, file=file)
    settings_of_site.logo = photo
    settings_of_site.save()

    brand = brand_of(rf.get("/admin/"))

    assert (brand.own_logo, brand.name) == (True, "Eksempelby Kommune")
    assert [url.rpartition("/")[2] for url in (brand.logo_url, brand.icon_url)] == [
        "logo.png",
        "ikon.png",
    ]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_logo_whose_file_is_gone_does_not_shut_the_admin(settings_of_site, client):
    photo = FristedImage.objects.create(title="Væk", file="vaek.jpg", width=40, height=30)
    settings_of_site.logo = photo
    settings_of_site.save()
    client.force_login(make_user(admin=True))

    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    gc.collect()  # Wagtail leaves a file open when it cannot make a size

    assert page.select_one("link[rel=icon]")["href"] == DOOR


@pytest.mark.parametrize("address", ["/admin/", "/admin/findes-ikke/"])
def test_title_icon_and_logo_are_the_municipalitys(settings_of_site, client, address):
    client.force_login(make_user(admin=True))

    page = BeautifulSoup(client.get(address).content, "html.parser")

    assert page.title.get_text(strip=True).endswith("Eksempelby Kommune")
    assert page.select_one("link[rel=icon]")["href"] == DOOR
    assert "Wagtail" not in page.title.get_text()
