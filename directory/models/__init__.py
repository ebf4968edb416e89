"""Who and where: venues, their opening hours, who runs them and who may edit them."""

from directory.models.membership import Membership
from directory.models.opening import Notice, OpeningException, OpeningHours
from directory.models.organisation import CooperationAgreement, Organisation
from directory.models.terms import Amenity, District, TargetGroup
from directory.models.venue import VenueIndexPage, VenuePage
from directory.models.venue_move import VenueMove
from directory.models.venue_parts import (
    FirstVisitStep,
    SecretAddress,
    VenueContact,
    VenueShortInfo,
    VenueVerification,
)

__all__ = [
    "Amenity",
    "CooperationAgreement",
    "District",
    "FirstVisitStep",
    "Membership",
    "Notice",
    "OpeningException",
    "OpeningHours",
    "Organisation",
    "SecretAddress",
    "TargetGroup",
    "VenueContact",
    "VenueIndexPage",
    "VenueMove",
    "VenuePage",
    "VenueShortInfo",
    "VenueVerification",
]
