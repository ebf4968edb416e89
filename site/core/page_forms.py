"""What the editors of all pages share."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from core.reserved import RESERVED, is_reserved


class PageForm(WagtailAdminPageForm):  # type: ignore[misc]  # Wagtail is untyped
    """The form of a page, which takes no address that something else answers at."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        slug = cleaned.get("slug", "")
        if slug and "slug" not in self.errors and is_reserved(slug, self.parent_page):
            self.add_error("slug", RESERVED % {"slug": slug})
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """A new page is a draft until it is published, also while that is being asked about."""
        if self.instance._state.adding:
            self.instance.live = False
        return super().save(commit=commit)
