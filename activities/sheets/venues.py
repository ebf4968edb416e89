"""A sheet of venues: one row each, found again by its address on the site or by its name."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.sheets import cells
from activities.sheets.columns import Column, Line, require
from activities.sheets.plan import (
    Lists,
    Thing,
    choice_words,
    differences,
    plain_text,
    refuse_drafts,
    rich_text,
    same_title,
    word_of,
    words_of,
)
from core.domain.text import fold, slugify_da
from directory.models import Amenity, TargetGroup, VenuePage
from directory.permissions import Rights
from directory.taxonomy import Fact, GenderPolicy, PetsPolicy, Referral, VenueType

RICH = ("description", "core_task")
MANY = ("target_groups", "amenities")
LINKS = ("organisation", "district")
ADDRESS = ("street", "postal_code", "city", "district", "directions", "stop")


def venue_columns(lists: Lists) -> list[Column]:
    """Return the columns of a sheet of venues."""
    return [
        Column(
            "title",
            gettext_lazy("Name"),
            cells.read_line(120),
            gettext_lazy("What the place is called."),
            gettext_lazy("Perlen"),
            required=True,
            width=26,
        ),
        Column(
            "slug",
            gettext_lazy("Address on the site"),
            _read_slug,
            gettext_lazy("Only needed when two venues have the same name."),
            "perlen",
        ),
        _choice(
            "venue_type",
            gettext_lazy("Kind"),
            VenueType,
            gettext_lazy("What kind of place it is."),
            VenueType.DROP_IN_CENTRE,
        ),
        Column(
            "summary",
            gettext_lazy("In one sentence"),
            cells.read_line(200),
            gettext_lazy("At most 200 characters. Shown in lists."),
            gettext_lazy("A house with hot coffee and time."),
            width=40,
        ),
        _list(
            "target_groups",
            gettext_lazy("Target groups"),
            lists.groups,
            gettext_lazy("Several with commas between."),
        ),
        Column(
            "target_text",
            gettext_lazy("Who it is for"),
            cells.read_text(1000),
            gettext_lazy("In your own words."),
            width=30,
        ),
        Column(
            "description",
            gettext_lazy("About the venue"),
            cells.read_text(5000),
            width=40,
            help=gettext_lazy("A line for each paragraph."),
        ),
        Column(
            "core_task",
            gettext_lazy("Core task"),
            cells.read_text(5000),
            width=30,
            help=gettext_lazy("What the venue is there for."),
        ),
        _link(
            "organisation",
            gettext_lazy("Run by"),
            lists.organisations,
            gettext_lazy("An organisation that is on the list of organisations."),
        ),
        _choice(
            "referral",
            gettext_lazy("Referral"),
            Referral,
            gettext_lazy("May one just come?"),
            Referral.NONE,
        ),
        _choice("anonymous_ok", gettext_lazy("Can one be anonymous"), Fact, "", Fact.YES),
        _choice(
            "gender_policy",
            gettext_lazy("For women, men or everyone"),
            GenderPolicy,
            "",
            GenderPolicy.ALL,
        ),
        _choice("pets_policy", gettext_lazy("Dogs"), PetsPolicy, "", PetsPolicy.WELCOME),
        _choice("step_free", gettext_lazy("Step-free access"), Fact, "", Fact.YES),
        _list(
            "amenities",
            gettext_lazy("What the venue offers"),
            lists.amenities,
            gettext_lazy("Several with commas between."),
        ),
        Column(
            "street",
            gettext_lazy("Street and number"),
            cells.read_line(120),
            example=gettext_lazy("Main Street 12"),
            help=gettext_lazy("Not for venues with a secret address."),
        ),
        Column(
            "postal_code",
            gettext_lazy("Postal code"),
            cells.read_postal_code,
            example="9999",
            width=10,
            help=gettext_lazy("Four digits."),
        ),
        Column("city", gettext_lazy("Town"), cells.read_line(60), example="Eksempelby"),
        _link(
            "district",
            gettext_lazy("District"),
            lists.districts,
            gettext_lazy("A district that is on the list of districts."),
        ),
        Column("directions", gettext_lazy("How to get there"), cells.read_text(1000), width=30),
        Column("stop", gettext_lazy("Bus stop or station"), cells.read_line(120)),
        Column(
            "phone",
            gettext_lazy("Phone"),
            cells.read_phone,
            example="12 34 56 78",
            help=gettext_lazy("Digits and blanks, perhaps +45 first."),
        ),
        Column(
            "email",
            gettext_lazy("E-mail"),
            cells.read_email,
            example="perlen@eksempelby.example",
            width=26,
        ),
        Column("website", gettext_lazy("Website"), cells.read_website, width=26),
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


def _list(name: str, heading: Any, words: dict[str, str], help_text: Any) -> Column:
    return Column(
        name,
        heading,
        lambda cell: sorted(cells.read_words(lambda: words)(cell)),
        help_text,
        show=lambda values: words_of(words, values),
        options=lambda: words,
        width=30,
    )


def _link(name: str, heading: Any, words: dict[str, int], help_text: Any) -> Column:
    return Column(
        name,
        heading,
        cells.read_word(lambda: words),
        help_text,
        show=lambda value: word_of(words, value),
        options=lambda: words,
    )


def _read_slug(cell: Any) -> str:
    text = cells.text_of(cell).strip("/").rpartition("/")[2]
    if not text or slugify_da(text) != text.lower():
        raise cells.CellError(_("Write the last part of the page's address, for example perlen."))
    return text.lower()


def plan_venues(lines: Sequence[Line], rights: Rights, lists: Lists) -> list[Thing]:
    """Return what a sheet of venues would do. Only for those who look after the whole site."""
    columns = venue_columns(lists)
    seen: dict[Any, int] = {}
    return [_plan(line, rights, lists, columns, seen) for line in lines]


def _plan(
    line: Line, rights: Rights, lists: Lists, columns: list[Column], seen: dict[Any, int]
) -> Thing:
    thing = Thing([line], str(line.values.get("title") or line.values.get("slug") or ""))
    if not rights.edits_site:
        line.refuse(_("Only communication editors and administrators import venues."))
    page = _find(line, lists)
    key = page.pk if page else fold(thing.title)
    if key in seen:
        line.refuse(_("The same venue stands in row %(row)d already.") % {"row": seen[key]})
    seen.setdefault(key, line.number)
    thing.values = {
        name: value for name, value in line.values.items() if name != "slug" or not page
    }
    if page is None:
        require(line, [c for c in columns if c.name in {"title", "venue_type", "summary"}])
        return thing
    thing.page_id = thing.venue_id = page.pk
    refuse_drafts(thing, page)
    if not page.address_public and any(name in line.values for name in ADDRESS):
        line.refuse(_("The address of this venue is secret and must not stand in a spreadsheet."))
    thing.differences = differences(columns, thing.values, venue_values(page))
    return thing


def _find(line: Line, lists: Lists) -> VenuePage | None:
    slug, title = line.values.get("slug"), line.values.get("title")
    if slug:
        return next((page for page in lists.venues.values() if page.slug == slug), None)
    found = same_title(lists.venues.values(), title) if title else []
    if len(found) > 1:
        line.refuse(
            _("Several venues are called “%(name)s”. Write its address on the site as well.")
            % {"name": title}
        )
    return found[0] if found else None


def venue_values(page: VenuePage) -> dict[str, Any]:
    """Return what a sheet would say of a venue; an address that is secret is in none of it."""
    values: dict[str, Any] = {}
    for name in (column.name for column in venue_columns(_NO_LISTS)):
        if name in RICH:
            values[name] = plain_text(getattr(page, name))
        elif name in MANY:
            values[name] = sorted(row.code for row in getattr(page, name).all())
        elif name in LINKS:
            values[name] = getattr(page, f"{name}_id")
        else:
            values[name] = getattr(page, name)
    return values


def put_venue_values(page: VenuePage, values: dict[str, Any]) -> None:
    """Write what a sheet says into a page that is not saved yet."""
    for name, value in values.items():
        if name in RICH:
            setattr(page, name, rich_text(value))
        elif name in MANY:
            model: Any = TargetGroup if name == "target_groups" else Amenity
            setattr(page, name, list(model.objects.filter(code__in=value)))
        elif name in LINKS:
            setattr(page, f"{name}_id", value)
        else:
            setattr(page, name, value)


_NO_LISTS = Lists({}, {}, {}, {}, {})
