"""Copying pages: a copy is always a draft of its own, never an alias."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class DraftCopyForm(CopyForm):  # type: ignore[misc]  # Wagtail is untyped
    """Wagtail's form for copying a page, without publishing the copy and without aliases.

    An alias has no editor, no schedule of its own and no signal when it is made.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
