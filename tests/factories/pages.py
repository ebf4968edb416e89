"""The fixed pages of the site, as the demo and a real municipality have them."""

from dataclasses import dataclass

from wagtail.models import Page, Site

from activities.models import CalendarPage, SharedIndexPage
from directory.models import VenueIndexPage
from pages.models import HomePage, StandardPage


@dataclass(frozen=True)
class SiteTree:
    """The pages every site has, by what they are for."""

    home: HomePage
    venues: VenueIndexPage
    calendar: CalendarPage
    shared: SharedIndexPage


def make_site() -> None:
    """Make the front page with its three lists, and make it the site's root.

    The tests' database has them from the start: a test only asks for them (fixture `home`).
    """
    root = Page.get_first_root_node()
    home = root.add_child(
        instance=HomePage(title="Eksempelby", slug="eksempelby", headline="Kom, som du er")
    )
    home.add_child(instance=VenueIndexPage(title="Væresteder", slug="steder"))
    home.add_child(instance=CalendarPage(title="Aktiviteter", slug="aktiviteter"))
    home.add_child(instance=SharedIndexPage(title="Fælles arrangementer", slug="faelles"))
    Site.objects.all().delete()
    Site.objects.create(
        hostname="fristed.example", root_page=home, is_default_site=True, site_name="Fristed"
    )


def find_site() -> SiteTree:
    """Return the pages that `make_site` made."""
    return SiteTree(
        home=HomePage.objects.get(),
        venues=VenueIndexPage.objects.get(),
        calendar=CalendarPage.objects.get(),
        shared=SharedIndexPage.objects.get(),
    )


def make_standard_page(home: HomePage, title: str = "Privatliv", **fields: object) -> StandardPage:
    """Return a published page of text below the front page."""
    return home.add_child(instance=StandardPage(**({"title": title, "slug": "privatliv"} | fields)))
