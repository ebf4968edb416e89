"""What can be opened in the page editor: all of it, one thing after the other."""

from tests.browser.danish.walker import Walker

PANELS = ("status", "preview", "checks", "comments")
UNFOLD = """() => document.querySelectorAll('[data-panel-toggle][aria-expanded=false]')
  .forEach(button => button.click())"""


def open_all(walker: Walker, place: str) -> None:
    """Unfold the panels, add a row to each list, open the menus, side panels and dialogs."""
    walker.page.evaluate(UNFOLD)
    walker.press("button[id$='-ADD']", f"{place}: a new row", 9)
    walker.press("[data-w-dropdown-target=toggle]", f"{place}: a menu", 9)
    open_side_panels(walker, place)


def open_side_panels(walker: Walker, place: str) -> list[str]:
    """Open each side panel and the dialogs it leads to; return the names of the panels."""
    opened = []
    for name in PANELS:
        toggle = walker.page.locator(f"[data-side-panel-toggle={name}]")
        if toggle.count():
            walker.press_one(toggle)
            walker.read(f"{place}: {name}")
            open_dialogs(walker, f"{place}: {name}")
            opened.append(name)
    return opened


def open_dialogs(walker: Walker, place: str) -> None:
    shown = walker.page.locator("[data-a11y-dialog-show]:visible")
    for number in range(shown.count()):
        button = shown.nth(number)
        name = button.get_attribute("data-a11y-dialog-show")
        walker.press_one(button)
        walker.page.wait_for_timeout(400)
        walker.read(f"{place}: {name}")
        walker.page.keyboard.press("Escape")
        walker.page.wait_for_timeout(200)


def add_every_block(walker: Walker, place: str) -> int:
    """Add one block of each kind to the last list of blocks; return how many kinds there are."""
    kinds, done = 1, 0
    while done < kinds:
        walker.press_one(walker.page.locator("button.c-sf-add-button:visible").last)
        options = walker.page.locator("[role=option]:visible")
        options.first.wait_for()
        kinds = options.count()
        walker.read(f"{place}: kinds of blocks")
        options.nth(done).click()
        walker.page.wait_for_timeout(250)
        walker.read(f"{place}: block {done + 1}")
        done += 1
    return done


def write_and_mark(walker: Walker, place: str) -> None:
    """Write in the first rich text field, open its list of what can be put in, mark the words."""
    field = walker.page.locator(".Draftail-Editor [contenteditable=true]").first
    field.scroll_into_view_if_needed()
    field.click()
    walker.page.keyboard.type("Kaffe /")
    walker.page.wait_for_timeout(300)
    walker.read(f"{place}: after a slash")
    walker.page.keyboard.press("Backspace")
    walker.page.keyboard.press("Control+a")
    walker.page.wait_for_timeout(300)
    walker.read(f"{place}: marked words")


def open_link_chooser(walker: Walker, place: str) -> int:
    """Open the chooser of links on the words that are marked, and each of its ways."""
    walker.page.keyboard.press("Control+k")
    modal = walker.page.locator(".modal-dialog")
    modal.wait_for()
    walker.read(f"{place}: choose a link")
    ways = modal.locator(".link-types a")
    count = ways.count()
    for number in range(count):
        ways.nth(number).click()
        walker.page.wait_for_timeout(700)
        walker.read(f"{place}: another kind of link {number + 1}")
    close_modal(walker)
    return count


def open_picture_chooser(walker: Walker, place: str) -> None:
    """Open the chooser of pictures, and use it."""
    walker.press_one(walker.page.locator(".unchosen button:visible").last)
    use_chooser(walker, f"{place}: a picture")


def open_document_chooser(walker: Walker, place: str) -> None:
    """Open the chooser of documents on the words that are marked, and use it."""
    walker.page.locator("button[name=DOCUMENT]:visible").first.click()
    use_chooser(walker, f"{place}: a document")


def use_chooser(walker: Walker, place: str) -> None:
    """Search in vain in the chooser that is open, look at the way to upload, send it empty."""
    modal = walker.page.locator(".modal-dialog")
    modal.locator("#id_q").wait_for()
    walker.read(f"{place} to choose")
    modal.locator("#id_q").fill("qwertyuiop")
    walker.page.wait_for_timeout(900)
    walker.read(f"{place} that is not there")
    modal.locator("[role=tab]").last.click()
    modal.locator("[type=submit]:visible").last.click()
    walker.page.wait_for_timeout(900)
    walker.read(f"{place} that is missing")
    close_modal(walker)


def close_modal(walker: Walker) -> None:
    walker.page.locator(".modal-dialog [data-dismiss=modal]").first.click()
    walker.page.locator(".modal-dialog").wait_for(state="detached")


def save(walker: Walker, action: str = "save") -> None:
    """Press the editor's button to save, or another of its footer's, and wait for the answer."""
    button = walker.page.locator(f"footer button[name=action-{action}], footer .action-{action}")
    if not button.first.is_visible():
        walker.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with walker.page.expect_navigation():
        button.first.click()
