"""What a sheet would do, thing by thing, before anything is done."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.html import escape
from django.utils.translation import gettext as _

from activities.sheets.columns import Column, Line, Message
from activities.sheets.terms import SheetAction
from core.domain.text import fold
from directory.models import Amenity, District, Organisation, TargetGroup, VenuePage
from directory.permissions import Rights

TAGS = re.compile(r"<[^>]+>")
BREAKS = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that would change, in words."""

    label: str
    old: str
    new: str

    def as_json(self) -> dict[str, str]:
        return {"label": self.label, "old": self.old, "new": self.new}


@dataclass(slots=True)
class Thing:
    """A venue, a venue's week or an activity that one row or more of the sheet speak of.

    `values` are what the page should hold, by name, fit for JSON.
    """

    lines: list[Line]
    title: str
    page_id: int | None = None
    venue_id: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)  # told, but no reason to refuse

    @property
    def numbers(self) -> list[int]:
        return [line.number for line in self.lines]

    @property
    def errors(self) -> list[Message]:
        return [message for line in self.lines for message in line.messages]

    @property
    def action(self) -> str:
        if self.errors:
            return SheetAction.REFUSE
        if self.page_id is None:
            return SheetAction.CREATE
        return SheetAction.CHANGE if self.differences else SheetAction.SAME


@dataclass(frozen=True, slots=True)
class Lists:
    """The rows of the database that a sheet names, read once for each sheet."""

    venues: dict[int, VenuePage]
    groups: dict[str, str]  # label → code
    amenities: dict[str, str]
    organisations: dict[str, int]  # name → key
    districts: dict[str, int]

    @classmethod
    def load(cls) -> "Lists":
        return cls(
            venues={page.pk: page for page in VenuePage.objects.order_by("sort_key", "pk")},
            groups=dict(TargetGroup.objects.values_list("label", "code")),
            amenities=dict(Amenity.objects.values_list("label", "code")),
            organisations=dict(Organisation.objects.order_by("name").values_list("name", "pk")),
            districts=dict(District.objects.values_list("name", "pk")),
        )

    def venue_words(self) -> dict[str, int]:
        """Return the names and addresses of the venues, with their keys."""
        slugs = {page.slug: pk for pk, page in self.venues.items()}
        return {page.title: pk for pk, page in self.venues.items()} | slugs


def word_of(options: Mapping[str, Any], value: Any) -> str:
    """Return the word that stands for `value`."""
    return next((word for word, known in options.items() if known == value), str(value))


def words_of(options: Mapping[str, Any], values: Iterable[Any]) -> str:
    """Return the words that stand for `values`, with commas."""
    return ", ".join(word_of(options, value) for value in values)


def choice_words(choices: Any) -> dict[str, Any]:
    """Return the labels of a TextChoices, each with its code."""
    return {str(label): value for value, label in choices.choices}


def plain_text(rich: str) -> str:
    """Return the words of rich text, a line for each paragraph."""
    lines = html.unescape(TAGS.sub("", BREAKS.sub("\n", rich or ""))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def rich_text(text: str) -> str:
    """Return plain text as paragraphs."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.split("\n") if line.strip())


def differences(
    columns: Sequence[Column], wanted: Mapping[str, Any], current: Mapping[str, Any]
) -> list[Difference]:
    """Return what would change; what the sheet leaves empty stays as it is."""
    found = []
    for column in columns:
        if column.name not in wanted or wanted[column.name] == current.get(column.name):
            continue
        old, new = (str(column.shown(values.get(column.name))) for values in (current, wanted))
        if old.split() != new.split():
            found.append(Difference(str(column.heading), _cut(old), _cut(new)))
    return found


def _cut(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:159]}…"


def refuse_strangers(thing: Thing, rights: Rights, venue: VenuePage | None) -> None:
    """Refuse what belongs to a venue whose page the person may not publish."""
    if venue is None or rights.may_publish(venue.pk):
        return
    thing.lines[0].refuse(
        _("You may only import for your own venues, and “%(venue)s” is none of them.")
        % {"venue": venue.title}
    )


def refuse_drafts(thing: Thing, page: Any) -> None:
    """Refuse to change a page that somebody is in the middle of writing."""
    if page.has_unpublished_changes:
        thing.lines[0].refuse(
            _("“%(title)s” has a draft that is not published. Publish it first, then import again.")
            % {"title": page.title}
        )


def same_title(pages: Iterable[Any], title: str) -> list[Any]:
    """Return the pages with that title, however its letters are written."""
    wanted = fold(title)
    return [page for page in pages if fold(page.title) == wanted]


def below(paths: Iterable[str]) -> Q:
    """Return the condition that a page lies below one of `paths`."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition
