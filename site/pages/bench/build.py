"""Putting a made-up city into the database quickly: rows go in by the thousand.

Wagtail's own way of adding a page costs over a hundred queries; here only the rows matter.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from activities.actions import refresh_many
from activities.models import (
    ActivityPage,
    CalendarPage,
    OccurrenceChange,
    Schedule,
    SharedIndexPage,
)
from activities.taxonomy import ChangeKind, Frequency
from core.domain.text import sort_key
from directory.models import District, OpeningHours, VenueIndexPage, VenuePage
from pages.bench import city
from pages.models import HomePage

LOT = 500


def build(scale: int, first_day: dt.date, now: dt.datetime) -> None:
    """Fill an empty, migrated database with a city of `scale`, its dates worked out at `now`."""
    with transaction.atomic():
        home = _frame()
        venues = _venues(home, scale)
        plans = list(city.plans(scale, first_day))
        ids = _activities(venues, plans)
        _times(ids, plans)
    for start in range(0, len(ids), LOT):
        with transaction.atomic():
            refresh_many(ids[start : start + LOT], now=now)


def _frame() -> HomePage:
    root = Page.get_first_root_node()
    home: HomePage = root.add_child(
        instance=HomePage(title="Eksempelby", slug="by", headline="Find en åben dør")
    )
    home.add_child(instance=CalendarPage(title="Aktiviteter", slug="aktiviteter"))
    home.add_child(instance=SharedIndexPage(title="Ud sammen", slug="faelles"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def _venues(home: HomePage, scale: int) -> list[VenuePage]:
    index = home.add_child(instance=VenueIndexPage(title="Steder", slug="steder"))
    District.objects.bulk_create(
        District(name=f"Bydel {n}", slug=f"bydel-{n}", sort_key=f"{n:02d}") for n in range(7)
    )
    districts = list(District.objects.all())
    pages = [
        VenuePage(
            title=f"Sted {n}",
            slug=f"sted-{n}",
            summary="En stue, hvor du kan få ro.",
            venue_type="drop_in_centre",
            street=f"Prøvegade {n}",
            postal_code="9999",
            city="Eksempelby",
            district=districts[n % len(districts)],
        )
        for n in range(city.VENUES * scale)
    ]
    add_pages(index, pages)
    OpeningHours.objects.bulk_create(
        OpeningHours(venue=venue, weekday=day, opens=dt.time(10), closes=dt.time(18))
        for venue in pages
        for day in range(5)
    )
    return pages


def _activities(venues: Sequence[VenuePage], plans: Sequence[city.Plan]) -> list[int]:
    by_venue: dict[int, list[ActivityPage]] = {}
    pages = []
    for plan in plans:
        page = ActivityPage(
            title=plan.title,
            slug=f"a-{plan.uid.hex[:12]}",
            uid=plan.uid,
            kind="fixed" if plan.weekly else "varying",
            summary=plan.summary,
            body=plan.body,
        )
        by_venue.setdefault(plan.venue, []).append(page)
        pages.append(page)
    for number, children in by_venue.items():
        add_pages(venues[number], children)
    return [page.pk for page in pages]


def _times(ids: Sequence[int], plans: Sequence[city.Plan]) -> None:
    Schedule.objects.bulk_create(
        (
            Schedule(
                activity_id=pk,
                key="s",
                frequency=Frequency.WEEKLY if plan.weekly else Frequency.ONCE,
                weekdays=[plan.first_on.weekday()] if plan.weekly else [],
                starts=plan.starts,
                ends=plan.ends,
                first_on=plan.first_on,
                until_on=plan.first_on + dt.timedelta(weeks=city.WEEKS - 1)
                if plan.weekly
                else None,
            )
            for pk, plan in zip(ids, plans, strict=True)
        ),
        batch_size=LOT,
    )
    OccurrenceChange.objects.bulk_create(
        (
            OccurrenceChange(
                activity_id=pk,
                kind=ChangeKind.CANCELLED,
                original_on=day,
                original_at=plan.starts,
                reason="Bussen er i stykker.",
            )
            for pk, plan in zip(ids, plans, strict=True)
            for day in plan.cancelled
        ),
        batch_size=LOT,
    )


def add_pages(parent: Page, pages: Sequence[Page]) -> None:
    """Store `pages` as live children of `parent`, which has none yet, and give them their keys."""
    kind = ContentType.objects.get_for_model(type(pages[0]))
    locale = Locale.get_default()
    now = timezone.now()
    for number, page in enumerate(pages, start=1):
        page.path = parent.path + Page._int2str(number).rjust(Page.steplen, "0")
        page.depth = parent.depth + 1
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.content_type, page.locale = kind, locale
        page.draft_title = page.title
        page.sort_key = sort_key(page.title)
        page.live = True
        page.first_published_at = page.last_published_at = now
    bases = [
        Page(**{f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields[1:]})
        for page in pages
    ]
    Page.objects.bulk_create(bases, batch_size=LOT)
    keys = dict(Page.objects.child_of(parent).values_list("path", "pk"))
    for page in pages:
        page.pk = page.page_ptr_id = keys[page.path]
    _insert_rows(type(pages[0]), pages)
    Page.objects.filter(pk=parent.pk).update(numchild=len(pages))


def _insert_rows(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Insert the model's own table only; Django's bulk_create refuses inherited tables."""
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  (own names)
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
