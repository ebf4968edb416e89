"""What editors tell each other in Danish: comments, locks, approvals, who has the page open."""

import pytest
from wagtail.models import TaskState

from newsletter.models import IssuePage
from pages.models import HomePage, StandardPage
from tests.browser.danish import dialogs, editor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_comment_is_written_answered_and_settled_in_danish(walk_as):
    walker = walk_as("kommunikation")
    page = StandardPage.objects.live().first()
    walker.go(f"/admin/pages/{page.pk}/edit/")
    dialogs.say(walker, "Er det stadig rigtigt?", "a comment")
    dialogs.choose_for_comment(walker, "Slet", "a comment would be deleted")
    walker.page.locator("#comments").get_by_role("button", name="Annuller").first.click()
    editor.save(walker)
    walker.read("after a comment")

    other = walk_as("admin")
    other.go(f"/admin/pages/{page.pk}/edit/")
    dialogs.answer(other, "Ja, det er det.", "an answer")
    editor.save(other)
    other.go(f"/admin/pages/{page.pk}/edit/")
    dialogs.choose_for_comment(other, "Markér som løst", "a comment is settled")
    editor.save(other)
    other.read("after a comment is settled")

    comment = page.wagtail_admin_comments.get()
    assert comment.resolved_at is not None
    assert [reply.text for reply in comment.replies.all()] == ["Ja, det er det."]
    assert walker.found() + other.found() == []


def test_page_that_another_has_open_is_told_in_danish(walk_as):
    page = StandardPage.objects.live().first()
    first, second = walk_as("kommunikation"), walk_as("admin")
    for walker in (first, second):
        walker.go(f"/admin/pages/{page.pk}/edit/")

    dialogs.hear_of_others(second, "another looks at the page")
    looks = second.page.locator(".w-editing-sessions__session").count()
    first.page.locator("#id_introduction").fill("Kom indenfor.")
    editor.save(first)
    dialogs.hear_of_others(second, "another has saved the page")
    second.page.locator("#id_introduction").fill("Velkommen.")
    second.page.locator("footer button.action-save").first.click()
    question = second.page.locator("#w-save-confirmation-dialog")
    question.locator("button:visible").first.wait_for()
    second.read("a page that another has saved is saved")

    assert looks == 1
    assert "Katrine" in question.inner_text()
    assert first.found() + second.found() == []


def test_page_is_locked_and_unlocked_in_danish(walk_as):
    walker = walk_as("admin")
    edit = f"/admin/pages/{HomePage.objects.get().pk}/edit/"
    said = []
    walker.go(edit)

    for deed in ("locked", "unlocked"):
        walker.press_one(walker.page.locator("[data-side-panel-toggle=status]"))
        with walker.page.expect_navigation():
            walker.page.locator("[data-w-action-url-value*=lock]").first.click(force=True)
        walker.read(f"a page that is {deed}")
        said.append(walker.page.locator(".messages").inner_text())

    assert ["af dig" in said[0], "låst op" in said[1]] == [True, True]
    assert walker.found() == []


def test_newsletter_is_sent_back_and_approved_in_danish(walk_as):
    author, colleague = walk_as("kommunikation"), walk_as("admin")
    issue = IssuePage.objects.not_live().first()
    edit = f"/admin/pages/{issue.pk}/edit/"
    told = []

    for deed, words in (("reject", "Skriv lidt kortere."), ("approve", "")):
        author.go(edit)
        editor.save(author, "submit")
        author.read(f"a newsletter that will be {deed}ed")
        colleague.go(edit)
        dialogs.decide(colleague, deed, words, f"a newsletter to {deed}")
        told.append(colleague.page.locator(".messages").inner_text().split()[-2:])
    author.go(edit)
    author.go(f"/admin/pages/{issue.pk}/workflow_history/")

    steps = TaskState.objects.order_by("pk").values_list("status", flat=True)
    assert told == [["til", "rettelse."], ["er", "godkendt."]]
    assert list(steps) == ["rejected", "approved"]
    assert author.found() + colleague.found() == []


def test_screen_that_is_not_for_you_says_so_in_danish(walk_as):
    walker = walk_as("redaktoer")

    walker.go("/admin/users/")

    assert "ikke" in walker.page.locator(".messages").inner_text()
    assert walker.found() == []
