"""The plan of a page, the choosers of pages and other windows of the editor in Danish."""

import pytest

from newsletter.models import IssuePage
from pages.models import StandardPage
from tests.browser.danish import dialogs, editor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_plan_of_a_page_is_danish_also_when_it_cannot_be(walk_as):
    walker = walk_as("kommunikation")
    page = StandardPage.objects.live().first()
    edit = f"/admin/pages/{page.pk}/edit/"
    walker.go(edit)

    dialogs.plan(walker, "02.05.2030 10.00", "01.05.2030 10.00", "taken down before it is there")
    faults = walker.page.locator("#schedule-publishing-dialog .error-message").all_inner_texts()
    walker.go(edit)
    dialogs.plan(walker, "01.05.2030 10.00", "02.05.2030 10.00", "a plan that can be")
    editor.save(walker, "publish")
    walker.read("a page that is planned")
    walker.go(edit)
    dialogs.show_panel(walker, "status")
    walker.read("a page with a plan")
    walker.go(f"/admin/pages/{page.pk}/history/")
    walker.go(f"/admin/pages/{page.pk}/revisions/{scheduled(page)}/unschedule/")

    assert len(faults) == 2
    assert walker.found() == []


def scheduled(page: StandardPage) -> int:
    return page.revisions.get(approved_go_live_at__isnull=False).pk


def test_choosers_of_pages_are_danish(walk_as):
    walker = walk_as("kommunikation")
    walker.go("/admin/redirects/add/")
    of_all = dialogs.choose_page_in_vain(
        walker, walker.page.locator(".unchosen button:visible"), "redirect"
    )
    walker.go(f"/admin/pages/{IssuePage.objects.not_live().first().pk}/edit/")
    walker.page.get_by_role("button", name="Tilføj", exact=True).first.click()
    of_venues = dialogs.choose_page_in_vain(
        walker, walker.page.locator(".unchosen button:visible").first, "venues of a newsletter"
    )

    assert (of_all, of_venues) == (2, 18)
    assert walker.found() == []
