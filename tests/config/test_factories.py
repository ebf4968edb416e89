import datetime as dt

from activities.models import Occurrence
from directory.models import Membership
from tests.factories.activities import make_activity, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue


def test_a_venue_is_made_below_the_list_of_venues(home):
    venue = make_venue("Ærø Værested", hours=[(0, "10.00", "16.00")])

    assert venue.url_path == "/eksempelby/steder/aeroe-vaerested/"
    assert [(hours.weekday, hours.opens) for hours in venue.opening_hours.all()] == [
        (0, dt.time(10))
    ]


def test_a_secret_venue_has_no_address_on_its_page(home):
    venue = make_venue("Krisecentret", address_public=False)

    venue.full_clean()
    assert (venue.street, venue.postal_code) == ("", "")


def test_an_activity_is_made_with_its_dates(home):
    activity = make_activity(make_venue())

    first = Occurrence.objects.filter(activity=activity).order_by("starts_at").first()
    assert first is not None
    assert first.recurrence_id[8:] == "T173000"


def test_a_shared_event_has_its_hosts(home):
    perlen, aaen = make_venue(), make_venue("Åen")

    event = make_shared_event(home.shared, perlen, aaen)

    assert [host.venue.title for host in event.hosts.all()] == ["Perlen", "Åen"]


def test_a_user_has_the_asked_role(home):
    venue = make_venue()

    user = make_user(role="editor", venue=venue)

    assert list(Membership.objects.values_list("user", "venue", "role")) == [
        (user.pk, venue.pk, "editor")
    ]
