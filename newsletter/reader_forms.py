"""The forms readers meet: sign up, get a link, change one's choices.

Traps for programs never catch people silently: who trips one reads why and can send again.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.core.validators import EmailValidator
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.domain.dates import day_bounds, local_day
from core.wording import date_text
from directory.models import District, VenuePage
from newsletter.actions.readers import Choices, topics_for
from newsletter.domain.addresses import LONGEST, AddressError, parse_address
from newsletter.models import Follow, Subscriber, Topic
from newsletter.reader_mail import mailbox
from newsletter.taxonomy import Audience

LEAST = dt.timedelta(seconds=2)
MOST = dt.timedelta(hours=24)
SIGNER = signing.Signer(salt="newsletter.form")

ADDRESS_ERRORS = {
    "empty": _("Write your e-mail address."),
    "space": _("There is a space or a hidden letter in the address."),
    "at": _("An address has one @, for example anna@example.dk."),
    "letters": _("There are letters before the @ that we cannot send to, for example æ, ø or å."),
    "domain": _("What stands after the @ is not right. It could be example.dk."),
    "long": _("The address is too long."),
    "role": _("This address belongs to a mail system, not to a person."),
}
# The post asks the same of an address before it writes a mail to it.
MAILABLE = EmailValidator(message=ADDRESS_ERRORS["domain"])
AGAIN = _("Press once more, please. The page had to be ready first.")
OLD = _("The page had been open for too long. Press once more, please.")
ELSEWHERE = _("The form was sent from another website. Press once more, please.")
TRAP = _("A field that people do not see was filled in. It is empty now; press once more.")


class AddressField(forms.CharField):
    """An e-mail address; what is wrong with one is said in plain words."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your e-mail address"))
        kwargs.setdefault("error_messages", {"required": ADDRESS_ERRORS["empty"]})
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "email", "maxlength": str(LONGEST), "size": "30"}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            address = parse_address(text)
        except AddressError as error:
            raise forms.ValidationError(ADDRESS_ERRORS[error.code], code=error.code) from None
        MAILABLE(mailbox(address))
        return address


class GuardedForm(forms.Form):
    """A form with a stamp of when it was shown, and a field that only programs fill in."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, now: dt.datetime, elsewhere: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.now, self.elsewhere = now, elsewhere
        self.fields["stamp"].initial = stamp_of(now)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        problem = self._problem(data)
        if problem:
            self._renew()
            raise forms.ValidationError(problem, code="guard")
        return data

    def _problem(self, data: dict[str, Any]) -> Any:
        if self.elsewhere:
            return ELSEWHERE
        if data.get("website"):
            return TRAP
        shown = moment_of(data.get("stamp", ""))
        if shown is None or shown < self.now - MOST:
            return OLD
        return AGAIN if shown > self.now - LEAST else None

    def _renew(self) -> None:
        """Show the form again with an empty trap, and a stamp that is old enough at once."""
        fresh = QueryDict("", mutable=True)
        fresh.update(self.data)  # type: ignore[arg-type]  # a query string, or a test's values
        fresh["website"], fresh["stamp"] = "", stamp_of(self.now - LEAST)
        self.data = fresh


class ChoicesForm(forms.Form):
    """Topics, districts and venues. No tick at a place means all of them."""

    topics = forms.MultipleChoiceField(
        label=_("What do you want to get?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing.")},
    )
    districts = forms.MultipleChoiceField(
        label=_("Parts of town"), required=False, widget=forms.CheckboxSelectMultiple
    )
    venues = forms.MultipleChoiceField(
        label=_("Places"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, topics: Any, *, today: dt.date, reader: Subscriber | None = None) -> None:
        """Offer these topics, and every place that can be followed on `today`."""
        self.offered = {topic.slug: topic for topic in topics}
        self._set("topics", [(slug, topic.title) for slug, topic in self.offered.items()])
        self._set("districts", [(str(row.pk), row.name) for row in District.objects.all()])
        self._set("venues", venue_choices(today, reader))

    def choices(self) -> Choices:
        """Return what was chosen, once the form is valid."""
        venues = tuple(int(pk) for pk in self.cleaned_data["venues"])
        districts = tuple(int(pk) for pk in self.cleaned_data["districts"])
        return Choices(
            topics=tuple(self.cleaned_data["topics"]),
            everything=not (venues or districts),
            venue_ids=venues,
            district_ids=districts,
        )

    def _set(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (for mypy)
        field.choices = choices

    @cached_property
    def topic_rows(self) -> list[dict[str, Any]]:
        """Return each topic with its tick box and the sentence below it."""
        return [
            {"tick": tick, "text": self.offered[str(tick.data["value"])].description}
            for tick in self["topics"]
        ]


class SignUpForm(ChoicesForm, GuardedForm):
    """What a stranger fills in."""

    email = AddressField()

    field_order = ["email", "topics", "districts", "venues"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(Topic.objects.public(), today=local_day(self.now))
        if len(self.offered) == 1:
            self.fields["topics"].initial = list(self.offered)


class LinkForm(GuardedForm):
    """Where to send the link to one's own choices."""

    email = AddressField()


