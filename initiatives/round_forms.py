"""Forms of a follow-up round: opening it, answering it, locking it, correcting it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import VenuePage
from initiatives.actions import Refused
from initiatives.actions.rounds import LONGEST_TEXT
from initiatives.domain.rounds import QUESTIONS, Half, half_of
from initiatives.models import FollowUpAnswer, FollowUpEntry, Initiative
from initiatives.report_content import question_text
from initiatives.round_taxonomy import RoundAnswer
from initiatives.tracker_forms import DayField, PlainCharField, shown_beside


class OpenRoundForm(forms.Form):
    """Which half year, until when, and a word to the leaders."""

    half = forms.ChoiceField(label=_("Half year"))
    deadline_on = DayField(
        label=_("Deadline"), help_text=_("Give the leaders at least a couple of weeks.")
    )
    introduction = PlainCharField(
        label=_("A word to the leaders"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands above the questions and in the mail about the round."),
    )
    tell = forms.BooleanField(
        label=_("Write to the leaders now"),
        required=False,
        initial=True,
        help_text=_("Each gets one mail with their own venues and a link."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = half_of(today)
        halves = (present, present.before)
        self.fields["half"].choices = [(code(half), half_text(half)) for half in halves]  # type: ignore[attr-defined]  # a choice

    def clean_half(self) -> Half:
        year, number = self.cleaned_data["half"].split("-")
        return Half(int(year), int(number))


def code(half: Half) -> str:
    """Return `2026-2`, as the form says it."""
    return f"{half.year}-{half.number}"


def half_text(half: Half) -> str:
    """Return `første halvår 2026`."""
    words = _("first half of %(year)d") if half.number == 1 else _("second half of %(year)d")
    return str(words) % {"year": half.year}


class DeadlineForm(forms.Form):
    """Another deadline for a running round."""

    deadline_on = DayField(label=_("Deadline"))


class LockForm(forms.Form):
    """The yes to a round without all answers."""

    despite_missing = forms.BooleanField(
        label=_("Lock it without the missing answers"), required=False
    )


class CorrectionForm(forms.Form):
    """What turned out wrong in a locked round."""

    initiative = forms.ModelChoiceField(
        label=_("Initiative"),
        queryset=Initiative.objects.all(),
        required=False,
        empty_label=_("The round as a whole"),
    )
    venue = forms.ModelChoiceField(
        label=_("Venue"),
        queryset=VenuePage.objects.none(),
        required=False,
        empty_label=_("No particular venue"),
    )
    text = PlainCharField(
        label=_("Correction"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What stands in the round, and what should have stood there."),
    )

    def __init__(self, *args: Any, venues: Any, needs_venue: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]  # a choice of rows
        self.fields["venue"].required = needs_venue


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three questions about an initiative, as the sheet shows it."""

    words: str
    choice: Any
    text: Any
    last_choice: str
    last_text: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One initiative on a venue's sheet."""

    initiative: Initiative
    questions: tuple[Question, ...]
    answer: FollowUpAnswer | None
    last: FollowUpAnswer | None
    older: tuple[FollowUpAnswer, ...]
    errors: tuple[str, ...]
    seen: Any


class SheetForm(forms.Form):
    """All initiatives of a venue in one form; what is left empty is not answered."""

    def __init__(
        self,
        *args: Any,
        entries: list[FollowUpEntry],
        answers: Mapping[int, FollowUpAnswer],
        earlier: Mapping[Any, FollowUpAnswer],
        older: Mapping[int, Sequence[FollowUpAnswer]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entries, self.answers, self.earlier = entries, answers, earlier
        self.older = older
        self.refusals: dict[str, list[str]] = {}
        for entry in entries:
            self._add_fields(entry)

    def _add_fields(self, entry: FollowUpEntry) -> None:
        number, answer = entry.initiative.number, self.answers.get(entry.pk)
        self.fields[f"{number}-seen"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=answer.pk if answer else 0
        )
        for question in QUESTIONS:
            words = question_text(question)
            self.fields[f"{number}-{question}"] = forms.ChoiceField(
                label=words,
                choices=RoundAnswer.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=getattr(answer, question, ""),
            )
            self.fields[f"{number}-{question}_text"] = PlainCharField(
                label=_("A few words"),
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=getattr(answer, f"{question}_text", ""),
            )

    def values(self, entry: FollowUpEntry) -> dict[str, str]:
        """Return what was written about an entry, by the keys that an answer has."""
        number = entry.initiative.number
        keys = [key for question in QUESTIONS for key in (question, f"{question}_text")]
        return {key: self.cleaned_data.get(f"{number}-{key}", "") for key in keys}

    def seen(self, entry: FollowUpEntry) -> int:
        """Return the id of the answer the page showed; 0 for none."""
        return self.cleaned_data.get(f"{entry.initiative.number}-seen") or 0

    def refuse(self, entry: FollowUpEntry, refused: Refused) -> None:
        """Put what was refused beside the question it is about."""
        number = entry.initiative.number
        for key, text in refused.problems.items():
            if f"{number}-{key}" in self.fields:
                self.add_error(f"{number}-{key}", text)
            else:
                self.refusals.setdefault(number, []).append(text)
                answer = self.answers.get(entry.pk)
                shown_beside(self, f"{number}-seen", answer.pk if answer else 0)

    def rows(self) -> Iterator[SheetRow]:
        """Yield the initiatives with their fields, for the template."""
        for entry in self.entries:
            number = entry.initiative.number
            last = self.earlier.get(entry.place)
            yield SheetRow(
                initiative=entry.initiative,
                questions=tuple(self._question(number, name, last) for name in QUESTIONS),
                answer=self.answers.get(entry.pk),
                last=last,
                older=tuple(self.older.get(entry.pk, ())),
                errors=tuple(self.refusals.get(number, ())),
                seen=self[f"{number}-seen"],
            )

    def _question(self, number: str, name: str, last: FollowUpAnswer | None) -> Question:
        return Question(
            words=question_text(name),
            choice=self[f"{number}-{name}"],
            text=self[f"{number}-{name}_text"],
            last_choice=str(getattr(last, f"get_{name}_display")()) if last else "",
            last_text=getattr(last, f"{name}_text") if last else "",
        )
