"""Taking an activity or a venue away: not while people wait for its dates, and never silently."""

import datetime as dt

from wagtail.models import Page

from activities.domain.tombstone import cancelled_text
from activities.models import CalendarEntry, Occurrence, Tombstone


def awaited_dates(page: Page, *, now: dt.datetime) -> int:
    """Return how many public dates at or below a page are not over at `now`.

    Cancelled ones count: whoever planned to come must be able to read it. A page with awaited
    dates must not be deleted; its dates are cancelled, or the activity is stopped, instead.
    """
    below = Occurrence.objects.public().filter(activity__path__startswith=page.path)
    return below.filter(ends_at__gt=now).count()


def write_tombstone(page: Page, *, now: dt.datetime) -> Tombstone | None:
    """Keep address and UID of a venue or activity that is about to be deleted.

    Its calendar then answers 410. Where dates were still to come, the calendars of its venue and of
    the city tell it as cancelled for a month: some programs only take away what they are told of.
    Pages that the public never saw leave nothing, and return None.
    """
    entry = CalendarEntry.objects.filter(pk=page.pk).first()
    was_public = entry.public if entry else bool(page.first_published_at or page.live)
    if not was_public:
        return None
    waited_for = entry is not None and awaited_dates(page, now=now) > 0
    text = cancelled_text(entry.ical, at=now) if entry and waited_for else ""
    values = {"uid": page.uid, "ical": text, "deleted_at": now}
    return Tombstone.objects.update_or_create(url_path=page.url_path, defaults=values)[0]
