"""The columns of a sheet of activities."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.sheets import cells
from activities.sheets.columns import Column
from activities.sheets.days import days_text, read_days
from activities.sheets.plan import Lists, choice_words, word_of, words_of
from activities.sheets.times import week_words
from activities.taxonomy import ActivityKind, ActivityType, PlaceKind, SignUp
from core.domain.text import fold
from core.wording import kr
from directory.taxonomy import PriceType


def activity_columns(lists: Lists) -> list[Column]:
    """Return the columns of a sheet of activities."""
    words = lists.venue_words()
    return [
        Column(
            "venue",
            gettext_lazy("Venue"),
            cells.read_word(lambda: words),
            gettext_lazy("The name of the venue."),
            gettext_lazy("Perlen"),
            required=True,
            show=lambda pk: word_of(words, pk),
            width=26,
        ),
        Column(
            "title",
            gettext_lazy("Title"),
            cells.read_line(120),
            gettext_lazy(
                "The same title at the same venue again means one more time of the same activity."
            ),
            gettext_lazy("Soup evening"),
            required=True,
            width=30,
        ),
        _choice(
            "kind",
            gettext_lazy("Fixed or varying"),
            ActivityKind,
            gettext_lazy("Empty means fixed; with one date varying."),
            ActivityKind.FIXED,
        ),
        _choice(
            "activity_type", gettext_lazy("Kind of activity"), ActivityType, "", ActivityType.MEAL
        ),
        Column(
            "summary",
            gettext_lazy("In one sentence"),
            cells.read_line(200),
            gettext_lazy("At most 200 characters. Shown in lists."),
            gettext_lazy("We cook and eat together."),
            width=40,
        ),
        Column(
            "body",
            gettext_lazy("More about it"),
            cells.read_text(5000),
            gettext_lazy("A line for each paragraph."),
            width=40,
        ),
        Column(
            "days",
            gettext_lazy("Days"),
            read_days,
            gettext_lazy("For what comes back: Tuesday, or Monday, Wednesday."),
            days_text([1]),
            show=days_text,
            width=20,
        ),
        Column(
            "date",
            gettext_lazy("Date"),
            cells.read_day,
            gettext_lazy("For what happens once, for example 3.3.2026."),
            width=12,
        ),
        Column(
            "starts",
            gettext_lazy("From"),
            cells.read_clock,
            gettext_lazy("For example 17.30"),
            dt.time(17, 30),
            width=9,
        ),
        Column(
            "ends",
            gettext_lazy("Until"),
            cells.read_clock,
            gettext_lazy("For example 19.30. After midnight: 2."),
            dt.time(19, 30),
            width=9,
        ),
        Column(
            "first_on",
            gettext_lazy("First time"),
            cells.read_day,
            gettext_lazy("Empty means from today on."),
            width=12,
        ),
        Column(
            "until_on",
            gettext_lazy("Last time"),
            cells.read_day,
            gettext_lazy("Empty means until further notice."),
            width=12,
        ),
        Column(
            "weeks",
            gettext_lazy("Weeks"),
            cells.read_word(week_words),
            gettext_lazy("Empty means every week."),
            options=week_words,
            width=22,
        ),
        Column(
            "price",
            gettext_lazy("Price"),
            _read_price,
            gettext_lazy("Free, 25, 25,50, 20-40 or another word from the list."),
            "25",
            show=price_text,
            options=price_words,
            width=14,
        ),
        Column("price_note", gettext_lazy("About the price"), cells.read_line(120)),
        _choice(
            "sign_up",
            gettext_lazy("How to join"),
            SignUp,
            gettext_lazy("Empty means: just come."),
            SignUp.NONE,
        ),
        Column("sign_up_text", gettext_lazy("About joining"), cells.read_line(200)),
        Column(
            "seats",
            gettext_lazy("Number of places"),
            cells.read_number(1, 9999),
            gettext_lazy("A number. Empty if there is always room."),
            width=9,
        ),
        Column(
            "place",
            gettext_lazy("Takes place elsewhere"),
            _place_reader(lists),
            gettext_lazy(
                "Empty means at the venue. Otherwise another venue, or a name and street."
            ),
            show=lambda raw: _place_text(raw, words),
            width=26,
        ),
        Column("room", gettext_lazy("Room or meeting point"), cells.read_line(120)),
        Column("who_text", gettext_lazy("Who it is for"), cells.read_line(200), width=30),
        Column(
            "target_groups",
            gettext_lazy("Target groups"),
            lambda cell: sorted(cells.read_words(lambda: lists.groups)(cell)),
            gettext_lazy("Several with commas between."),
            show=lambda codes: words_of(lists.groups, codes),
            options=lambda: lists.groups,
            width=30,
        ),
        Column(
            "phone",
            gettext_lazy("Phone"),
            cells.read_phone,
            gettext_lazy("Only if it is not the venue's."),
        ),
    ]


def _choice(name: str, heading: Any, choices: Any, help_text: Any, example: Any) -> Column:
    def options() -> dict[str, Any]:
        return choice_words(choices)

    return Column(
        name,
        heading,
        cells.read_word(options),
        help_text,
        choices(example).label,
        show=lambda value: word_of(options(), value),
        options=options,
    )


def price_words() -> dict[str, Any]:
    """Return the words for a price that is no amount."""
    return {
        str(label): value
        for value, label in PriceType.choices
        if value not in {PriceType.FIXED, PriceType.RANGE}
    }


def _read_price(cell: Any) -> list[Any]:
    price = cells.read_price(price_words)(cell)
    return [price.kind, price.lowest, price.highest]


def price_text(raw: Sequence[Any]) -> str:
    """Return a price as the sheet has it: `25 kr.`, `20–40 kr.`, `Betal hvad du kan`."""
    kind, lowest, highest = raw
    if kind == PriceType.FIXED:
        return kr(lowest or 0)
    if kind == PriceType.RANGE:
        return f"{kr(lowest or 0).removesuffix(' kr.')}-{kr(highest or 0)}"
    return str(PriceType(kind).label)


def _place_reader(lists: Lists) -> Any:
    words = {fold(name): pk for name, pk in lists.venue_words().items()}

    def read(cell: Any) -> list[Any]:
        text = cells.read_line(160)(cell)
        if fold(text) in words:
            return [PlaceKind.OTHER_VENUE.value, words[fold(text)], "", ""]
        name, _comma, street = text.partition(",")
        if len(name) > 80:
            raise cells.CellError(_("Write a name and a street with a comma between."))
        return [PlaceKind.ADDRESS.value, None, name.strip(), street.strip()]

    return read


def _place_text(raw: Sequence[Any], words: dict[str, int]) -> str:
    kind, venue, name, street = raw
    if kind == PlaceKind.OTHER_VENUE:
        return word_of(words, venue)
    return ", ".join(filter(None, (name, street))) if kind == PlaceKind.ADDRESS else ""
