"""Plain text set for reading: lines that fit a narrow window, headings with a line below."""

import textwrap

WIDTH = 72


def wrapped(text: str, *, indent: int = 0) -> str:
    """Return `text` in lines of at most 72 characters, stripped; a long word is never cut.

    `indent` is how far the lines after the first are moved in. A list item goes on below its
    words, not below its mark.
    """
    paragraphs = text.strip().split("\n")
    lines = [line for each in paragraphs for line in _wrap(each, WIDTH - indent) or [""]]
    gap = " " * indent
    return "\n".join([lines[0], *(f"{gap}{line}".rstrip() for line in lines[1:])])


def underlined(text: str, *, mark: str = "-") -> str:
    """Return a heading with `mark` below its whole length: capitals are hard to read."""
    lines = wrapped(text).split("\n")
    return "\n".join([*lines, mark * max(map(len, lines))])


def _wrap(paragraph: str, room: int) -> list[str]:
    return textwrap.wrap(
        paragraph,
        width=room,
        subsequent_indent="  " if paragraph.startswith(("- ", "– ", "* ")) else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
