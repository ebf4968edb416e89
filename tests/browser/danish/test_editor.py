"""The page editor in Danish: panels, blocks, choosers, faults, versions and what is published."""

import pytest

from activities.models import ActivityPage
from newsletter.models import IssuePage
from pages.models import StandardPage
from tests.browser.danish import editor

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    # Wagtail leaves the file of a picture open when it makes a size of it.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_text_page_with_every_block_and_chooser_is_danish(walk_as):
    walker = walk_as("kommunikation")
    home = StandardPage.objects.first().get_parent()
    walker.go(f"/admin/pages/add/pages/standardpage/{home.pk}/")

    kinds = editor.add_every_block(walker, "text page")
    editor.write_and_mark(walker, "text page")
    editor.open_document_chooser(walker, "text page")
    editor.write_and_mark(walker, "text page")
    ways = editor.open_link_chooser(walker, "text page")
    editor.open_picture_chooser(walker, "text page")
    editor.open_all(walker, "text page")

    assert (kinds, ways) == (5, 4)
    assert walker.found() == []


def test_activity_is_written_wrongly_saved_published_and_taken_down_in_danish(walk_as):
    walker = walk_as("leder")
    activity = own_activity()
    edit = f"/admin/pages/{activity.pk}/edit/"
    walker.go(edit)
    editor.open_all(walker, "activity")

    walker.go(edit)
    walker.page.locator("#id_title").fill("")
    walker.page.locator("#id_schedules-0-starts").fill("hest")
    editor.save(walker)
    walker.read("activity with faults")

    walker.go(edit)
    walker.page.locator("#id_summary").fill("Kom, som du er.")
    editor.save(walker)
    walker.read("activity after saving")
    editor.save(walker, "publish")
    walker.read("activity after publishing")
    walker.go(f"/admin/pages/{activity.pk}/history/")
    walker.go(f"/admin/pages/{activity.pk}/revisions/compare/earliest...latest/")
    walker.go(f"/admin/pages/{activity.pk}/unpublish/")
    with walker.page.expect_navigation():
        walker.page.locator("form[action*=unpublish] [type=submit]").click()
    walker.read("activity after being taken down")

    assert ActivityPage.objects.get(pk=activity.pk).live is False
    assert walker.found() == []


def own_activity() -> ActivityPage:
    from core.models import User
    from directory.permissions import rights_of

    leads = rights_of(User.objects.get(email="leder@eksempelby.example")).leads
    found = ActivityPage.objects.live().filter(locked=False).order_by("pk")
    return next(page for page in found if page.get_parent().pk in leads)


def test_newsletter_with_every_block_and_its_approval_is_danish(walk_as):
    walker = walk_as("kommunikation")
    issue = IssuePage.objects.not_live().first()
    walker.go(f"/admin/pages/{issue.pk}/edit/")

    editor.save(walker, "submit")
    walker.read("newsletter sent to approval")
    approval = issue.workflow_states.get()
    walker.go(f"/admin/pages/{issue.pk}/workflow_history/")
    walker.go(f"/admin/pages/{issue.pk}/workflow_history/detail/{approval.pk}/")
    walker.go(f"/admin/pages/{issue.pk}/edit/")
    editor.open_all(walker, "newsletter under approval")
    kinds = editor.add_every_block(walker, "newsletter")

    assert kinds > 3
    assert walker.found() == []
