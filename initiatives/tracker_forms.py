"""Forms of the tracker: one page each, refusals beside their cause, no JavaScript needed."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from core.domain.text import clean
from initiatives.actions import Refused
from initiatives.tracker_pages import TrackerView

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


class PlainCharField(forms.CharField):
    """Text without characters that nobody can see."""

    def to_python(self, value: Any) -> Any:
        return clean(super().to_python(value) or "").strip()


class RowChoiceField(forms.ModelChoiceField):
    """A choice of rows that does not stumble over a number no row can have."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except OverflowError:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from None


class RowsChoiceField(forms.ModelMultipleChoiceField):
    """The same for several rows."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(
                self.error_messages["invalid_list"], code="invalid_list"
            ) from None


class DayField(forms.DateField):
    """A day in the browser's own picker; 2. marts 2026 may also be written 2.3.2026."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("error_messages", {"invalid": _("Write the day like 2.3.2026.")})
        formats = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y"]
        super().__init__(input_formats=formats, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Is the year right?"), code="year")
        return day


class SeenForm(forms.Form):
    """A form that knows which state it was filled from."""

    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen_at(self) -> dt.datetime | None:
        text = self.cleaned_data["seen_at"]
        try:
            return parse_datetime(text) if text else None
        except ValueError:
            return None


def shown_beside(form: forms.Form, name: str, seen: object) -> None:
    """Let a form, shown once more, know what it is shown beside, so that it can be saved again."""
    posted: Any = form.data
    said = posted.copy()
    said[form.add_prefix(name)] = str(seen)
    form.data = said


class TrackerFormView(TrackerView):
    """A page with one form. `deed` does it and returns where to go; what it refuses is shown."""

    template_name = "initiatives/form.html"
    submit_label: Any = _("Save")
    lead: Any = ""

    def enter(self) -> None:
        """Find what the address names, and refuse those who may not write there."""

    def make_form(self, data: Any = None, files: Any = None) -> Any:
        """Return the form, filled with what stands, or with `data`."""
        raise NotImplementedError

    def deed(self, form: Any) -> str:
        """Carry out what a valid form says; return the address to go to. May raise Refused."""
        raise NotImplementedError

    def back_url(self) -> str:
        """Return where to go without saving."""
        raise NotImplementedError

    def seen_at(self) -> str:
        """Return when what the form is about was last changed; "" when there is nothing yet."""
        return ""

    def show_again(self) -> None:
        """What was refused is shown beside the present state, and may be saved over it."""
        if isinstance(self.form, SeenForm):
            shown_beside(self.form, "seen_at", self.seen_at())

    def done_text(self) -> str:
        """Return what to say when it is done; "" for nothing."""
        return ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.enter()
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.enter()
        self.form = self.make_form(request.POST, request.FILES)
        if self.form.is_valid():
            try:
                address = self.deed(self.form)
            except Refused as refused:
                show_problems(self.form, refused)
                self.show_again()
            else:
                if text := self.done_text():
                    messages.success(request, text)
                return redirect(address)
        answer: HttpResponse = self.render_to_response(self.get_context_data(), status=422)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = getattr(self, "form", None) or self.make_form()
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "lead": self.lead,
            "submit_label": self.submit_label,
            "back_url": self.back_url(),
        }


def show_problems(form: forms.Form, refused: Refused) -> None:
    """Put each refusal beside the field it is about; what is about all stands above the form."""
    for key, text in refused.problems.items():
        form.add_error(key if key in form.fields else None, text)
