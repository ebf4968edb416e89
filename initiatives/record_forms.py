"""A form made from what the catalogue asks to have recorded. Lists are rows of small fields; more
rows come with a button, so nothing needs JavaScript.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from initiatives.domain.records import Column, Kind, RecordField, is_filled
from initiatives.tracker_forms import DayField, PlainCharField, SeenForm

MORE = "more_"
EXTRA = 3
MOST_ROWS = 60
LONGEST_LINE, LONGEST_TEXT = 300, 6000
Choices = Sequence[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Lookups:
    """What may be chosen: (id, words) of venues, of the venue's activities, and of meetings."""

    venues: Choices = ()
    activities: Choices = ()
    meetings: Choices = ()

    def of(self, kind: Kind) -> Choices:
        """Return the pairs to choose from for a kind of field."""
        if kind == Kind.VENUE or kind == Kind.VENUES:
            return self.venues
        return self.activities if kind == Kind.ACTIVITY else self.meetings


class RowForm(forms.Form):
    """One row of a list. A row with nothing in it is no row."""

    def stored(self) -> dict[str, Any]:
        """Return the row as JSON, {} when nothing was written."""
        row = {key: as_json(value) for key, value in self.cleaned_data.items()}
        said = {key: value for key, value in row.items() if is_filled(value) and value is not False}
        return row if said else {}


class RecordForm(SeenForm):
    """The facts of one progress by the catalogue's keys; `lists` are rows by key."""

    def __init__(
        self,
        data: Any = None,
        *,
        record: Sequence[RecordField],
        values: Mapping[str, Any],
        lookups: Lookups,
        shown: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.record = record
        self.lists: dict[str, BaseFormSet[RowForm]] = {}
        for field in record:
            value = values.get(field.key)
            if field.kind == Kind.LIST:
                self.lists[field.key] = row_forms(field, value or [], lookups, data)
            else:
                self.fields[field.key] = form_field(field, lookups)
                self.initial[field.key] = value
        if shown is not None:
            self.fields["shown"] = forms.BooleanField(
                label=_("Show on the venue's page what is marked “public”"), required=False
            )
            self.initial["shown"] = shown

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Return what to show in the catalogue's order: each with its field or its rows."""
        return [
            {
                "record": field,
                "field": None if field.kind == Kind.LIST else self[field.key],
                "rows": self.lists.get(field.key),
                "more": f"{MORE}{field.key}",
            }
            for field in self.record
        ]

    def is_valid(self) -> bool:
        lists = [rows.is_valid() for rows in self.lists.values()]
        return super().is_valid() and all(lists)

    def stored(self) -> dict[str, Any]:
        """Return what was written, as the record keeps it."""
        values = {
            field.key: as_json(self.cleaned_data[field.key])
            for field in self.record
            if field.kind != Kind.LIST
        }
        for key, rows in self.lists.items():
            written = [form.stored() for form in rows.forms]
            values[key] = [row for row in written if row]
        return values


def asked_for_rows(data: Mapping[str, Any]) -> str:
    """Return the key of the list that more rows are asked for, or ""."""
    return next((key.removeprefix(MORE) for key in data if key.startswith(MORE)), "")


def with_more_rows(data: Any, key: str) -> Any:
    """Return a form's data with more empty rows in the list `key`; what was written stays."""
    grown = data.copy()
    name = f"{key}-TOTAL_FORMS"
    try:
        total = int(grown.get(name, 0))
    except ValueError:
        total = 0
    grown[name] = str(min(total + EXTRA, MOST_ROWS))
    return grown


def row_forms(
    field: RecordField, rows: Sequence[Mapping[str, Any]], lookups: Lookups, data: Any
) -> "BaseFormSet[RowForm]":
    """Return the rows of a list, with a few empty ones at the end."""
    fields = {column.key: form_field(column, lookups, in_row=True) for column in field.columns}
    row_class: type[RowForm] = type("Row", (RowForm,), fields)
    factory = formset_factory(row_class, extra=EXTRA, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    return factory(
        data,
        prefix=field.key,
        initial=list(rows),
        error_messages={
            "missing_management_form": str(_("The list came without its rows. Try again."))
        },
    )


def form_field(
    wanted: RecordField | Column, lookups: Lookups, *, in_row: bool = False
) -> forms.Field:
    """Return the input for one field or column."""
    label, kind = wanted.label, wanted.kind
    if kind == Kind.TEXT:
        rows = forms.Textarea(attrs={"rows": 1 if in_row else 2})
        return PlainCharField(label=label, required=False, max_length=LONGEST_LINE, widget=rows)
    if kind == Kind.LONG_TEXT:
        rows = forms.Textarea(attrs={"rows": 6})
        return PlainCharField(label=label, required=False, max_length=LONGEST_TEXT, widget=rows)
    if kind == Kind.DATE:
        return DayField(label=label, required=False)
    if kind == Kind.INTEGER:
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=1_000_000)
    if kind == Kind.BOOLEAN:
        return forms.BooleanField(label=label, required=False)
    if kind == Kind.VENUES:
        return forms.TypedMultipleChoiceField(
            label=label,
            required=False,
            coerce=int,
            choices=lookups.of(kind),
            widget=forms.CheckboxSelectMultiple,
        )
    if kind == Kind.CHOICE:
        return forms.ChoiceField(
            label=label, required=False, choices=[("", _("Choose")), *wanted.choices]
        )
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Choose")), *lookups.of(kind)],
    )


def as_json(value: Any) -> Any:
    """Return a form's value as JSON keeps it: days as ISO text."""
    return value.isoformat() if isinstance(value, dt.date) else value
