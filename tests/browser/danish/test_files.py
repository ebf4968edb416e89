"""Pictures, documents, lists and forms in Danish: what is uploaded, chosen for many, and wrong."""

from pathlib import Path

import pytest
from wagtail.images import get_image_model

from activities.models import ActivityPage
from directory.models import VenuePage
from tests.browser.danish.conftest import picture

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    # Wagtail leaves the file of a picture open when it makes a size of it.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_uploads_are_danish_also_when_they_fail(walk_as, tmp_path: Path):
    walker = walk_as("kommunikation")
    good, bad, other = tmp_path / "ny.png", tmp_path / "ingen.png", tmp_path / "fil.exe"
    good.write_bytes(picture().getvalue())
    bad.write_bytes(b"not a picture")
    other.write_bytes(b"MZ")

    for path in ("/admin/images/multiple/add/", "/admin/documents/multiple/add/"):
        walker.go(path)
        for file in (good, bad, other):
            walker.page.locator("#fileupload").set_input_files(file)
            walker.page.wait_for_timeout(1200)
            walker.read(f"{path} {file.name}")

    assert get_image_model().objects.filter(title="ny").exists()
    assert walker.found() == []


def test_choosing_many_at_once_is_danish(walk_as):
    walker = walk_as("admin")
    venue = VenuePage.objects.live().first()

    for path in (f"/admin/pages/{venue.pk}/", "/admin/images/", "/admin/documents/"):
        walker.go(path)
        walker.page.locator("input[data-bulk-action-checkbox]:visible").last.check()
        walker.page.wait_for_timeout(300)
        walker.read(f"{path}: one chosen")
        box = walker.page.locator("input[data-bulk-action-checkbox]:checked").last
        chosen = box.get_attribute("data-object-id")
        found = walker.page.locator("[data-bulk-action-button]")
        for deed in found.evaluate_all("links => links.map(link => link.href)"):
            walker.glance(f"{deed}?id={chosen}")

    assert walker.found() == []


FORMS = (
    "/admin/users/new/",
    "/admin/groups/new/",
    "/admin/redirects/add/",
    "/admin/collections/add/",
    "/admin/sites/new/",
    "/admin/workflows/add/",
)


def test_forms_that_are_sent_empty_are_danish(walk_as):
    walker = walk_as("admin")

    for path in FORMS:
        walker.go(path)
        walker.page.evaluate(
            "document.querySelectorAll('main form').forEach(form => form.noValidate = true)"
        )
        with walker.page.expect_navigation():
            walker.page.locator("main form[method=post] [type=submit]").last.click()
        walker.read(f"{path} sent empty")

    assert walker.found() == []


def test_bad_address_of_a_new_person_is_told_in_danish(walk_as):
    walker = walk_as("admin")
    walker.go("/admin/users/new/")
    for name, text in {"email": "bo", "first_name": "Bo", "last_name": "Bo"}.items():
        walker.page.locator(f"#id_{name}").fill(text)

    with walker.page.expect_navigation():
        walker.page.locator("main form[method=post] [type=submit]").last.click()
    walker.read("a new person with a bad address")

    assert "gyldig" in walker.page.locator("main").inner_text()
    assert walker.found() == []


def test_moving_copying_and_closing_a_page_is_danish(walk_as):
    walker = walk_as("admin")
    activity = ActivityPage.objects.live().filter(locked=False).first()
    other = VenuePage.objects.live().exclude(pk=activity.get_parent().pk).first()

    walker.go(f"/admin/pages/{activity.pk}/move/{other.pk}/confirm/")
    with walker.page.expect_navigation():
        walker.page.locator("main form[method=post] [type=submit]").first.click()
    walker.read("moved")
    walker.go(f"/admin/pages/{activity.pk}/copy/")
    with walker.page.expect_navigation():
        walker.page.locator("main form[method=post] [type=submit]").first.click()
    walker.read("copied to the same address")

    assert walker.found() == []
