"""Until when a picture may be shown: those in it said yes, often for a while only."""

import datetime as dt
from enum import StrEnum

SOON = dt.timedelta(days=30)  # so long before, somebody is asked to get a new yes


class PictureConsent(StrEnum):
    """Where the consent of those in a picture stands."""

    LASTS = "lasts"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


def consent_on(today: dt.date, expires_on: dt.date | None) -> PictureConsent:
    """Return where a consent stands on the local day `today`.

    `expires_on` is the last day on which the picture may be shown; None is no end.
    """
    if expires_on is None or expires_on > today + SOON:
        return PictureConsent.LASTS
    return PictureConsent.ENDS_SOON if expires_on >= today else PictureConsent.ENDED
