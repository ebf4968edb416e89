"""Which initiatives a cooperation agreement supports, and how."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.tracker_forms import PlainCharField


class AgreementForm(forms.Form):
    """A tick and a line for each initiative."""

    def __init__(
        self,
        *args: Any,
        initiatives: Iterable[Initiative],
        notes: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initiatives = list(initiatives)
        for initiative in self.initiatives:
            tick, line = names_of(initiative)
            self.fields[tick] = forms.BooleanField(
                label=str(initiative), required=False, initial=initiative.pk in notes
            )
            self.fields[line] = PlainCharField(
                label=_("How it supports %(initiative)s") % {"initiative": initiative.number},
                required=False,
                max_length=200,
                initial=notes.get(initiative.pk, ""),
            )

    @property
    def lines(self) -> Iterator[tuple[Any, Any]]:
        """Yield the tick and the line of each initiative."""
        for initiative in self.initiatives:
            tick, line = names_of(initiative)
            yield self[tick], self[line]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for initiative in self.initiatives:
            tick, line = names_of(initiative)
            if said.get(line) and not said.get(tick):
                self.add_error(tick, _("Tick it, too, or empty the line."))
        return said

    def notes(self) -> dict[Initiative, str]:
        """Return the line of each initiative that is ticked."""
        said = self.cleaned_data
        pairs = ((initiative, names_of(initiative)) for initiative in self.initiatives)
        return {initiative: said[line] for initiative, (tick, line) in pairs if said[tick]}


def names_of(initiative: Initiative) -> tuple[str, str]:
    """Return the names of an initiative's tick and line."""
    return f"supports_{initiative.pk}", f"note_{initiative.pk}"
