"""What the internal section stores. Nothing here is a Wagtail page, and nothing is public."""

from staff.models.freshness import VenueAsk
from staff.models.internal import VenueInternal
from staff.models.report import PageReport

__all__ = ["PageReport", "VenueAsk", "VenueInternal"]
