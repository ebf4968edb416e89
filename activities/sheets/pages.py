"""The page behind a row of a sheet: what it holds, and whether somebody touched it since."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from modelcluster.fields import ParentalKey

from activities.models import ActivityPage
from activities.sheets.programme import activity_values, put_activity_values
from activities.sheets.terms import SheetKind
from activities.sheets.venues import put_venue_values, venue_values
from directory.models import VenuePage

RICH = ("description", "core_task", "body")
# What saving and publishing themselves change.
PASSING = frozenset(
    {
        "first_published_at",
        "go_live_at",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "numchild",
        "path",
        "wagtail_admin_comments",
    }
)


# Rows about an activity that `refresh_activity` works out.
WORKED_OUT = {"CalendarEntry", "Occurrence"}


def model_of(kind: str) -> type[Any]:
    """Return the page model that a sheet of that kind is about."""
    return ActivityPage if kind == SheetKind.ACTIVITIES else VenuePage


def values_of(kind: str, page: Any) -> dict[str, Any]:
    """Return what a sheet would say of the page now."""
    return activity_values(page) if kind == SheetKind.ACTIVITIES else venue_values(page)


def put_values(kind: str, page: Any, values: dict[str, Any]) -> None:
    """Write what a sheet says into a page that is not saved yet."""
    put = put_activity_values if kind == SheetKind.ACTIVITIES else put_venue_values
    put(page, values)


def kept_of(kind: str, page: Any, names: Any) -> dict[str, Any]:
    """Return what stood there, so that `put_back` can restore it to the letter."""
    values = values_of(kind, page)
    rich = {name: str(getattr(page, name)) for name in RICH if name in names}
    return {"values": {name: values[name] for name in names}, "rich": rich}


def put_back(kind: str, page: Any, kept: dict[str, Any]) -> None:
    """Write what `kept_of` returned into a page that is not saved yet."""
    plain = {name: value for name, value in kept["values"].items() if name not in kept["rich"]}
    put_values(kind, page, plain)
    for name, text in kept["rich"].items():
        setattr(page, name, text)


def fingerprint(page: Any) -> str:
    """Return a hash of all that an editor can change about a page."""
    data = {name: value for name, value in page.serializable_data().items() if name not in PASSING}
    text = json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_referred_to(page: Any) -> bool:
    """Whether rows of any app refer to the page, besides its own parts and what is worked out."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: page}).exists()
        for relation in page._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and _is_reference(relation, type(page))
    )


def _is_reference(relation: Any, model: type[Any]) -> bool:
    referring = relation.related_model
    return not (
        relation.model is not model
        or referring._meta.auto_created
        or referring._meta.app_label.startswith("wagtail")
        or referring.__name__ in WORKED_OUT
        or isinstance(relation.field, ParentalKey)
    )
