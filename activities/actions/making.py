"""A new activity from a short form, and one from an earlier season taken up again."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from activities.actions.refresh import refresh_activity
from activities.log_actions import MADE, MADE_UNDONE
from activities.models import ActivityPage, Schedule
from activities.models.schedule import new_key
from activities.taxonomy import Frequency
from core.domain.text import slugify_da
from core.reserved import is_reserved
from directory.models import VenuePage

KEPT = (
    "title", "kind", "activity_type", "summary", "body", "who_text", "gender_policy",
    "place_kind", "place_venue", "place_name", "place_street", "place_postal_code", "place_city",
    "place_district", "room", "price_type", "price", "price_max", "price_note", "sign_up",
    "sign_up_text", "seats", "phone", "open_to_public", "photo", "photo_alt", "illustration",
)  # fmt: skip
KEPT_OF_LINES = ("frequency", "weekdays", "weeks", "interval", "nth", "starts", "ends")


@transaction.atomic
def make_activity(
    venue: VenuePage,
    page: ActivityPage,
    lines: Iterable[Schedule],
    *,
    publish: bool,
    by: Any,
    now: dt.datetime,
) -> ActivityPage:
    """Put an unsaved `page` with the `lines` of its plan below `venue`, live or as a draft.

    The address is made from the title. Raises ValidationError, by field, when the page
    contradicts itself.
    """
    page.slug = free_slug(venue, page.title)
    page.live, page.has_unpublished_changes, page.owner = False, True, by
    page.schedules = list(lines)
    venue.add_child(instance=page)
    revision = page.save_revision(user=by, changed=False)
    if publish:
        revision.publish(user=by, skip_permission_checks=True)
        page.refresh_from_db()
        refresh_activity(page.pk, now=now)
    log(page, MADE, user=by, data={"revision": revision.pk, "published": publish})
    return page


def as_before(earlier: ActivityPage) -> ActivityPage:
    """Return an unsaved page that says what an earlier activity said, without its dates."""
    page = ActivityPage(**{name: getattr(earlier, name) for name in KEPT})
    page.target_groups = list(earlier.target_groups.all())
    return page


def lines_again(
    earlier: ActivityPage, *, first_on: dt.date, until_on: dt.date | None
) -> list[Schedule]:
    """Return the plan of an earlier activity from one local day to another, both included.

    Lines that repeat go on as they did. Where there are only single dates, the newest one's hours
    are taken over to `first_on`.
    """
    old = list(earlier.schedules.all())
    repeated = [row for row in old if row.frequency != Frequency.ONCE]
    if not repeated:
        newest = max(old, key=lambda row: row.first_on, default=None)
        repeated, until_on = [newest] if newest else [], None
    return [
        Schedule(
            key=new_key(),
            first_on=first_on,
            until_on=until_on,
            sort_order=place,
            **{name: getattr(row, name) for name in KEPT_OF_LINES},
        )
        for place, row in enumerate(repeated)
    ]


@transaction.atomic
def take_back_making(activity: ActivityPage, *, by: Any = None) -> bool:
    """Take a new activity off the site; it stays as a draft. Return whether it was there.

    Versions that wait to be published wait no more (Wagtail's own unpublishing).
    """
    page = ActivityPage.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if not page.live:
        return False
    page.unpublish(user=by)
    log(page, MADE_UNDONE, user=by)
    return True


def changed_since(activity: ActivityPage, revision_id: int) -> bool:
    """Whether somebody has written another version of a page since one of its versions."""
    return bool(Revision.objects.for_instance(activity).filter(pk__gt=revision_id).exists())


def free_slug(venue: VenuePage, title: str) -> str:
    """Return an address below `venue` that nothing answers at yet."""
    wanted = slugify_da(title) or "aktivitet"
    taken = set(venue.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    if is_reserved(wanted, venue):
        taken.add(wanted)
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def line_of(values: Mapping[str, Any]) -> Schedule:
    """Return an unsaved line: `frequency`, `first_on`, `until_on`, `starts`, `ends`.

    A weekly one falls on the weekday of its first day.
    """
    days = [values["first_on"].weekday()] if values["frequency"] == Frequency.WEEKLY else []
    return Schedule(key=new_key(), weekdays=days, **values)
