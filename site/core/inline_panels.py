"""Rows below a page in the editor, with forms of our own."""

from typing import Any

from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model


class FormInlinePanel(InlinePanel):  # type: ignore[misc]  # Wagtail is untyped
    """Rows below a page, with a form (and perhaps a formset) of our own."""

    def __init__(self, *args: Any, row_form: Any, row_formset: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_form = row_form
        self.row_formset = row_formset

    def clone_kwargs(self) -> dict[str, Any]:
        own = {"row_form": self.row_form, "row_formset": self.row_formset}
        return {**super().clone_kwargs(), "heading": self.heading, **own}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        rows["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=self.row_form,
            fields=[],
            defer_required_on_fields=deferred,
        )
        if self.row_formset:
            # A formset of our own says in its own words what is missing.
            rows["formset"] = self.row_formset
            rows["validate_min"] = False
        return options
