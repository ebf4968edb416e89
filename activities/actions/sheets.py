"""Importing a spreadsheet and taking it back: in short lots, so that everybody else can write too.

The rows in our tables are the record. A lot is one transaction of about a second, with a
savepoint for each thing; a worker that dies loses the lot it was at and nothing else.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.search import index

from activities.actions.refresh import refresh_activity
from activities.models import SheetImport, SheetRow
from activities.sheets import pages
from activities.sheets.check import Checked
from activities.sheets.terms import SheetAction, SheetKind, SheetRowState, SheetState
from activities.sheets.week import hours_of, week_values
from core.domain.text import fold, slugify_da
from core.models import ContentVersion
from directory.actions import change_hours
from directory.models import VenueIndexPage, VenuePage
from directory.permissions import Rights, rights_of

logger = logging.getLogger(__name__)

LOT_SECONDS = 1.0
LOT_ROWS = 30
REST_SECONDS = 0.12  # longer than SQLite's waiting writers sleep between two attempts
WAITING_PER_PERSON = 3
NAMED = ("target_groups", "amenities")


class CannotApply(ValueError):
    """One thing of a sheet cannot be done now; the text says why."""


@transaction.atomic
def keep_checked(
    kind: str, file_name: str, checked: Checked, *, by: Any, now: dt.datetime
) -> SheetImport:
    """Store what a sheet would do, to be looked at and then imported or thrown away.

    Of one person's sheets that were never imported only the newest few are kept.
    """
    old = SheetImport.objects.filter(created_by=by, state=SheetState.CHECKED)
    for sheet in old[WAITING_PER_PERSON - 1 :]:
        sheet.delete()
    sheet = SheetImport.objects.create(
        kind=kind, file_name=file_name[-120:], notes=checked.notes, created_by=by, touched_at=now
    )
    SheetRow.objects.bulk_create(
        [
            SheetRow(
                sheet=sheet,
                number=thing.numbers[0],
                numbers=thing.numbers,
                title=thing.title[:255],
                action=thing.action,
                messages=[message.as_json() for message in thing.errors + thing.messages],
                differences=[difference.as_json() for difference in thing.differences],
                values=thing.values if thing.action in SheetAction.writes() else {},
                page_id=thing.page_id,
                venue_id=thing.venue_id,
            )
            for thing in checked.things
        ],
        batch_size=500,
    )
    return sheet


def start_import(sheet: SheetImport, *, now: dt.datetime) -> bool:
    """Mark a looked-through sheet as being imported; False when it was already."""
    ready = SheetImport.objects.filter(pk=sheet.pk, state=SheetState.CHECKED)
    return bool(ready.update(state=SheetState.RUNNING, touched_at=now))


def start_undo(sheet: SheetImport, *, by: Any, now: dt.datetime) -> bool:
    """Mark an imported sheet as being taken back; False when it is too late or was done already."""
    if not sheet.may_be_undone(now):
        return False
    ready = SheetImport.objects.filter(pk=sheet.pk, state=SheetState.DONE)
    return bool(ready.update(state=SheetState.UNDOING, touched_at=now, undone_by=by))


def drop_unused(*, before: dt.datetime) -> int:
    """Delete sheets that were looked through before a moment and never imported."""
    unused = SheetImport.objects.filter(state=SheetState.CHECKED, created_at__lt=before)
    return unused.delete()[1].get("activities.SheetImport", 0)


def sheets_left_behind(*, before: dt.datetime) -> list[int]:
    """Return the sheets that are to be worked on and that nobody has touched since a moment."""
    behind = SheetImport.objects.filter(
        state__in=[SheetState.RUNNING, SheetState.UNDOING], touched_at__lt=before
    )
    return list(behind.order_by("pk").values_list("pk", flat=True))


def work_on(sheet_id: int, *, seconds: float, clock: Callable[[], dt.datetime]) -> bool:
    """Do lots of a sheet for about so many seconds; return whether some of it is left."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not do_lot(sheet_id, now=clock()):
            return False
        if connection.vendor == "sqlite":
            time.sleep(REST_SECONDS)
    return True


