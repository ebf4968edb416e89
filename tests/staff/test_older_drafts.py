"""An older draft published later undoes no act, and brings nothing back that was removed.

Each act is done while an editor has a draft, or a version of long ago, that knows nothing of it.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Revision

from activities.actions import (
    change_from,
    record_change,
    stop_activity,
    undo_batch,
    undo_change,
    verify_activity,
)
from activities.models import ActivityPage, Occurrence
from activities.taxonomy import ChangeKind
from directory.actions import (
    publish_notice,
    record_exception,
    remove_exception,
    verify_venue,
    withdraw_notice,
)
from directory.models import Notice, OpeningException, VenueVerification
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
THIRD, TENTH = dt.datetime(2026, 3, 3, 17, 30), dt.datetime(2026, 3, 10, 17, 30)
SEVENTEENTH = dt.datetime(2026, 3, 17, 17, 30)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def clock(time_machine):
    """Monday 2 March 2026 at 13 in Denmark; each call moves it an hour on."""
    moments = iter(NOW + number * HOUR for number in range(9))

    def tick() -> dt.datetime:
        moment = next(moments)
        time_machine.move_to(moment, tick=False)
        return moment

    tick()
    return tick


@pytest.fixture
def venue(clock, home):
    return make_venue()


@pytest.fixture
def activity(venue):
    """Tuesdays 17.30 to 19.30, 3 to 24 March 2026, published."""
    page = make_activity(venue, schedules=[make_schedule(until_on=dt.date(2026, 3, 24))])
    page.save_revision().publish()
    return ActivityPage.objects.get(pk=page.pk)


def old_draft(page: Any, **fields: Any) -> Revision:
    """Return a saved draft of a page."""
    draft = page.get_latest_revision_as_object()
    for name, value in {"summary": "Fra kladden."}.items() | fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def as_it_was(revision: Revision) -> dict[str, Any]:
    """Return what a version says, to publish it as if it had lain in an open window meanwhile."""
    return dict(revision.content)


def publish(revision: Revision, content: dict[str, Any] | None = None) -> None:
    if content is not None:
        Revision.objects.filter(pk=revision.pk).update(content=content)
    Revision.objects.get(pk=revision.pk).publish()


def dates(activity: ActivityPage) -> list[str]:
    rows = Occurrence.objects.public().filter(activity=activity).order_by("starts_at")
    return [f"{row.local_date:%d} {row.starts_at:%H.%M} {row.status}" for row in rows]


PLAN = ["03 16.30 planned", "10 16.30 planned", "17 16.30 planned", "24 16.30 planned"]


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (ChangeKind.CANCELLED, {"original": TENTH, "reason": "Sygdom"}),
        (ChangeKind.MOVED, {"original": TENTH, "starts": TENTH + HOUR, "ends": TENTH + 2 * HOUR}),
        (ChangeKind.NOTE, {"original": TENTH, "note": "Tag en kop med."}),
        (ChangeKind.EXTRA, {"starts": TENTH + DAY, "ends": TENTH + DAY + HOUR}),
    ],
)
def test_what_was_decided_about_a_date_holds_and_stays_away_once_taken_back(
    activity, clock, kind, what
):
    draft = old_draft(activity)
    change = record_change(activity, kind, **what, now=clock())
    decided = dates(activity)

    publish(draft)
    held = dates(activity)
    later = old_draft(activity)
    undo_change(change, now=clock())
    publish(later)

    page = ActivityPage.objects.get(pk=activity.pk)
    assert (held, dates(activity), page.summary) == (decided, PLAN, "Fra kladden.")
    assert (kind == ChangeKind.NOTE) == (decided == PLAN)


def test_a_stop_holds_and_stays_away_once_taken_back(activity, clock):
    draft = old_draft(activity)
    batch = stop_activity(activity, SEVENTEENTH, now=clock())

    publish(draft)
    held = dates(activity)
    later = old_draft(activity)
    undo_batch(batch, now=clock())
    publish(later)

    assert held == [*PLAN[:2], "17 16.30 cancelled", "24 16.30 cancelled"]
    assert dates(activity) == PLAN


@pytest.mark.parametrize("from_the_first", [True, False])
@pytest.mark.parametrize("patched", [True, False])
def test_a_new_time_holds_whatever_the_draft_knew(activity, clock, from_the_first, patched):
    draft = old_draft(activity)
    before = as_it_was(draft)
    original = THIRD if from_the_first else SEVENTEENTH
    change_from(activity, original, starts=dt.time(18), ends=dt.time(20), now=clock())

    publish(draft, None if patched else before)

    late = ["03 17.00 planned", "10 17.00 planned", "17 17.00 planned", "24 17.00 planned"]
    page = ActivityPage.objects.get(pk=activity.pk)
    live = page.live_revision.as_object()
    assert dates(activity) == (late if from_the_first else [*PLAN[:2], *late[2:]])
    assert (page.summary, live.schedules.count()) == ("Fra kladden.", 1 if from_the_first else 2)


@pytest.mark.parametrize("from_the_first", [True, False])
@pytest.mark.parametrize("patched", [True, False])
def test_a_new_time_that_was_taken_back_stays_away(activity, clock, from_the_first, patched):
    original = THIRD if from_the_first else SEVENTEENTH
    times = {"starts": dt.time(18), "ends": dt.time(20)}
    batch = change_from(activity, original, **times, now=clock())
    clock()
    draft = old_draft(ActivityPage.objects.get(pk=activity.pk))
    before = as_it_was(draft)
    undo_batch(batch, now=clock())

    publish(draft, None if patched else before)

    assert dates(activity) == PLAN


def test_what_an_editor_wrote_knowing_of_the_act_wins(activity, clock):
    change_from(activity, THIRD, starts=dt.time(18), ends=dt.time(20), now=clock())
    clock()
    draft = ActivityPage.objects.get(pk=activity.pk).get_latest_revision_as_object()
    row = draft.schedules.get()
    row.starts, row.ends = dt.time(17, 30), dt.time(19, 30)
    draft.schedules = [row]

    publish(draft.save_revision())

    assert dates(activity) == PLAN


def test_a_window_left_open_in_the_editor_undoes_no_new_time(activity, clock, client):
    client.force_login(make_user(role="editor", venue=activity.get_parent().specific))
    form = client.get(f"/admin/pages/{activity.pk}/edit/").context["form"]
    posted = _as_posted(form)
    change_from(activity, SEVENTEENTH, starts=dt.time(18), ends=dt.time(20), now=clock())
    clock()

    answer = client.post(
        f"/admin/pages/{activity.pk}/edit/",
        {**posted, "summary": "Nye ord.", "action-publish": "1"},
    )

    page = ActivityPage.objects.get(pk=activity.pk)
    assert (answer.status_code, page.summary) == (302, "Nye ord.")
    assert dates(activity) == [*PLAN[:2], "17 17.00 planned", "24 17.00 planned"]


@pytest.mark.parametrize("act", ["exception", "notice", "confirmation"])
def test_what_stands_beside_a_venue_holds_and_stays_away_once_removed(venue, clock, act):
    do, undo, count = VENUE_ACTS[act]
    venue.save_revision().publish()
    draft = old_draft(venue)
    row = do(venue, clock())

    publish(draft)
    held = count()
    later = old_draft(venue)
    undo(row, clock())
    publish(later)

    venue.refresh_from_db()
    assert (held, count(), venue.summary) == (1, 0, "Fra kladden.")


def test_a_confirmation_of_an_activity_holds(activity, clock):
    draft = old_draft(activity)
    verify_activity(activity, now=clock())

    publish(draft)

    assert activity.verifications.count() == 1


def _except(venue, now):
    days = {"first_on": dt.date(2026, 3, 3), "until_on": dt.date(2026, 3, 4)}
    return record_exception(venue, **days, reason="staff_day")


VENUE_ACTS: dict[str, tuple[Callable[..., Any], Callable[..., Any], Callable[[], int]]] = {
    "exception": (
        _except,
        lambda row, now: remove_exception(row),
        lambda: OpeningException.objects.count(),
    ),
    "notice": (
        lambda venue, now: publish_notice(
            venue, title="Koldt vand", starts_at=now, ends_at=now + DAY
        ),
        lambda row, now: withdraw_notice(row, now=now),
        lambda: Notice.objects.filter(withdrawn_at=None).count(),
    ),
    "confirmation": (
        lambda venue, now: verify_venue(venue, by=None, now=now),
        lambda row, now: row.delete(),
        lambda: VenueVerification.objects.count(),
    ),
}


def _as_posted(form: Any) -> dict[str, Any]:
    """Return what a browser would send of an opened form that nobody has touched."""
    found: dict[str, Any] = {}
    forms = [form]
    for formset in form.formsets.values():
        forms += [formset.management_form, *formset.forms]
    for each in forms:
        for field in each:
            value = field.value()
            if value is not False:
                found[field.html_name] = "" if value is None else value
    return {**found, "body": "null", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