class ManageForm(ChoicesForm):
    """A reader's own choices. No topic at all is an answer, too: then it is over."""

    pause = forms.ChoiceField(label=_("Take a break"), widget=forms.RadioSelect)

    PAUSES = {"14": _("Two weeks"), "30": _("A month"), "91": _("Three months")}

    def __init__(self, *args: Any, reader: Subscriber, now: dt.datetime, **kwargs: Any) -> None:
        kwargs["initial"] = initial_of(reader, now)
        super().__init__(*args, **kwargs)
        self.reader, self.now = reader, now
        self.fields["topics"].required = False
        self.offer(topics_for(reader), today=local_day(now), reader=reader)
        pauses: list[tuple[str, Any]] = [("", _("No break")), *self.PAUSES.items()]
        if is_paused(reader, now):
            kept = _("As now: until %(day)s") % {"day": pause_text(reader)}
            pauses.insert(1, ("keep", kept))
        pause = self.fields["pause"]
        assert isinstance(pause, forms.ChoiceField)  # noqa: S101  (for mypy)
        pause.choices, pause.required = pauses, False

    def paused_until(self) -> dt.datetime | None:
        """Return when mail begins again (UTC), or None for no break."""
        chosen = self.cleaned_data["pause"]
        if chosen == "keep":
            return self.reader.paused_until
        if not chosen:
            return None
        return day_bounds(local_day(self.now) + dt.timedelta(days=int(chosen)))[0]


class StaffSignUpForm(ChoicesForm):
    """What somebody who works here fills in for another person, who has asked for it."""

    email = AddressField(
        label=_("The person's e-mail address"),
        error_messages={"required": _("Write the person's e-mail address.")},
    )
    asked = forms.BooleanField(
        label=_("The person has asked me to do this"),
        error_messages={
            "required": _("Nobody is signed up without having asked for it themselves.")
        },
    )

    field_order = ["email", "topics", "districts", "venues", "asked"]

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = Topic.objects.on_offer()
        self.offer(topics, today=today)
        staff = _("(staff)")
        labels = [
            (row.slug, f"{row.title} {staff}" if row.audience == Audience.STAFF else row.title)
            for row in topics
        ]
        self._set("topics", labels)
        self.fields["topics"].label = _("What does the person want?")
        self.fields["districts"].help_text = _(
            "Without a tick here or below the person hears about all places."
        )


def stamp_of(now: dt.datetime) -> str:
    """Return a signed note of a moment."""
    return SIGNER.sign(str(int(now.timestamp())))


def moment_of(stamp: str) -> dt.datetime | None:
    """Return the moment (UTC) in a stamp of ours, or None for anything else."""
    try:
        return dt.datetime.fromtimestamp(int(SIGNER.unsign(stamp)), dt.UTC)
    except (signing.BadSignature, ValueError):
        return None


def venue_choices(today: dt.date, reader: Subscriber | None) -> list[tuple[str, str]]:
    """Return the venues that can be followed, and those this reader follows already."""
    standing = VenuePage.objects.public().standing(today).in_order()
    found = {str(pk): title for pk, title in standing.values_list("pk", "title")}
    if reader is not None:
        own = Follow.objects.filter(subscriber=reader, venue__isnull=False)
        for pk, title in own.values_list("venue", "venue__title"):
            found.setdefault(str(pk), title)
    return list(found.items())


def initial_of(reader: Subscriber, now: dt.datetime) -> dict[str, Any]:
    """Return a reader's present choices as the form has them."""
    follows = [] if reader.everything else list(reader.follows.all())
    return {
        "topics": list(reader.subscriptions.active().values_list("topic__slug", flat=True)),
        "districts": [str(row.district_id) for row in follows if row.district_id],
        "venues": [str(row.venue_id) for row in follows if row.venue_id],
        "pause": "keep" if is_paused(reader, now) else "",
    }


def is_paused(reader: Subscriber, now: dt.datetime) -> bool:
    """Whether the reader gets nothing at `now` because of a break."""
    return reader.paused_until is not None and reader.paused_until > now


def pause_text(reader: Subscriber) -> str:
    """Return the first day with mail again, in words; only for a reader with a break."""
    assert reader.paused_until is not None  # noqa: S101  (for mypy)
    return date_text(local_day(reader.paused_until))
