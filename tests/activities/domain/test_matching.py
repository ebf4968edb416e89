import datetime as dt

from activities.domain.matching import Difference, Kept, Stored, difference, follow
from activities.domain.rules import Slot, Status

TODAY = dt.date(2026, 3, 10)


def at(day, hour, minute=0):
    return dt.datetime(2026, 3, day, hour, minute)


def slot(original, starts=None, status=Status.PLANNED, **fields):
    starts = starts or original
    return Slot("plan1", original, starts, starts + dt.timedelta(hours=2), status, **fields)


def row(key, original, day=None, status=Status.PLANNED):
    return Stored(key, original, day or original.date(), status)


def test_a_date_with_the_same_start_is_the_same_date():
    plan = [slot(at(10, 17)), slot(at(17, 17))]

    found = difference([row(1, at(10, 17))], plan, today=TODAY, fill_past=False)

    assert found == Difference(kept=[Kept(1, plan[0])], added=[plan[1]])


def test_two_dates_a_day_keep_their_order_when_their_times_change():
    stored = [row(2, at(10, 15)), row(1, at(10, 10))]
    plan = [slot(at(10, 16)), slot(at(10, 11))]

    found = difference(stored, plan, today=TODAY, fill_past=False)

    assert found == Difference(kept=[Kept(1, plan[1]), Kept(2, plan[0])])


def test_the_same_start_goes_before_the_same_day():
    stored = [row(1, at(10, 10)), row(2, at(10, 12))]
    plan = [slot(at(10, 12)), slot(at(10, 14))]

    found = difference(stored, plan, today=TODAY, fill_past=False)

    assert found == Difference(kept=[Kept(2, plan[0]), Kept(1, plan[1])])


def test_a_coming_date_without_a_plan_goes_and_a_past_one_stays():
    stored = [row(1, at(3, 17)), row(2, at(17, 17))]

    assert difference(stored, [], today=TODAY, fill_past=False) == Difference(removed=[2])


def test_a_past_extra_date_that_was_taken_back_goes():
    stored = [row(1, at(3, 17), status=Status.EXTRA)]

    assert difference(stored, [], today=TODAY, fill_past=False) == Difference(removed=[1])


def test_past_dates_are_only_added_the_first_time_or_as_extra():
    planned, extra = slot(at(3, 17)), slot(at(4, 17), status=Status.EXTRA)

    assert difference([], [planned, extra], today=TODAY, fill_past=True).added == [planned, extra]
    assert difference([], [planned, extra], today=TODAY, fill_past=False).added == [extra]


def test_a_past_date_that_was_cancelled_keeps_its_times():
    cancelled = slot(at(3, 17), status=Status.CANCELLED, reason="Sygdom")

    found = difference([row(1, at(3, 17))], [cancelled], today=TODAY, fill_past=False)

    assert found.kept == [Kept(1, cancelled, keep_times=True)]


def test_a_past_date_that_was_moved_gets_its_new_times():
    moved = slot(at(3, 17), at(4, 17), Status.MOVED)

    found = difference([row(1, at(3, 17))], [moved], today=TODAY, fill_past=False)

    assert found.kept == [Kept(1, moved)]


def test_a_past_date_nobody_changed_is_left_alone():
    found = difference([row(1, at(3, 17))], [slot(at(3, 17))], today=TODAY, fill_past=False)

    assert found == Difference()


def test_a_change_follows_its_day_to_another_time():
    assert follow({7: at(10, 17), 8: at(17, 17)}, [at(10, 18), at(17, 17)]) == {7: at(10, 18)}


def test_changes_of_one_date_follow_together():
    assert follow({7: at(10, 17), 8: at(10, 17)}, [at(10, 18)]) == {7: at(10, 18), 8: at(10, 18)}


def test_a_change_does_not_take_a_date_that_another_names():
    assert follow({7: at(10, 9), 8: at(10, 18)}, [at(10, 18)]) == {}


def test_a_change_of_a_day_that_is_gone_goes_nowhere():
    assert follow({7: at(10, 17)}, [at(11, 17)]) == {}


def test_a_change_does_not_go_to_a_date_that_the_day_had_before():
    stored = [at(10, 9), at(10, 17)]

    assert follow({7: at(10, 17)}, [at(10, 9)], stored) == {}
    assert follow({7: at(10, 17)}, [at(10, 9), at(10, 18)], stored) == {7: at(10, 18)}