@transaction.atomic
def do_lot(sheet_id: int, *, now: dt.datetime) -> bool:
    """Do the next few things of a sheet, or finish it; return whether work may be left."""
    sheets = SheetImport.objects.select_for_update()
    sheet = sheets.filter(pk=sheet_id, state__in=[SheetState.RUNNING, SheetState.UNDOING]).first()
    if sheet is None:
        return False
    undoing = sheet.state == SheetState.UNDOING
    rows = _rows_left(sheet, undoing)
    if not rows:
        _finish(sheet, undoing, now)
        return False
    by = sheet.undone_by if undoing else sheet.created_by
    rights = rights_of(by) if by else Rights()
    end = time.monotonic() + LOT_SECONDS
    for row in rows:
        _attempt(row, sheet.kind, undoing, rights=rights, by=by, now=now)
        if time.monotonic() > end:
            break
    sheet.touched_at = now
    sheet.save(update_fields=["touched_at"])
    return True


def _rows_left(sheet: SheetImport, undoing: bool) -> list[SheetRow]:
    if undoing:
        done = sheet.rows.filter(state=SheetRowState.APPLIED).order_by("-number", "-pk")
        return list(done[:LOT_ROWS])
    waiting = sheet.rows.filter(state=SheetRowState.WAITING, action__in=SheetAction.writes())
    return list(waiting[:LOT_ROWS])


def _finish(sheet: SheetImport, undoing: bool, now: dt.datetime) -> None:
    sheet.touched_at = now
    if undoing:
        sheet.state, sheet.undone_at = SheetState.UNDONE, now
    else:
        sheet.state, sheet.finished_at = SheetState.DONE, now
    sheet.save(update_fields=["state", "touched_at", "undone_at", "finished_at"])


def _attempt(
    row: SheetRow, kind: str, undoing: bool, *, rights: Rights, by: Any, now: dt.datetime
) -> None:
    """Do one thing in a savepoint of its own; what goes wrong is told on its row."""
    done, not_done = SheetRowState.APPLIED, SheetRowState.FAILED
    deed = _apply
    if undoing:
        done, not_done, deed = SheetRowState.UNDONE, SheetRowState.KEPT, _take_back
    try:
        with transaction.atomic():
            _check_rights(row, kind, rights)
            deed(row, kind, by, now)
            row.state = done
    except CannotApply as error:
        row.state, row.problem = not_done, str(error)[:300]
    except ValidationError as error:
        row.state, row.problem = not_done, " ".join(error.messages)[:300]
    except OperationalError:  # the database is busy or full: the whole lot is tried again
        raise
    except Exception:  # one row that fails must not stop the others; the log says why
        logger.exception("row %s of a sheet could not be done", row.pk)
        row.state, row.problem = not_done, _("Something went wrong here. Tell the administrator.")
    row.save(update_fields=["state", "problem", "before", "after", "page_id"])


def _check_rights(row: SheetRow, kind: str, rights: Rights) -> None:
    own = kind != SheetKind.VENUES and row.venue_id and rights.may_publish(row.venue_id)
    if not (rights.edits_site or own):
        raise CannotApply(_("You may no longer change this venue."))


def _apply(row: SheetRow, kind: str, by: Any, now: dt.datetime) -> None:
    if kind == SheetKind.HOURS:
        _apply_hours(row, by)
    elif row.action == SheetAction.CREATE:
        _create(row, kind, by, now)
    else:
        _change(row, kind, by)


def _apply_hours(row: SheetRow, by: Any) -> None:
    venue = _page(row, kind=SheetKind.HOURS)
    row.before = {"hours": week_values(venue)}
    change_hours(venue, [hours_of(each) for each in row.values["hours"]], by=by)
    row.after = {"hours": week_values(VenuePage.objects.get(pk=venue.pk))}


