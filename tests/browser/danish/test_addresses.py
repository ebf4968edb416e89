"""Every screen of the administrator, the leader and the editor, and not a word of English."""

import pytest

from tests.browser.danish.addresses import all_of_wagtail, all_rows

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    # Wagtail leaves the file of a picture open when it makes a size of it.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_administrator_reads_danish_on_every_screen_of_ours(walk_as):
    walker = walk_as("admin")
    walker.go("/intern/")

    for path in all_rows("administrator"):
        walker.glance(path)

    assert walker.found() == []


def test_administrator_reads_danish_on_every_screen_of_wagtail(walk_as):
    walker = walk_as("admin")
    walker.go("/admin/")

    for path, status in all_of_wagtail():
        walker.glance(path, status)

    assert walker.found() == []


@pytest.mark.parametrize("name", ["leder", "redaktoer", "kommunikation"])
def test_menus_and_front_page_of_each_role_are_danish(walk_as, name):
    walker = walk_as(name)
    walker.go("/admin/")

    for path in walker.menu():
        walker.glance(path)

    assert walker.found() == []
