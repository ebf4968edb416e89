"""Every entry of the admin's menus, as every role: it opens, and it is drawn and named once."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.menu import Menu, SubmenuMenuItem, admin_menu

from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.core import make_user
from tests.factories.directory import make_venue

ROLES = [*Role.values, "administrator"]
AT_A_VENUE = {Role.VOLUNTEER, Role.STAFF, Role.EDITOR, Role.VENUE_LEADER}

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


def person(role):
    if role == "administrator":
        return make_user(admin=True)
    user = make_user(role=role, venue=make_venue() if role in AT_A_VENUE else None)
    sync_groups(user)
    return user


def entries(request, menu: Menu = admin_menu, above: str = "") -> Iterator[tuple[str, str, object]]:
    for item in menu.menu_items_for_request(request):
        name = f"{above}{item.label}"
        if isinstance(item, SubmenuMenuItem):
            yield from entries(request, item.menu, f"{name} › ")
        else:
            yield name, item.url, item


def asked_by(rf, user):
    request = rf.get(reverse("wagtailadmin_home"))
    request.user = user
    return request


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_opens_and_shows_something(client, rf, home, role):
    user = person(role)
    client.force_login(user)

    found = [(name, url) for name, url, _ in entries(asked_by(rf, user)) if not url.startswith("#")]

    assert [(name, url, what) for name, url in found if (what := trouble(client, url))] == []


def trouble(client, url: str) -> str:
    """Say what is wrong with an entry. Who has one place only may be led on to that place."""
    answer = client.get(url, follow=True)
    led_to = answer.redirect_chain[-1][0] if answer.redirect_chain else url
    if answer.status_code != 200 or not led_to.startswith(url):
        return f"{answer.status_code} {led_to}"
    page = BeautifulSoup(answer.content, "html.parser")
    return "" if page.select_one("main h1, h1") else "no heading"


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_is_named_and_drawn_once_in_its_menu(rf, home, role):
    request = asked_by(rf, person(role))

    shown = admin_menu.menu_items_for_request(request)

    assert repeated([item.label for item in shown]) == []
    assert repeated([item.icon_name for item in shown]) == []


def repeated(values: list[str]) -> list[str]:
    return sorted({str(value) for value in values if values.count(value) > 1})


@pytest.mark.parametrize("role", ROLES)
def test_wagtail_is_named_nowhere_on_the_front_page(client, home, role):
    client.force_login(person(role))

    page = BeautifulSoup(client.get("/admin/").content, "html.parser")

    for code in page(["script", "style"]):
        code.extract()
    props = [str(found) for found in page.select("[data-wagtail-sidebar]")]
    assert ("Wagtail" in page.get_text(), "Wagtail v" in " ".join(props)) == (False, False)


@pytest.mark.parametrize(
    ("role", "offered"),
    [(Role.EDITOR, False), (Role.AREA_HEAD, False), (Role.COMMUNICATION, True)],
)
def test_only_those_who_may_make_a_place_are_offered_to(client, home, role, offered):
    client.force_login(person(role))

    page = client.get(reverse("steder:index")).content.decode()

    assert (reverse("steder:choose_parent") in page) is offered