def _create(row: SheetRow, kind: str, by: Any, now: dt.datetime) -> None:
    parent: Any = VenueIndexPage.objects.first()
    if kind == SheetKind.ACTIVITIES:
        parent = VenuePage.objects.filter(pk=row.venue_id).first()
    if parent is None:
        raise CannotApply(_("The page above it is gone."))
    siblings = dict(parent.get_children().values_list("slug", "title"))
    if "slug" not in row.values and fold(row.values["title"]) in map(fold, siblings.values()):
        raise CannotApply(_("A page with this name has been made since the sheet was read."))
    page = pages.model_of(kind)(owner=by, first_published_at=now, last_published_at=now)
    page.slug = _free_slug(row.values["title"], siblings)
    pages.put_values(kind, page, row.values)
    parent.add_child(instance=page)
    _keep_first_version(page, by)
    if any(row.values.get(name) for name in NAMED):  # stored after the page was indexed
        index.insert_or_update_object(page)
    log(page, "wagtail.create", user=by)
    log(page, "wagtail.publish", user=by)
    _refresh(kind, page, now)
    row.page_id = page.pk
    row.after = {"fingerprint": pages.fingerprint(type(page).objects.get(pk=page.pk))}


def _keep_first_version(page: Any, by: Any) -> None:
    """Store the page's first revision; Wagtail's own way saves and indexes it all once more."""
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=by,
        content=page.serializable_data(),
        object_str=str(page),
    )
    first = {
        "latest_revision": revision,
        "live_revision": revision,
        "latest_revision_created_at": revision.created_at,
    }
    Page.objects.filter(pk=page.pk).update(**first)
    for name, value in first.items():
        setattr(page, name, value)


def _refresh(kind: str, page: Any, now: dt.datetime) -> None:
    """A page made live by itself tells nobody: its dates and our answers are made anew here."""
    if kind == SheetKind.ACTIVITIES:
        refresh_activity(page.pk, now=now)
    else:
        ContentVersion.bump(now=now)


def _free_slug(title: str, taken: Collection[str]) -> str:
    stem = slugify_da(title) or "side"
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _change(row: SheetRow, kind: str, by: Any) -> None:
    page = _page(row, kind=kind)
    if page.has_unpublished_changes:
        raise CannotApply(_("Somebody is writing on this page. Publish the draft first."))
    current = pages.values_of(kind, page)
    names = [name for name, value in row.values.items() if current[name] != value]
    row.before = pages.kept_of(kind, page, names)
    pages.put_values(kind, page, {name: row.values[name] for name in names})
    _publish(page, by)
    fresh = pages.values_of(kind, type(page).objects.get(pk=page.pk))
    row.after = {"values": {name: fresh[name] for name in names}}


def _publish(page: Any, by: Any) -> None:
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)


def _page(row: SheetRow, *, kind: str) -> Any:
    page = pages.model_of(kind).objects.filter(pk=row.page_id).first()
    if page is None:
        raise CannotApply(_("The page is gone."))
    return page


def _take_back(row: SheetRow, kind: str, by: Any, now: dt.datetime) -> None:
    page = _page(row, kind=kind)
    after = row.after or {}
    if kind == SheetKind.HOURS:
        if week_values(page) != after.get("hours"):
            raise CannotApply(_("The opening hours have been changed since."))
        change_hours(page, [hours_of(each) for each in (row.before or {})["hours"]], by=by)
    elif row.action == SheetAction.CREATE:
        _delete(page, after, by)
        ContentVersion.bump(now=now)
    else:
        current = pages.values_of(kind, page)
        if page.has_unpublished_changes or any(
            current[name] != value for name, value in after["values"].items()
        ):
            raise CannotApply(_("The page has been changed since."))
        pages.put_back(kind, page, row.before or {})
        _publish(page, by)


def _delete(page: Any, after: dict[str, Any], by: Any) -> None:
    """Delete a page that the import made and that nobody has touched or built upon."""
    if page.has_unpublished_changes or pages.fingerprint(page) != after.get("fingerprint"):
        raise CannotApply(_("The page has been changed since."))
    if page.get_children_count():
        raise CannotApply(_("There are pages below it now. Take those away first."))
    if pages.is_referred_to(page):
        raise CannotApply(_("Something else has been written about it since."))
    page.delete(user=by)
