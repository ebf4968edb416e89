"""HTML for mail: programs that read mail know styles on the element and little else."""

import functools

from css_inline import CSSInliner


@functools.cache
def _inliner() -> CSSInliner:
    """Return the inliner. It keeps the sheet for dark mode, and fetches nothing."""
    return CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)


def inline_styles(html: str) -> str:
    """Return a whole HTML document with its style sheet written onto the elements."""
    inlined: str = _inliner().inline(html)
    return inlined
