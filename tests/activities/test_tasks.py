import datetime as dt

import time_machine

from activities.actions import refresh_activity
from activities.models import ActivityPage, CalendarEntry, Occurrence
from activities.tasks import roll_horizon, sweep_activities
from core.models import ContentVersion
from tests.factories.activities import make_activity
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@time_machine.travel(NOW, tick=False)
def test_the_sweep_finds_what_no_event_told_of(home):
    activity = make_activity(make_venue(), refresh=False)

    first = sweep_activities()
    second = sweep_activities()

    assert (first, second) == (1, 0)
    assert CalendarEntry.objects.get(pk=activity.pk).public is True


@time_machine.travel(NOW, tick=False)
def test_the_sweep_goes_on_after_a_failure(home, monkeypatch):
    venue = make_venue()
    broken = make_activity(venue, "Banko", refresh=False)
    sound = make_activity(venue, "Yoga", refresh=False)
    real = ActivityPage.get_activity_type_display

    def fail(self):
        if self.pk == broken.pk:
            raise RuntimeError("broken page")
        return real(self)

    monkeypatch.setattr(ActivityPage, "get_activity_type_display", fail)

    assert sweep_activities() == 1
    assert CalendarEntry.objects.get().pk == sound.pk


def test_the_horizon_rolls_and_the_oldest_dates_go(home):
    activity = make_activity(make_venue(), refresh=False)
    refresh_activity(activity.pk, now=NOW)
    before = ContentVersion.current()[0]

    with time_machine.travel(NOW + dt.timedelta(days=7), tick=False):
        first = roll_horizon()
        second = roll_horizon()

    days = Occurrence.objects.order_by("local_date").values_list("local_date", flat=True)
    assert (first, second, days.last()) == (1, 0, dt.date(2027, 9, 7))
    assert ContentVersion.current()[0] == before + 1
    assert CalendarEntry.objects.get().sequence == 0


def test_dates_of_over_a_year_ago_are_let_go(home):
    activity = make_activity(make_venue(), refresh=False)
    refresh_activity(activity.pk, now=NOW)

    with time_machine.travel(dt.datetime(2027, 5, 1, 3, tzinfo=dt.UTC), tick=False):
        roll_horizon()

    days = Occurrence.objects.order_by("local_date").values_list("local_date", flat=True)
    assert days.first() == dt.date(2026, 4, 7)
