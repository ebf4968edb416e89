"""Who and where: venues, their opening hours, who runs them and who may edit them."""

from directory.models.membership import Membership
from directory.models.opening import Notice, OpeningException, OpeningHours
from directory.models.organisation import CooperationAgreement, Organisation
from directory.models.terms import Amenity, District, TargetGroup
from directory.models.venue import (
    FirstVisitStep,
    SecretAddress,
    VenueContact,
    VenueIndexPage,
    VenuePage,
    VenueShortInfo,
    VenueVerification,
)
from directory.models.venue_move import VenueMove

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
