"""One entry of a foreign calendar is settled: its activity is made, brought up to date, or told
of as gone. One entry is one small transaction, so that a long import can stop and go on.
"""

import datetime as dt
import logging
import time

from django.db import transaction
from wagtail.log_actions import log

from activities.actions import source_dates, source_pages
from activities.actions.refresh import horizon_of, local_day, refresh_activity
from activities.actions.source_pages import FOLLOWED, PLAN, Window
from activities.domain.imported_series import Series, SeriesDate, from_json
from activities.domain.recurrence import COPENHAGEN
from activities.log_actions import TAKEN_IN
from activities.models import ActivityPage, CalendarSource, EntryState, SourceEntry
from directory.models import VenuePage

logger = logging.getLogger(__name__)

GONE = "gone"
FAILED = "failed"
SECRET = "secret_address"  # noqa: S105  (the code of a reason)
PATIENCE = 30.0  # seconds of one lot


def settle_waiting(
    source: CalendarSource, *, now: dt.datetime, seconds: float = PATIENCE
) -> tuple[int, int]:
    """Settle entries that wait, for about `seconds`; return how many were, and how many wait still.

    Each in a transaction of its own, so that nobody else waits long for the database and a run
    that is cut off has lost nothing. An entry that fails is put aside with a reason.
    """
    stop = time.monotonic() + seconds
    waiting = source.entries.filter(state=EntryState.WAITING).order_by("first_on", "pk")
    done = 0
    for pk in list(waiting.values_list("pk", flat=True)):
        if time.monotonic() > stop:
            break
        try:
            settle_entry(pk, now=now)
        except Exception:
            logger.exception("entry %s of calendar %s could not be settled", pk, source.pk)
            SourceEntry.objects.filter(pk=pk).update(state=EntryState.REFUSED, problem=FAILED)
        done += 1
    return done, waiting.count()


@transaction.atomic
def settle_entry(entry_id: int, *, now: dt.datetime) -> None:
    """Make the activity of one entry say what the calendar says. Safe to run again."""
    rows = SourceEntry.objects.select_for_update(of=("self",)).select_related("source")
    entry = rows.filter(pk=entry_id, state=EntryState.WAITING).first()
    if entry is None:
        return
    series = from_json(entry.wanted)
    page = entry.activity
    venue = VenuePage.objects.get(pk=entry.source.venue_id)
    if entry.problem == GONE:
        _let_go(entry, series, page, now)
    elif source_pages.names_secret(series, venue):
        entry.state, entry.problem = EntryState.REFUSED, SECRET
    elif page is not None:
        _bring_up_to_date(entry, series, page, venue, now)
    elif entry.taken:
        entry.state = EntryState.REMOVED  # somebody deleted the activity here: it stays away
    else:
        _take_in(entry, series, venue, now)
    entry.settled_at = now
    entry.save()


def _take_in(entry: SourceEntry, series: Series, venue: VenuePage, now: dt.datetime) -> None:
    window = _window(now)
    values = source_pages.words_of(series, venue)
    page = source_pages.new_page(entry.source, series, values)
    dates = source_dates.dates_of(series, {}, now=_wall(now))
    rules, breaks = source_pages.lines_for(page, source_dates.spans_of(dates), window)
    source_pages.write_lines(page, rules, breaks)
    if entry.source.publish:
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = now
    venue.add_child(instance=page)
    revision = page.save_revision(user=entry.source.created_by, changed=False, clean=False)
    if entry.source.publish:  # without Wagtail's own publishing, which saves everything again
        page.live_revision = revision
        ActivityPage.objects.filter(pk=page.pk).update(live_revision=revision)
    log(page, TAKEN_IN, data={"calendar": entry.source.name})
    entry.activity = page
    entry.taken = {**values, PLAN: source_pages.plan_of(page)}
    entry.overridden = []
    entry.state = EntryState.TAKEN
    _settle_dates(entry, page, dates, window, now)


def _bring_up_to_date(
    entry: SourceEntry, series: Series, page: ActivityPage, venue: VenuePage, now: dt.datetime
) -> None:
    window = _window(now)
    values = source_pages.words_of(series, venue)
    write, own = source_pages.follow_words(page, entry.taken, values)
    dates = source_dates.dates_of(series, entry.dates, now=_wall(now))
    own |= _write(entry, page, write, values, dates, window)
    entry.overridden = sorted(own)
    entry.state = EntryState.OVERRIDDEN if own else EntryState.TAKEN
    _settle_dates(entry, page, dates, window, now)


def _write(
    entry: SourceEntry,
    page: ActivityPage,
    words: set[str],
    values: source_pages.Values,
    dates: list[SeriesDate],
    window: Window,
) -> set[str]:
    """Write what differs; return {"plan"} when the plan differs and is an editor's own."""
    spans = source_dates.spans_of(dates)
    coming = [span for span in spans if span[0].date() >= window.first]
    differs = sorted(source_pages.gives(page, window)) != coming
    plan_is_ours = source_pages.plan_of(page) == entry.taken.get(PLAN)
    lines = source_pages.lines_for(page, spans, window) if differs and plan_is_ours else None

    def change(version: ActivityPage) -> None:
        for name in words:
            if version is page or source_pages.says(version, name, entry.taken.get(name, "")):
                setattr(version, name, values[name])
        if lines and source_pages.plan_of(version) == entry.taken.get(PLAN):
            source_pages.write_lines(version, *lines)

    if words or lines:
        source_pages.write_everywhere(page, change)
    kept = {name: entry.taken.get(name, "") for name in FOLLOWED}
    kept |= {name: values[name] for name in words}
    plan = source_pages.plan_of(page) if lines else entry.taken.get(PLAN)
    entry.taken = {**kept, PLAN: plan}
    return {PLAN} if differs and not plan_is_ours else set()


def _let_go(
    entry: SourceEntry, series: Series, page: ActivityPage | None, now: dt.datetime
) -> None:
    """The calendar no longer has it: whoever meant to come must be able to read that."""
    entry.state, entry.problem = EntryState.GONE, ""
    if page is None:
        entry.state = EntryState.REMOVED
        return
    wall = _wall(now)
    dates = source_dates.all_gone(entry.dates, repeats=series.repeats, now=wall)
    _write(entry, page, set(), {}, dates, _window(now))
    _settle_dates(entry, page, dates, _window(now), now)


def _settle_dates(
    entry: SourceEntry,
    page: ActivityPage,
    dates: list[SeriesDate],
    window: Window,
    now: dt.datetime,
) -> None:
    planned = {original for original, _ in source_pages.gives(page, window)}
    entry.dates, decided_here = source_dates.settle_dates(
        page, dates, entry.dates, planned=planned, now=_wall(now), moment=now
    )
    if decided_here:
        entry.overridden = sorted({*entry.overridden, "dates"})
        if entry.state == EntryState.TAKEN:
            entry.state = EntryState.OVERRIDDEN
    refresh_activity(page.pk, now=now)


def _window(now: dt.datetime) -> Window:
    return Window(local_day(now), horizon_of(now))


def _wall(now: dt.datetime) -> dt.datetime:
    return now.astimezone(COPENHAGEN).replace(tzinfo=None)
