"""What the parts of the loader hand on to each other."""

import datetime as dt
from dataclasses import dataclass, field

from wagtail.models import Page

from activities.models import ActivityPage
from core.models import BasePage, User
from directory.models import Amenity, District, Organisation, TargetGroup, VenuePage
from pages.demo.content import Table


@dataclass
class Made:
    """One activity in the database, beside what the data file says about it."""

    page: ActivityPage
    written: Table


@dataclass
class Memory:
    """Everything made so far, by the names the data files use."""

    today: dt.date
    periods: dict[str, Table]
    pages: list[BasePage] = field(default_factory=list)
    parents: dict[str, Page] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    venues: dict[str, VenuePage] = field(default_factory=dict)
    activities: dict[str, Made] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    groups: dict[str, TargetGroup] = field(default_factory=dict)
    amenities: dict[str, Amenity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = {group.code: group for group in TargetGroup.objects.all()}
        self.amenities = {amenity.code: amenity for amenity in Amenity.objects.all()}

    def person_at(self, venue: str) -> User | None:
        """Return whoever of the demo's people works at a venue, by its address part."""
        return self.people.get(venue)
