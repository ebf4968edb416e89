"""How venues and activities stand in Kompas, what is missing, and the figure of 2b."""

import datetime as dt

import pytest
import time_machine

from activities.actions.channels import confirm_in_kompas, record_post, withdraw_hand_over
from activities.models import ActivityPage, HandOver
from activities.outlets.kompas_driver import ManualDriver, Receipt
from activities.outlets.plan import Figure, State, card_of, kompas_figure, plans, row_of
from activities.taxonomy import Channel
from directory.models import VenuePage
from directory.taxonomy import Referral
from tests.factories.activities import make_activity, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)
LONG_AGO = NOW - dt.timedelta(days=180)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def standing_clock():
    """Dates are stored from the day on which an activity is published."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def venue(home):
    return make_venue()


def confirm(subject, at=NOW, **more):
    return confirm_in_kompas(subject, card_of(subject, at), by=None, now=at, **more)


def plan_of(venue):
    (found,) = plans([venue], NOW)
    return found


def states(venue):
    return {row.card.title: row.state for row in plan_of(venue).rows}


def test_the_four_ways_something_can_stand(venue):
    for title in ("Aldrig", "Gammel", "Frisk", "Ændret"):
        make_activity(venue, title)
    _never, old, fresh, changed = ActivityPage.objects.order_by("pk")
    confirm(old, LONG_AGO)
    confirm(fresh, LONG_AGO + DAY)
    confirm(changed)
    changed.summary = "Noget andet."
    changed.save()
    confirm(venue)

    assert states(venue) == {
        "Perlen": State.FRESH,
        "Aldrig": State.NEVER,
        "Gammel": State.OLD,
        "Frisk": State.FRESH,
        "Ændret": State.CHANGED,
    }
    assert [row.card.title for row in plan_of(venue).waiting] == ["Aldrig", "Ændret", "Gammel"]


def test_a_confirmation_makes_a_changed_one_right_and_keeps_the_link(venue):
    activity = make_activity(venue)
    confirm(activity, NOW - DAY, url="https://kompas.example/opslag/7")
    activity.summary = "Noget andet."
    activity.save()
    before = row_of(activity, NOW).state

    row = confirm(activity)

    assert (before, row_of(activity, NOW).state) == (State.CHANGED, State.FRESH)
    assert row.url == "https://kompas.example/opslag/7"
    assert HandOver.objects.count() == 2


def test_one_taken_back_does_not_count(venue):
    activity = make_activity(venue)
    row = confirm(activity)

    assert withdraw_hand_over(row, by=None, now=NOW)
    assert not withdraw_hand_over(row, by=None, now=NOW + DAY)
    assert row_of(activity, NOW).state is State.NEVER


def test_the_figure_counts_fixed_activities_that_everybody_may_come_to(venue):
    for title in ("Et", "To", "Tre", "Fire"):
        make_activity(venue, title)
    one, two, three, _four = ActivityPage.objects.order_by("pk")
    make_activity(venue, "Af og til", kind="varying")
    make_activity(venue, "Kun for de inviterede", open_to_public=False)
    make_activity(make_venue("Visiteret", referral=Referral.REQUIRED), "For de visiterede")
    confirm(one)
    confirm(two)
    confirm(three, LONG_AGO)
    two.title = "To og en halv"
    two.save()

    assert kompas_figure(NOW) == Figure(confirmed=2, total=4, changed=1)
    assert kompas_figure(NOW).percent == 50


def test_without_activities_the_figure_is_nothing_at_all(venue):
    assert (kompas_figure(NOW), kompas_figure(NOW).percent) == (Figure(0, 0, 0), 0)


def test_the_term_is_a_setting(venue, settings):
    activity = make_activity(venue)
    confirm(activity, LONG_AGO + DAY)
    settings.FRISTED_KOMPAS_DAYS = 30

    assert row_of(activity, NOW).state is State.OLD


def test_varying_activities_are_offered_and_never_missing(venue):
    make_activity(venue, "Udflugt", kind="varying")

    found = plan_of(venue)

    assert [at.activity.title for at in found.offered] == ["Udflugt"]
    assert [row.card.title for row in found.waiting] == ["Perlen"]


def test_what_is_gone_here_must_be_taken_down_there(venue):
    activity = make_activity(venue)
    confirm(activity)
    ActivityPage.objects.filter(pk=activity.pk).update(kind="varying")

    found = plan_of(venue)

    assert [row.activity_id for row in found.gone] == [activity.pk]
    withdraw_hand_over(found.gone[0], by=None, now=NOW)
    assert plan_of(venue).gone == []


def test_a_venue_with_referral_misses_nothing(home):
    venue = make_venue(referral=Referral.REQUIRED)
    make_activity(venue)

    found = plan_of(venue)

    assert (found.in_kompas, found.rows) == (False, [])


def test_a_shared_event_is_the_main_host_s_to_confirm(home):
    lead, other = make_venue("Stuen"), make_venue("Perlen")
    make_shared_event(home.shared, lead, other, title="Sangaften")

    assert list(states(lead)) == ["Stuen", "Sangaften"]
    assert list(states(other)) == ["Perlen"]


def test_a_post_elsewhere_says_nothing_about_kompas(venue):
    activity = make_activity(venue)
    user = make_user()

    row = record_post(
        activity,
        card_of(activity, NOW),
        channel=Channel.FACEBOOK,
        url=" https://facebook.example/1 ",
        by=user,
        now=NOW,
    )

    assert (row.url, row.handed_by, row.activity) == ("https://facebook.example/1", user, activity)
    assert row_of(activity, NOW).state is State.NEVER
    with pytest.raises(ValueError, match="Kompas"):
        record_post(activity, card_of(activity, NOW), channel=Channel.KOMPAS, by=user, now=NOW)


def test_the_driver_decides_what_is_noted(venue):
    class Refusing:
        def hand_over(self, card, *, url):
            return None

    card = card_of(venue, NOW)

    assert confirm_in_kompas(venue, card, by=None, now=NOW, driver=Refusing()) is None
    assert HandOver.objects.count() == 0
    assert ManualDriver().hand_over(card, url=" x ") == Receipt(card.content_hash, "x")


@pytest.mark.parametrize("count", [1, 3])
def test_all_plans_cost_as_much_as_one(home, count, django_assert_num_queries):
    for number in range(count):
        venue = make_venue(f"Sted {number}", target_groups=["loneliness"])
        confirm(make_activity(venue, f"Fast {number}"))
        make_activity(venue, f"Af og til {number}", kind="varying")
    venues = list(VenuePage.objects.public())
    plans(venues, NOW)

    with django_assert_num_queries(25):
        found = plans(venues, NOW)

    assert len(found) == count
