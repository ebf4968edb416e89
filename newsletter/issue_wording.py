"""What the desk says to editors of newsletters, in whole sentences."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.domain.dates import local_time
from core.wording import moment_text
from newsletter.domain.readiness import Obstacle

FEW = 5


def obstacle_text(obstacle: Obstacle, heading: str) -> str:
    """Return what hinders and what to do about it."""
    texts = {
        Obstacle.NO_CONTENT: _(
            "There is nothing in the letter yet. Write a greeting, or add a text or a list with "
            "dates in it."
        ),
        Obstacle.GONE_VENUE: _(
            "The list “%(heading)s” names a venue that is no longer here. Open the letter, and "
            "choose another one or take the line away."
        ),
        Obstacle.PAST_PERIOD: _(
            "The days of the list “%(heading)s” are over. Open the letter, and choose other days."
        ),
        Obstacle.EMPTY_TOPIC: _("Nobody receives this topic yet, so there is nobody to send to."),
        Obstacle.IN_APPROVAL: _(
            "The letter waits for a colleague's approval. It can be sent when it is approved."
        ),
        Obstacle.NOT_APPROVED: _(
            "The letter must be approved by a colleague first. Open it, and choose to submit it "
            "for approval."
        ),
        Obstacle.ALREADY_SENT: _("The letter has been sent, or is planned. It is sent only once."),
    }
    return texts[obstacle] % {"heading": heading}


def readers_text(count: int) -> str:
    """`132 læsere`; small numbers are not told, since they would tell of people."""
    if count == 0:
        return _("nobody")
    if count < FEW:
        return _("fewer than 5 readers")
    return ngettext("%(count)d reader", "%(count)d readers", count) % {"count": count}


def local_moment(moment: dt.datetime) -> str:
    """`tirsdag den 3. marts 2026 kl. 13.30`."""
    return moment_text(local_time(moment))
