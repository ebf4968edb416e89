"""The admin as a whole: its menu per role, its name, its settings."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.admin.menu import admin_menu
from wagtail.models import Site

from core.editor_forms import check_outline
from core.models import AcuteNumber, SiteSettings
from directory.permissions import sync_groups
from directory.taxonomy import Role
from pages.models import StandardPage
from pages.wagtail_hooks import WORK
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

FUNEN = {
    "type": "Polygon",
    "coordinates": [[[10.1, 55.2], [10.6, 55.2], [10.6, 55.5], [10.1, 55.2]]],
}


def names(rf, user):
    request = rf.get(reverse("wagtailadmin_home"))
    request.user = user
    shown = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    return [item.name for item in shown]


EDITOR = [
    "my_place",
    "activities",
    "venues",
    "changes",
    "shared",
    "invitations",
    "readers",
    "channels",
    "calendar_sources",
    "sheets",
    "images",
    "documents",
    "help",
]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.VOLUNTEER, ["my_place", "activities", "venues", "readers", "images", "help"]),
        (
            Role.STAFF,
            [
                "my_place",
                "activities",
                "venues",
                "changes",
                "readers",
                "channels",
                "images",
                "help",
            ],
        ),
        (Role.EDITOR, EDITOR),
        (Role.VENUE_LEADER, [*EDITOR[:10], "initiatives", "people", *EDITOR[10:]]),
        (
            Role.AREA_HEAD,
            [
                "initiatives",
                "my_place",
                "activities",
                "venues",
                "changes",
                "readers",
                "channels",
                "people",
                "images",
                "explorer",
                "help",
            ],
        ),
    ],
)
def test_the_menu_follows_the_work_and_the_role(rf, home, role, expected):
    user = make_user(role=role, venue=None if role == Role.AREA_HEAD else make_venue())
    sync_groups(user)

    assert names(rf, user) == expected


def test_an_administrator_sees_all_of_the_menu(rf, home):
    assert names(rf, make_user(admin=True)) == list(WORK)


def test_the_front_page_carries_our_name_and_no_foreign_address(client, home):
    client.force_login(make_user(admin=True))

    html = client.get("/admin/").content.decode()

    assert "<title" in html
    assert ("Wagtail</title>" in html, "guide.wagtail.org" in html) == (False, False)


def save_settings(client, **fields):
    site = Site.objects.get()
    address = reverse("wagtailsettings:edit", args=["core", "sitesettings", site.pk])
    data = {
        "site_name": "Fristed",
        "quick_exit_url": "https://www.dmi.dk/",
        "kompas_name": "Det Sociale Kompas",
        "acute_numbers-TOTAL_FORMS": "1",
        "acute_numbers-INITIAL_FORMS": "0",
        "acute_numbers-0-id": "",
        "acute_numbers-0-number": "112",
        "acute_numbers-0-text": "Livsfare, døgnet rundt",
        "acute_numbers-0-ORDER": "1",
    } | fields
    with translation.override("en"):
        response = client.post(address, data)
    return {} if response.status_code == 302 else response.context["form"].errors


def test_settings_are_saved_with_their_emergency_numbers(client, home):
    client.force_login(make_user(admin=True))

    errors = save_settings(client, pine="#0b3d6b", outline=json.dumps(FUNEN))

    assert errors == {}
    assert SiteSettings.objects.get().pine == "#0b3d6b"
    assert [str(number) for number in AcuteNumber.objects.all()] == ["112"]


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"pine": "#f3b94c"}, {"pine"}),
        ({"paper": "#14514a"}, {"paper"}),
        ({"ink": "rød"}, {"ink"}),
        ({"outline": "{}"}, {"outline"}),
        ({"was_updated_on": "i går"}, {"was_updated_on"}),
        ({"contact_phone": "ring bare"}, {"contact_phone"}),
    ],
)
def test_what_cannot_be_read_or_drawn_is_refused_beside_its_field(client, home, fields, refused):
    client.force_login(make_user(admin=True))

    assert refused <= set(save_settings(client, **fields))
    assert SiteSettings.objects.filter(pine="#f3b94c").count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "null",
        '{"type": "Point", "coordinates": [10, 55]}',
        '{"type": "Polygon", "coordinates": [[["a", "b"]]]}',
        '{"type": "Polygon", "coordinates": [[[10, 55], [11, 55], [11, 56], [10, 56]]]}',
        '{"type": "Polygon", "coordinates": [[[55, 10], [55, 11], [56, 11], [55, 10]]]}',
        '{"type": "Polygon", "coordinates": [[[NaN, 55], [11, 55], [11, 56], [NaN, 55]]]}',
    ],
)
def test_an_outline_that_is_no_danish_polygon_is_refused(text):
    with pytest.raises(ValidationError):
        check_outline(text)


@pytest.mark.parametrize("slug", ["intern", "admin", "embed", "abonner", "program", "data"])
def test_no_page_takes_an_address_that_something_else_has(home, slug):
    page = StandardPage(title="Program", slug=slug)

    with pytest.raises(ValidationError) as refused:
        home.home.add_child(instance=page)

    assert list(refused.value.error_dict) == ["slug"]


def test_a_title_that_is_an_address_of_the_site_gets_a_number(home):
    page = home.home.add_child(instance=StandardPage(title="Program"))

    assert page.slug == "program-2"
