"""The fixed pages, the site's settings, and the rows that venues refer to."""

import datetime as dt
import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Revision, Site
from wagtail.search import index

from activities.models import CalendarPage, SharedIndexPage
from core.domain.text import slugify_da
from core.models import AcuteNumber, BasePage, SiteSettings
from directory.models import CooperationAgreement, District, Notice, Organisation, VenueIndexPage
from pages.demo import days
from pages.demo.content import Table, blocks
from pages.demo.memory import Memory
from pages.models import HomePage, StandardPage


def add_page(parent: Page, page: BasePage, *, memory: Memory, published_days_ago: int) -> None:
    """Add a published page below `parent`, remembered so that it gets its first revision."""
    published = days.days_ago(published_days_ago, memory.today)
    page.first_published_at = page.last_published_at = published
    parent.add_child(instance=page)
    memory.pages.append(page)


def add_fixed_pages(content: Table, memory: Memory) -> None:
    """Add the front page, its lists and the pages of text; make it the root of the site."""
    old = list(Page.objects.filter(depth=2))
    home = HomePage(**content["home"])
    _add_root(home, old, memory)
    lists = [
        ("venues", VenueIndexPage(**content["venues"], show_in_menus=True)),
        ("calendar", CalendarPage(**content["calendar"], show_in_menus=True)),
        ("shared", SharedIndexPage(**content["shared"])),
    ]
    for name, page in lists:
        add_page(home, page, memory=memory, published_days_ago=400)
        memory.parents[name] = page
    for text in content["standard"]:
        body = json.dumps(blocks(text["body"], text["slug"]))
        page = StandardPage(**(text | {"body": body}))
        add_page(home, page, memory=memory, published_days_ago=400)


def _add_root(home: HomePage, old: list[Page], memory: Memory) -> None:
    """Put the front page where Wagtail's page of welcome was."""
    add_page(Page.get_first_root_node(), home, memory=memory, published_days_ago=400)
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page = home
    site.site_name = "Fristed"
    site.save()
    for page in old:
        page.specific.delete()


def write_settings(content: Table, today: dt.date) -> None:
    """Fill in what differs from one municipality to the next."""
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    numbers = content.pop("acute_numbers")
    for name, value in content.items():
        setattr(settings, name, value.strip())
    settings.was_updated_on = today - dt.timedelta(days=60)
    settings.acute_numbers = [
        AcuteNumber(sort_order=place, **number) for place, number in enumerate(numbers)
    ]
    settings.full_clean()
    settings.save()


def add_registers(content: Table, memory: Memory) -> None:
    """Add districts, organisations and their agreements."""
    for row in content["districts"]:
        name = row["name"]
        memory.districts[name] = District.objects.create(name=name, slug=slugify_da(name))
    for row in content["organisations"]:
        memory.organisations[row["name"]] = Organisation.objects.create(**row)
    for row in content["agreements"]:
        first, last = days.span(row["first"], row["last"], memory.today)
        CooperationAgreement.objects.create(
            organisation=memory.organisations[row["organisation"]],
            title=row["title"],
            starts_on=first,
            ends_on=last,
            note=row["note"],
        )


def add_notice(row: Table, memory: Memory, **fields: Any) -> None:
    """Add a message that is shown for whole days."""
    first, last = days.span(row["first"], row["last"], memory.today)
    notice = Notice.objects.create(
        title=row["title"],
        text=row["text"],
        starts_at=days.moment(first, dt.time()),
        ends_at=days.moment(last + dt.timedelta(days=1), dt.time()),
        **fields,
    )
    Notice.objects.filter(pk=notice.pk).update(created_at=days.days_ago(1, first, dt.time(17)))


def add_first_revisions(memory: Memory) -> None:
    """Give every page the revision it was published from, so that editors start from it."""
    revisions = Revision.objects.bulk_create(
        [_revision(page) for page in memory.pages], batch_size=100
    )
    for page, revision in zip(memory.pages, revisions, strict=True):
        Page.objects.filter(pk=page.pk).update(
            latest_revision=revision,
            live_revision=revision,
            latest_revision_created_at=revision.created_at,
        )


def index_words(memory: Memory) -> None:
    """Index every page again: saved for the first time, it had no target groups yet."""
    for page in memory.pages:
        index.insert_or_update_object(page)


def _revision(page: BasePage) -> Revision:
    return Revision(
        content_type=ContentType.objects.get_for_model(page),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        object_str=str(page),
        created_at=page.first_published_at,
        content=page.serializable_data(),
    )
