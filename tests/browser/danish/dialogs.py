"""The windows that open above a screen: choosers of pages, the plan, comments, approvals."""

from playwright.sync_api import Locator

from tests.browser.danish.walker import Walker

OTHER_WINDOW = "document.dispatchEvent(new Event('visibilitychange'))"


def choose_page_in_vain(walker: Walker, button: Locator, place: str) -> int:
    """Open a chooser of pages, look below each page it shows, search in vain; count its rows."""
    walker.press_one(button)
    modal = walker.page.locator(".modal-dialog")
    modal.locator("#id_q").wait_for()
    walker.read(f"{place}: choose a page")
    rows = modal.locator("table tbody tr").count()
    below = modal.locator("a.navigate-pages")
    if below.count():
        below.first.click()
        walker.page.wait_for_timeout(700)
        walker.read(f"{place}: choose a page below")
    modal.locator("#id_q").fill("qwertyuiop")
    modal.locator("table").wait_for(state="detached")
    walker.read(f"{place}: no such page")
    modal.locator("[data-dismiss=modal]").first.click()
    modal.wait_for(state="detached")
    return rows


def plan(walker: Walker, comes: str, goes: str, place: str) -> None:
    """Fill in when the page is published and taken down, and keep the plan."""
    show_panel(walker, "status")
    shown = walker.page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]:visible")
    walker.press_one(shown.first)
    dialog = walker.page.locator("#schedule-publishing-dialog")
    for name, text in (("go_live_at", comes), ("expire_at", goes)):
        dialog.locator(f"[name={name}]").fill(text)
        dialog.locator(f"[name={name}]").press("Tab")  # the calendar above closes
    walker.read(f"{place}: a plan")
    with walker.page.expect_navigation():
        dialog.locator("[type=submit]").press("Enter")
    walker.read(f"{place}: after the plan")


def show_panel(walker: Walker, name: str) -> None:
    """Open a side panel, unless the browser remembers it as open."""
    toggle = walker.page.locator(f"[data-side-panel-toggle={name}]")
    if toggle.get_attribute("aria-expanded") != "true":
        walker.press_one(toggle)


def say(walker: Walker, text: str, place: str) -> None:
    """Write a comment beside the first field that takes one."""
    show_panel(walker, "comments")
    field = walker.page.locator("[data-contentpath]:has([data-comment-add])").first
    field.hover()
    field.locator("[data-comment-add]").first.click(force=True)
    comment = walker.page.locator("#comments .comment").last
    comment.locator("textarea").fill(text)
    walker.read(f"{place}: writing")
    comment.locator("[type=submit]").click()
    comment.get_by_text(text).wait_for()
    walker.read(f"{place}: written")


def answer(walker: Walker, text: str, place: str) -> None:
    """Answer the first comment of the page."""
    comment = first_comment(walker)
    comment.locator(".comment__reply-input").fill(text)
    comment.locator(".comment__reply-actions [type=submit]").click()
    comment.get_by_text(text).wait_for()
    walker.read(place)


def choose_for_comment(walker: Walker, deed: str, place: str) -> None:
    """Choose something from the menu of the first comment of the page."""
    comment = first_comment(walker)
    comment.locator(".comment-header__actions summary").first.click()
    walker.read(f"{place}: its menu")
    comment.get_by_role("menuitem", name=deed).first.click()
    walker.page.wait_for_timeout(300)
    walker.read(place)


def first_comment(walker: Walker) -> Locator:
    show_panel(walker, "comments")
    comment = walker.page.locator("#comments .comment").first
    comment.click()
    return comment


def decide(walker: Walker, deed: str, words: str, place: str) -> None:
    """Answer an approval that is asked for; with `words` through the window that asks for them."""
    walker.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    walker.read(f"{place}: the answers")
    asking = "[data-workflow-action-modal-url]"
    launch = asking if words else f":not({asking})"
    button = walker.page.locator(f"footer [data-workflow-action-name={deed}]{launch}")
    if words:
        button.first.click()
        modal = walker.page.locator(".modal-dialog")
        modal.locator("textarea").fill(words)
        walker.read(f"{place}: the reason")
        button = modal.locator("[type=submit]")
    with walker.page.expect_navigation():
        button.first.click()
    walker.read(f"{place}: afterwards")


def hear_of_others(walker: Walker, place: str) -> None:
    """Let the editor ask at once who else has the page open; it does so by itself in time."""
    with walker.page.expect_response("**/editing-sessions/ping/**"):
        walker.page.evaluate(OTHER_WINDOW)
    walker.page.wait_for_timeout(300)
    walker.read(place)
