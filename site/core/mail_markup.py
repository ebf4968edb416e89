"""HTML for mail: programs that read mail know styles on the element and little else."""

import functools

from css_inline import CSSInliner


@functools.cache
def _inliner() -> CSSInliner:
    """Return the inliner. It fetches nothing.

    A sheet marked `data-css-inline="keep"` stays: dark mode and narrow screens cannot be inlined.
    """
    return CSSInliner(load_remote_stylesheets=False, minify_css=True)


def inline_styles(html: str) -> str:
    """Return a whole HTML document with its style sheet written onto the elements."""
    inlined: str = _inliner().inline(html)
    return inlined
