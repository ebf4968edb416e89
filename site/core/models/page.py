from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search import index

from core.copying import DraftCopyForm
from core.domain.text import fold, sort_key, stems
from core.page_forms import PageForm
from core.page_panels import promote_panels, title_panel
from core.page_rights import PageTester
from core.reserved import RESERVED, is_reserved


class BasePage(Page):
    """What every page of the public site has: words to find it by and a place in lists."""

    search_words = models.CharField(
        _("other words people search for"),
        max_length=255,
        blank=True,
        help_text=_("For example: soup kitchen, narcotics, homeless. Never shown."),
    )
    sort_key = models.CharField(max_length=255, blank=True, editable=False, db_index=True)

    search_fields = [
        *Page.search_fields,
        index.SearchField("search_stems"),
        index.AutocompleteField("search_folded"),
    ]
    # Who may see a page follows from whether it is published, never from a password.
    private_page_options: list[str] = []
    # Only administrators delete, move or unpublish a page of this kind.
    fixed_place = False
    copy_form_class = DraftCopyForm
    base_form_class = PageForm
    content_panels = [title_panel()]
    promote_panels = promote_panels()

    class Meta:
        abstract = True

    def searchable_texts(self) -> list[str]:
        """Return the texts this page should be found by; subclasses add their own."""
        return [self.title, self.search_words, self.search_description]

    def get_indexed_instance(self) -> Page | None:
        """Return the page as the search index reads it, with its words found out anew."""
        found: Page | None = super().get_indexed_instance()
        if found is not None:
            found.__dict__.pop("search_stems", None)
        return found

    @cached_property
    def search_stems(self) -> str:
        """The stems of all texts; kept, for the index asks three times for each word of a page."""
        return stems(" ".join(self.searchable_texts()))

    @property
    def search_folded(self) -> str:
        return fold(f"{self.title} {self.search_words}")

    @staticmethod
    def _slug_is_available(slug: str, parent_page: Page | None, page: Page | None = None) -> bool:
        free: bool = Page._slug_is_available(slug, parent_page, page)
        return free and not is_reserved(slug, parent_page)

    def _check_slug_is_unique(self) -> None:
        if is_reserved(self.slug, self.get_parent()):
            raise ValidationError({"slug": RESERVED % {"slug": self.slug}})
        super()._check_slug_is_unique()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.title)[:255]
        super().full_clean(*args, **kwargs)

    def trail(self) -> list[dict[str, str]]:
        """Return the way back from here: label and address of each page above, ours without."""
        above = self.get_ancestors().live().filter(depth__gt=1).order_by("depth")
        steps = [{"label": page.title, "url": page.relative_url(None) or "/"} for page in above]
        if steps:
            steps[0]["label"] = _("Front page")
        return [*steps, {"label": self.title}]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["trail"] = self.trail()
        return context

    @property
    def has_workflow(self) -> bool:
        """Whether drafts go round to somebody: only newsletters' do (ADR 19)."""
        return False

    def get_workflow(self) -> Any:
        return None

    def permissions_for_user(self, user: Any) -> PageTester:
        return PageTester(user, self)

    def create_alias(self, **kwargs: Any) -> Page:
        raise PermissionDenied("Aliases have no editor and no schedule; copy the page instead.")
