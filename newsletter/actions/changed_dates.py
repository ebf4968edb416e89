"""What is cancelled before a message leaves is cancelled in it."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from core.models import ContentVersion
from newsletter.alert_content import as_told, told_states
from newsletter.domain.content import Entry
from newsletter.domain.mime import EncodedFragment
from newsletter.entries import entries_by_id
from newsletter.mail.encode import encode_entries
from newsletter.models import Dispatch, Fragment
from newsletter.sending_taxonomy import DispatchKind


def refresh_entries(dispatch: Dispatch, *, now: dt.datetime) -> bool:
    """Make the stored dates of a dispatch say what holds at `now`; ask before each lot of messages.

    A date that was cancelled or moved is encoded anew, one that is gone is dropped; words an
    editor wrote stay. Costs one query while nothing public has changed. Returns whether the
    letter must be read anew: also when another worker was first.
    """
    version = ContentVersion.current()[0]
    if version == dispatch.content_version:
        return False
    rows = list(dispatch.fragments.filter(occurrence_id__isnull=False).order_by("order"))
    told = _as_told(dispatch, rows, now)
    again = encode_entries({row.key: told[row.key] for row in rows if row.key in told})
    with transaction.atomic():
        Fragment.objects.filter(pk__in=[row.pk for row in rows if row.key not in again]).delete()
        changed = [row for row in rows if row.key in again and _apply(row, again[row.key])]
        Fragment.objects.bulk_update(changed, ["html", "text", "venue_ids", "district_ids"])
        Dispatch.objects.filter(pk=dispatch.pk).update(content_version=version)
    dispatch.content_version = version
    return True


def _as_told(dispatch: Dispatch, rows: Iterable[Fragment], now: dt.datetime) -> dict[str, Entry]:
    """Return the entry of each piece that still has something to tell, by the piece's key."""
    pieces = {row.key: row.occurrence_id for row in rows if row.occurrence_id is not None}
    entries = entries_by_id(set(pieces.values()), now=now)
    found = {key: entries[pk] for key, pk in pieces.items() if pk in entries}
    if dispatch.kind != DispatchKind.ALERT:
        return found
    states = told_states(dispatch)
    shown = {key: as_told(entry, states[entry.occurrence_id]) for key, entry in found.items()}
    return {key: entry for key, entry in shown.items() if entry is not None}


def _apply(row: Fragment, piece: EncodedFragment) -> bool:
    """Give a row what was encoded anew; return whether that is something else."""
    before = (bytes(row.html), bytes(row.text), row.venue_ids, row.district_ids)
    row.html, row.text = piece.html_qp, piece.text_qp
    row.venue_ids, row.district_ids = sorted(piece.venue_ids), sorted(piece.district_ids)
    return before != (piece.html_qp, piece.text_qp, row.venue_ids, row.district_ids)
