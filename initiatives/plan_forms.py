"""What the leaders decided about the action plan."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.actions import PlannedStart
from initiatives.domain.catalogue_schema import YEARS
from initiatives.domain.plans import rank_problems
from initiatives.models import Initiative, LeadersMeeting
from initiatives.tracker_forms import DayField, PlainCharField, RowChoiceField


class PlanForm(forms.Form):
    """Day, decision and reason; and for each initiative its rank and the years of its start."""

    meeting = RowChoiceField(
        label=gettext_lazy("Decided at the meeting"),
        required=False,
        queryset=LeadersMeeting.objects.none(),
        empty_label=gettext_lazy("Not at a meeting"),
    )
    decided_on = DayField(label=gettext_lazy("Decided on"))
    decision = PlainCharField(
        label=gettext_lazy("What was decided"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = PlainCharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Those who come later will want to know."),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, proposed: Sequence[PlannedStart], decides_all: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = proposed
        meetings = LeadersMeeting.objects.filter(cancelled_at__isnull=True)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]  # a choice of rows
        for place, planned in enumerate(proposed, start=1):
            self._add_line(place, planned, decides_all=decides_all)

    def _add_line(self, place: int, planned: PlannedStart, *, decides_all: bool) -> None:
        initiative = planned.initiative
        fixed = not decides_all and initiative.owner_role == Initiative.Owner.AREA_HEAD
        names = names_of(initiative)
        words = {"initiative": str(initiative)}
        self.fields[names["rank"]] = forms.IntegerField(
            label=_("Priority of %(initiative)s") % words,
            min_value=1,
            max_value=len(self.proposed),
            initial=place,
        )
        for key, label, year in (
            ("first", _("%(initiative)s starts in"), planned.start_year),
            ("last", _("%(initiative)s starts at the latest in"), planned.latest_start_year),
        ):
            self.fields[names[key]] = forms.IntegerField(
                label=label % words,
                min_value=YEARS[0],
                max_value=YEARS[-1],
                initial=year,
                disabled=fixed,
            )

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield what one row of the form needs, in the proposed order."""
        for planned in self.proposed:
            fields = {key: self[name] for key, name in names_of(planned.initiative).items()}
            yield {"initiative": planned.initiative, **fields}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        ranks = [said.get(names_of(planned.initiative)["rank"]) for planned in self.proposed]
        given = [rank for rank in ranks if rank is not None]
        twice = rank_problems(given)
        for planned in self.proposed:
            names = names_of(planned.initiative)
            if said.get(names["rank"]) in twice:
                self.add_error(names["rank"], _("This place is taken by another one, too."))
            first, last = said.get(names["first"]), said.get(names["last"])
            if first is not None and last is not None and last < first:
                self.add_error(names["last"], _("The last year lies before the first."))
        return said

    def order(self) -> list[tuple[Initiative, int, int]]:
        """Return initiative, first and last year in the order that was asked for."""
        said = self.cleaned_data

        def rank(planned: PlannedStart) -> int:
            return int(said[names_of(planned.initiative)["rank"]])

        return [
            (planned.initiative, said[names["first"]], said[names["last"]])
            for planned in sorted(self.proposed, key=rank)
            for names in (names_of(planned.initiative),)
        ]


def names_of(initiative: Initiative) -> dict[str, str]:
    """Return the names of an initiative's fields."""
    return {key: f"{key}_{initiative.number}" for key in ("rank", "first", "last")}
