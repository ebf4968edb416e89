"""Every field an editor meets has a Danish help text with an example.

A field where one chooses needs none: what can be chosen is the example. The few others that do
without stand in SELF_EVIDENT, each with its reason.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel, get_edit_handler
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import BaseChooser
from wagtail.images.forms import get_image_form
from wagtail.models import Page, get_page_models

from core.models import FristedImage, SiteSettings

pytestmark = pytest.mark.sqlite_is_enough

CHOSEN = (
    forms.Select,
    forms.RadioSelect,
    forms.CheckboxInput,
    forms.CheckboxSelectMultiple,
    forms.HiddenInput,
    BaseChooser,
)
SELF_EVIDENT = {
    "go_live_at": "Wagtail's own dialog explains it and shows the pattern",
    "expire_at": "Wagtail's own dialog explains it and shows the pattern",
    "paper": "the default colour is the example",
    "ink": "the default colour is the example",
    "pine": "the default colour is the example",
    "glow": "the default colour is the example",
    "brick": "the default colour is the example",
    "file": "one chooses a file",
    "tags": "the admin suggests them while one types",
}

Field = tuple[str, Any, str]  # where it is, the form field, what is said of it


def panels_in(panel: Panel) -> Iterator[Panel]:
    if isinstance(panel, FieldPanel | InlinePanel):
        yield panel
        return
    for child in getattr(panel, "children", ()):
        yield from panels_in(child)


def fields_of(form_class: Any, handler: Panel, where: str) -> Iterator[Field]:
    for panel in panels_in(handler):
        if isinstance(panel, InlinePanel):
            rows = form_class.formsets[panel.relation_name].form
            inner = f"{where}.{panel.relation_name}"
            yield from fields_of(rows, panel.child_edit_handler, inner)
            continue
        field = form_class.base_fields[panel.field_name]
        name = f"{where}.{panel.field_name}"
        if hasattr(field, "block"):
            yield from fields_of_block(field.block, name)
        else:
            yield name, field, str(panel.help_text or field.help_text)


def fields_of_block(block: Any, where: str) -> Iterator[Field]:
    if isinstance(block, blocks.ListBlock):
        yield from fields_of_block(block.child_block, where)
    elif children := getattr(block, "child_blocks", None):
        for name, child in children.items():
            yield from fields_of_block(child, f"{where}.{name}")
    else:
        yield where, block.field, str(block.field.help_text)


def row_viewsets(above: type = ModelViewSet) -> Iterator[type]:
    for viewset in above.__subclasses__():
        if not viewset.__module__.startswith("wagtail") and getattr(viewset, "model", None):
            yield viewset
        yield from row_viewsets(viewset)


def every_field() -> Iterator[Field]:
    for model in get_page_models():
        if model is not Page:
            handler = model.get_edit_handler()
            yield from fields_of(handler.get_form_class(), handler, model.__name__)
    handler = get_edit_handler(SiteSettings)
    yield from fields_of(handler.get_form_class(), handler, "SiteSettings")
    for viewset in row_viewsets():
        handler = viewset().get_edit_handler().bind_to_model(viewset.model)
        yield from fields_of(handler.get_form_class(), handler, viewset.__name__)
    for name, field in get_image_form(FristedImage)().fields.items():
        yield f"FristedImage.{name}", field, str(field.help_text)


def is_chosen(field: Any) -> bool:
    kinds = (forms.ChoiceField, forms.ModelChoiceField, forms.MultipleChoiceField)
    return isinstance(field.widget, CHOSEN) or isinstance(field, kinds)


@pytest.mark.django_db
def test_every_field_has_a_help_text_with_an_example():
    without = [
        where
        for where, field, told in every_field()
        if not is_chosen(field)
        and where.rpartition(".")[2] not in SELF_EVIDENT
        and "eksempel" not in told.lower()
    ]

    assert without == []


@pytest.mark.django_db
def test_nothing_stands_among_the_self_evident_that_is_not_there():
    names = {where.rpartition(".")[2] for where, _field, _told in every_field()}

    assert set(SELF_EVIDENT) - names == set()
