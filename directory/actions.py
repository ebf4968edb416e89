"""Everything that writes venues and what stands beside them.

Objects in, one transaction each. Every action that changes what the public sees bumps the
content version and leaves a line in the history of the venue's page.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from core.models import ContentVersion
from directory.domain.hours import Hours
from directory.models import (
    District,
    Notice,
    OpeningException,
    OpeningHours,
    SecretAddress,
    VenueMove,
    VenuePage,
    VenueVerification,
)
from directory.signals import venue_changed, venue_merged

logger = logging.getLogger(__name__)

HOURS_CHANGED = "directory.hours_changed"
EXCEPTION_RECORDED = "directory.exception_recorded"
EXCEPTION_REMOVED = "directory.exception_removed"
NOTICE_PUBLISHED = "directory.notice_published"
NOTICE_WITHDRAWN = "directory.notice_withdrawn"
VENUE_VERIFIED = "directory.venue_verified"
VERIFICATION_UNDONE = "directory.verification_undone"
MOVE_PLANNED = "directory.move_planned"
MOVE_CALLED_OFF = "directory.move_called_off"
MOVE_DONE = "directory.move_done"
ADDRESS_HIDDEN = "directory.address_hidden"

PRIVATE_FIELDS = ("street", "postal_code", "city", "directions")
# Rows of the search index, revisions and moves are cleaned of these; text is "", the rest None.
EMPTY: Mapping[str, Any] = {
    name: "" if name in ("street", "postal_code", "city", "directions", "stop") else None
    for name in VenuePage.ADDRESS_FIELDS
}


@transaction.atomic
def change_hours(venue: VenuePage, hours: Iterable[Hours], *, by: Any = None) -> None:
    """Replace the weekly hours of `venue` (wall time), on the live page and in a waiting draft.

    Never publishes the draft.
    """
    rows = list(hours)

    def put(page: VenuePage) -> None:
        page.opening_hours = [
            OpeningHours(
                weekday=row.weekday,
                opens=row.opens,
                closes=row.closes,
                kind=row.kind.value,
                note=row.note,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
            for row in rows
        ]

    _change_page(venue, put, by=by)
    _note(venue, HOURS_CHANGED, by)


@transaction.atomic
def record_exception(
    venue: VenuePage,
    *,
    first_on: dt.date,
    until_on: dt.date,
    reason: str,
    closed: bool = True,
    opens: dt.time | None = None,
    closes: dt.time | None = None,
    extra: bool = False,
    by: Any = None,
    **words: str,
) -> OpeningException:
    """Let `venue` keep other hours on the local days `first_on` to `until_on`, both included.

    `words` are `kind` (OpeningKind) and `note`. Returns the row. Raises ValidationError, by
    field, when the days or times do not fit together.
    """
    exception = OpeningException(
        venue=venue,
        first_on=first_on,
        until_on=until_on,
        closed=closed,
        opens=opens,
        closes=closes,
        extra=extra,
        reason=reason,
        created_by=by,
        **words,
    )
    exception.full_clean()
    exception.save()
    days = {"first_on": first_on, "until_on": until_on}
    _note(venue, EXCEPTION_RECORDED, by, closed=closed, exception=exception.pk, **days)
    return exception


@transaction.atomic
def remove_exception(exception: OpeningException, *, by: Any = None) -> None:
    """Go back to the usual hours on the days of `exception`; the history keeps what it said."""
    days = {"first_on": exception.first_on, "until_on": exception.until_on}
    venue = exception.venue
    exception.delete()
    _note(venue, EXCEPTION_REMOVED, by, **days)


@transaction.atomic
def end_exception(exception: OpeningException, *, until_on: dt.date, by: Any = None) -> None:
    """Let days with other hours that have begun end with the local day `until_on`."""
    exception.until_on = until_on
    exception.full_clean()
    exception.save(update_fields=["until_on"])
    days = {"first_on": exception.first_on, "until_on": until_on}
    _note(exception.venue, EXCEPTION_RECORDED, by, closed=exception.closed, **days)


@transaction.atomic
def publish_notice(
    venue: VenuePage | None,
    *,
    title: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    text: str = "",
    by: Any = None,
    via: str = "",
) -> Notice:
    """Show a message between two aware moments, of `venue` or of the whole municipality.

    `via` names the shared device that it was written on, for the history. Returns the row.
    Raises ValidationError when it ends before it starts.
    """
    notice = Notice(
        venue=venue,
        title=title,
        text=text,
        starts_at=starts_at,
        ends_at=ends_at,
        created_by=by,
    )
    notice.full_clean()
    notice.save()
    _note(venue, NOTICE_PUBLISHED, by, notice=notice.pk, **_told_via(via))
    return notice


@transaction.atomic
def withdraw_notice(notice: Notice, *, now: dt.datetime, by: Any = None, via: str = "") -> None:
    """Stop showing `notice` from the aware moment `now` on. Twice does no harm."""
    if notice.withdrawn_at is None:
        notice.withdrawn_at = now
        notice.save(update_fields=["withdrawn_at"])
        _note(notice.venue, NOTICE_WITHDRAWN, by, notice=notice.pk, **_told_via(via))


@transaction.atomic
def verify_venue(venue: VenuePage, *, by: Any, now: dt.datetime) -> VenueVerification:
    """Record that somebody at `venue` says, at the aware moment `now`, that its page is right."""
    verification = VenueVerification.objects.create(venue=venue, verified_at=now, verified_by=by)
    _note(venue, VENUE_VERIFIED, by, verification=verification.pk)
    return verification


@transaction.atomic
def withdraw_verification(verification: VenueVerification, *, by: Any = None) -> None:
    """Take a confirmation back: the page tells of the one before it. The log keeps both acts."""
    venue = verification.venue
    verification.delete()
    _note(venue, VERIFICATION_UNDONE, by)


@transaction.atomic
def merge_venue(
    venue: VenuePage, into: VenuePage, *, on: dt.date, by: Any = None, note: str = ""
) -> VenueMove:
    """Plan that `venue` becomes a part of `into` on the local day `on`; told on its page at once.

    From that day its addresses lead to `into`, and what stands below it moves there. Returns
    the row. Raises ValidationError when `into` is, or will be, a part of `venue`.
    """
    move = VenueMove(
        venue=venue, kind=VenueMove.Kind.MERGED, on=on, successor=into, note=note, created_by=by
    )
    return _plan(move, by)


@transaction.atomic
def move_venue(
    venue: VenuePage,
    *,
    on: dt.date,
    street: str = "",
    postal_code: str = "",
    city: str = "",
    district: District | None = None,
    position: tuple[float, float] | None = None,
    by: Any = None,
    note: str = "",
) -> VenueMove:
    """Plan that `venue` lives elsewhere from the local day `on`; told on its page at once.

    `position` is (latitude, longitude) in WGS84. Returns the row. Raises ValidationError for
    an address given to a venue whose address is secret, or left out for one whose is not.
    """
    latitude, longitude = position or (None, None)
    move = VenueMove(
        venue=venue,
        kind=VenueMove.Kind.MOVED,
        on=on,
        street=street,
        postal_code=postal_code,
        city=city,
        district=district,
        latitude=latitude,
        longitude=longitude,
        note=note,
        created_by=by,
    )
    return _plan(move, by)


@transaction.atomic
def call_off_move(move: VenueMove, *, by: Any = None) -> None:
    """Take back a planned move. Raises ValidationError when it has been carried out."""
    if move.done_at is not None:
        raise ValidationError(_("The move has been carried out and cannot be called off."))
    venue, on = move.venue, move.on
    move.delete()
    _note(venue, MOVE_CALLED_OFF, by, on=on)


def apply_due_moves(today: dt.date, now: dt.datetime) -> list[int]:
    """Carry out every move due on the local day `today`; return the keys of those done.

    Each has a transaction of its own and is done once. One that fails is logged and tried
    again the next time; the others are not held up by it.
    """
    done = []
    for move in VenueMove.objects.due(today):
        try:
            with transaction.atomic():
                if carry_out(move, now=now):
                    done.append(move.pk)
        except Exception:  # a page's own code runs here, and none may stop the rest
            logger.exception("venue move %d could not be carried out", move.pk)
    return done


def carry_out(move: VenueMove, *, now: dt.datetime) -> bool:
    """Carry out one move at the aware moment `now`; False when it is done already."""
    fresh = VenueMove.objects.select_for_update().get(pk=move.pk)
    if fresh.done_at is not None:
        return False
    fresh.done_at = now
    fresh.save(update_fields=["done_at"])
    if fresh.successor is not None:
        _merge(fresh.venue, fresh.successor)
    elif fresh.venue.address_public:
        _change_page(fresh.venue, lambda page: _readdress(page, fresh), by=None)
    _note(fresh.venue, MOVE_DONE, None, on=fresh.on)
    return True


@transaction.atomic
def make_address_secret(
    venue: VenuePage, *, address: Mapping[str, Any] | None = None, by: Any = None
) -> SecretAddress:
    """Take the address of `venue` off its page, out of every older version of it, and keep it.

    `address` holds what an editor has just typed and wins over what the page said. Returns
    the private record. Holds at once, without publishing a waiting draft. Twice does no harm.
    """
    page = VenuePage.objects.select_for_update().get(pk=venue.pk)
    typed = address or {}
    secret, _made = SecretAddress.objects.get_or_create(venue=page)
    for name in PRIVATE_FIELDS:
        if value := typed.get(name) or getattr(page, name):
            setattr(secret, name, value)
    secret.save()
    told = page.address_public or any(getattr(page, name) for name in page.ADDRESS_FIELDS)
    page.address_public = False
    for name, empty in EMPTY.items():
        setattr(page, name, empty)
    if told:
        page.save()
    scrubbed = _scrub_revisions(page)
    move_empty = {name: EMPTY[name] for name in VenueMove.ADDRESS_FIELDS}
    page.moves.update(**move_empty)
    if told or scrubbed:
        _note(page, ADDRESS_HIDDEN, by)
        venue_changed.send(VenuePage, venue_id=page.pk)
    return secret


def _scrub_revisions(page: VenuePage) -> bool:
    """Blank the address in every stored version of the page; True if one had it."""
    found = False
    for revision in Revision.objects.for_instance(page):
        content = {**revision.content, **EMPTY, "address_public": False}
        if content != revision.content:
            Revision.objects.filter(pk=revision.pk).update(content=content)
            found = True
    return found


def _merge(venue: VenuePage, successor: VenuePage) -> None:
    """Put what stands below `venue` below `successor` and take `venue` off the site."""
    taken = set(successor.get_children().values_list("slug", flat=True))
    for child in list(venue.get_children()):
        page: Page = child.specific
        if page.slug in taken:
            page.slug = VenuePage.slug_after_merger(page.slug, venue.slug)
            page.save(clean=False)
        page.move(VenuePage.objects.get(pk=successor.pk), pos="last-child")
    fresh = VenuePage.objects.get(pk=venue.pk)
    if fresh.live:
        fresh.unpublish()
    venue_merged.send(VenuePage, venue_id=venue.pk, successor_id=successor.pk)


def _readdress(page: VenuePage, move: VenueMove) -> None:
    """Give `page` its new address. How to find the old one leads nobody anywhere."""
    for name, empty in EMPTY.items():
        setattr(page, name, empty)
    for name in VenueMove.ADDRESS_FIELDS:
        setattr(page, name, getattr(move, name))


def _plan(move: VenueMove, by: Any) -> VenueMove:
    move.full_clean()
    move.save()
    _note(move.venue, MOVE_PLANNED, by, on=move.on)
    return move


def _change_page(venue: VenuePage, change: Callable[[VenuePage], None], *, by: Any) -> None:
    """Change the live page, and each version that waits to be published, separately."""
    page = VenuePage.objects.get(pk=venue.pk)
    waiting = _waiting_revisions(page)
    change(page)
    if page.live and not waiting:
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
        return
    page.save()
    for revision in waiting:
        draft = revision.as_object()
        change(draft)
        Revision.objects.filter(pk=revision.pk).update(content=draft.serializable_data())
    venue_changed.send(VenuePage, venue_id=page.pk)


def _waiting_revisions(page: VenuePage) -> list[Revision]:
    scheduled = list(Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False))
    latest = page.latest_revision if page.has_unpublished_changes else None
    return scheduled + ([latest] if latest and latest not in scheduled else [])


def _note(venue: VenuePage | None, action: str, by: Any, **data: Any) -> None:
    """Bump the content version, and write a line in the history of the venue's page."""
    ContentVersion.bump()
    if venue is not None:
        words = {
            key: value if isinstance(value, int) else str(value) for key, value in data.items()
        }
        log(venue, action, user=by, data=words)


def _told_via(via: str) -> dict[str, str]:
    return {"via": via} if via else {}
