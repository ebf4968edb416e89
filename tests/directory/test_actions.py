"""What writes venues: what is stored, told and logged afterwards, and what is refused."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageLogEntry, Revision

from core.domain.dates import COPENHAGEN
from core.models import ContentVersion
from directory import actions
from directory.domain.hours import Hours, Kind
from directory.models import Notice, OpeningException, SecretAddress, VenueMove, VenuePage
from directory.signals import venue_changed, venue_merged
from tests.factories.core import make_user
from tests.factories.directory import make_district, make_venue

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=COPENHAGEN)
TODAY = NOW.date()
SECRETS = {
    "street": "Skjulevej 7",
    "postal_code": "9998",
    "city": "Gemmeby",
    "latitude": 56.1234,
    "longitude": 10.4321,
    "directions": "Bag den gule port",
    "stop": "Stationen",
}


def reread(venue: VenuePage) -> VenuePage:
    return VenuePage.objects.get(pk=venue.pk)


def history(venue: VenuePage) -> list[str]:
    entries = PageLogEntry.objects.filter(page_id=venue.pk, action__startswith="directory.")
    return [entry.message for entry in entries.order_by("pk")]


def week(venue: VenuePage) -> list[tuple]:
    return [(row.weekday, row.opens, row.closes, row.kind) for row in venue.opening_hours.all()]


@pytest.fixture
def heard():
    """What the directory's signals said."""
    found: list[tuple] = []

    def changed(venue_id, **kwargs):
        found.append(("changed", venue_id))

    def merged(venue_id, successor_id, **kwargs):
        found.append(("merged", venue_id, successor_id))

    venue_changed.connect(changed)
    venue_merged.connect(merged)
    yield found
    venue_changed.disconnect(changed)
    venue_merged.disconnect(merged)


def test_changed_hours_hold_at_once_and_leave_a_new_version(home):
    venue = make_venue(hours=[(0, "9.00", "16.00")])
    before = ContentVersion.current()[0]

    actions.change_hours(venue, [Hours(4, dt.time(10), dt.time(14), kind=Kind.USER_RUN)])

    assert week(reread(venue)) == [(4, dt.time(10), dt.time(14), "user_run")]
    assert week(reread(venue).latest_revision.as_object()) == week(reread(venue))
    assert ContentVersion.current()[0] > before
    assert history(venue) == ["De faste åbningstider er ændret."]


def test_changed_hours_reach_a_waiting_draft_and_do_not_publish_it(home, heard):
    venue = make_venue(hours=[(0, "9.00", "16.00")])
    venue.summary = "En kladde, der venter."
    venue.save_revision()

    actions.change_hours(venue, [Hours(4, dt.time(10), dt.time(14))])

    live, draft = reread(venue), reread(venue).latest_revision.as_object()
    assert (live.summary, draft.summary) == (
        "Et hus med varm kaffe og god tid.",
        "En kladde, der venter.",
    )
    assert week(live) == week(draft) == [(4, dt.time(10), dt.time(14), "staffed")]
    assert heard == [("changed", venue.pk)]


def test_an_exception_is_kept_with_who_wrote_it(home):
    venue, user = make_venue(), make_user()

    exception = actions.record_exception(
        venue, first_on=TODAY, until_on=TODAY, reason="illness", note="Vi er syge", by=user
    )

    assert (exception.closed, exception.note, exception.created_by) == (True, "Vi er syge", user)
    assert history(venue) == ["Andre åbningstider fra 23. november 2026 til 23. november 2026."]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"until_on": TODAY - dt.timedelta(days=1)}, "__all__"),
        ({"closed": False}, "__all__"),
        ({"closed": True, "opens": dt.time(9), "closes": dt.time(12)}, "closed"),
        ({"closed": True, "extra": True}, "extra"),
    ],
)
def test_an_exception_that_contradicts_itself_is_refused(home, fields, where):
    values = {"first_on": TODAY, "until_on": TODAY, "reason": "illness"} | fields

    with pytest.raises(ValidationError) as refused:
        actions.record_exception(make_venue(), **values)

    assert list(refused.value.message_dict) == [where]
    assert OpeningException.objects.count() == 0


def test_removing_an_exception_keeps_it_in_the_history(home):
    venue = make_venue()
    exception = actions.record_exception(venue, first_on=TODAY, until_on=TODAY, reason="illness")

    actions.remove_exception(exception)

    assert OpeningException.objects.count() == 0
    assert len(history(venue)) == 2


def test_a_notice_is_put_up_and_taken_down_once(home):
    venue = make_venue()
    notice = actions.publish_notice(
        venue, title="Lukket i dag", starts_at=NOW, ends_at=NOW + dt.timedelta(hours=5)
    )
    shown = list(Notice.objects.showing(NOW))

    actions.withdraw_notice(notice, now=NOW)
    actions.withdraw_notice(notice, now=NOW + dt.timedelta(hours=1))

    assert shown == [notice]
    assert list(Notice.objects.showing(NOW)) == []
    assert Notice.objects.get().withdrawn_at == NOW
    assert history(venue) == ["En besked er sat op.", "En besked er taget ned."]


def test_a_notice_of_the_municipality_has_no_venue(home):
    notice = actions.publish_notice(
        None, title="Kulde", starts_at=NOW, ends_at=NOW + dt.timedelta(days=1)
    )

    assert list(Notice.objects.showing(NOW)) == [notice]
    assert Notice.objects.next_change(NOW) == NOW + dt.timedelta(days=1)


def test_confirming_tells_when_and_who(home):
    venue, user = make_venue(), make_user()

    verification = actions.verify_venue(venue, by=user, now=NOW)

    assert (verification.verified_at, verification.verified_by) == (NOW, user)
    assert reread(venue).confirmed_at == NOW
    assert history(venue) == ["Stedet har bekræftet, at siden er rigtig."]


def test_a_move_waits_for_its_day_and_is_done_once(home):
    venue = make_venue(stop="Toldboden", directions="Gå mod vandet")
    district = make_district("Nordby")
    actions.move_venue(
        venue,
        on=TODAY,
        street="Nygade 3",
        postal_code="9999",
        city="Eksempelby",
        district=district,
        position=(56.2, 10.3),
    )

    runs = [
        actions.apply_due_moves(TODAY - dt.timedelta(days=1), NOW),
        actions.apply_due_moves(TODAY, NOW),
        actions.apply_due_moves(TODAY + dt.timedelta(days=1), NOW),
    ]

    moved = reread(venue)
    assert [len(done) for done in runs] == [0, 1, 0]
    assert moved.address_line == "Nygade 3, 9999 Eksempelby"
    assert (moved.district, moved.latitude, moved.longitude) == (district, 56.2, 10.3)
    assert (moved.stop, moved.directions) == ("", "")
    assert VenueMove.objects.get().done_at == NOW


def test_a_move_reaches_a_waiting_draft_and_does_not_publish_it(home):
    venue = make_venue()
    venue.summary = "En kladde, der venter."
    venue.save_revision()
    actions.move_venue(venue, on=TODAY, street="Nygade 3")

    actions.apply_due_moves(TODAY, NOW)

    live, draft = reread(venue), reread(venue).latest_revision.as_object()
    assert (live.street, draft.street) == ("Nygade 3", "Nygade 3")
    assert live.summary == "Et hus med varm kaffe og god tid."
    assert draft.summary == "En kladde, der venter."


def test_a_move_of_a_secret_venue_says_no_address(home):
    venue = make_venue(address_public=False)

    with pytest.raises(ValidationError):
        actions.move_venue(venue, on=TODAY, street="Nygade 3")
    actions.move_venue(venue, on=TODAY)
    actions.apply_due_moves(TODAY, NOW)

    assert reread(venue).street == ""


def test_a_move_that_is_not_to_anywhere_is_refused(home):
    with pytest.raises(ValidationError) as refused:
        actions.move_venue(make_venue(), on=TODAY)

    assert list(refused.value.message_dict) == ["street"]


def test_a_planned_move_can_be_called_off_until_it_is_done(home):
    venue = make_venue()
    actions.call_off_move(actions.move_venue(venue, on=TODAY, street="Nygade 3"))
    done = actions.move_venue(venue, on=TODAY, street="Nygade 5")
    actions.apply_due_moves(TODAY, NOW)

    with pytest.raises(ValidationError):
        actions.call_off_move(VenueMove.objects.get(pk=done.pk))

    assert reread(venue).street == "Nygade 5"


def test_a_merged_venue_goes_and_what_stands_below_it_moves(home, heard):
    from activities.models import ActivityPage

    old, new = make_venue("Stuen"), make_venue("Kahytten")
    for venue in (old, new):
        venue.add_child(instance=ActivityPage(title="Suppe", slug="suppe", summary="Suppe"))
    actions.merge_venue(old, new, on=TODAY)

    actions.apply_due_moves(TODAY, NOW)

    slugs = VenuePage.objects.get(pk=new.pk).get_children().values_list("slug", flat=True)
    assert list(slugs) == ["suppe", "suppe-stuen"]
    assert not reread(old).live
    assert reread(old).successor_on(TODAY) == new
    assert heard == [("merged", old.pk, new.pk)]


def test_old_addresses_below_a_merged_venue_lead_to_the_moved_pages(home, client):
    from activities.models import ActivityPage

    old, new = make_venue("Stuen"), make_venue("Kahytten")
    old.add_child(instance=ActivityPage(title="Suppe", slug="suppe", summary="Suppe"))
    old.add_child(instance=ActivityPage(title="Kort", slug="kort", summary="Kort"))
    new.add_child(instance=ActivityPage(title="Suppe", slug="suppe", summary="Suppe"))
    actions.merge_venue(old, new, on=dt.date(2020, 1, 1))
    actions.apply_due_moves(TODAY, NOW)

    led = {
        address: client.get(f"/steder/stuen/{address}").get("Location")
        for address in ("", "suppe/", "kort/", "findes-ikke/")
    }

    assert led == {
        "": "/steder/kahytten/",
        "suppe/": "/steder/kahytten/suppe-stuen/",
        "kort/": "/steder/kahytten/kort/",
        "findes-ikke/": "/steder/kahytten/",
    }


def test_venues_cannot_merge_in_a_circle(home):
    one, two, three = make_venue("En"), make_venue("To"), make_venue("Tre")
    actions.merge_venue(one, two, on=TODAY)
    actions.merge_venue(two, three, on=TODAY + dt.timedelta(days=9))

    for venue, into in ((three, one), (one, one)):
        with pytest.raises(ValidationError):
            actions.merge_venue(venue, into, on=TODAY)

    assert one.successor_on(TODAY) == two
    assert one.successor_on(TODAY + dt.timedelta(days=9)) == three


def test_a_move_that_fails_does_not_stop_the_next(home):
    first, second = make_venue("En"), make_venue("To")
    broken = actions.move_venue(first, on=TODAY - dt.timedelta(days=1), street="Nygade 1")
    fine = actions.move_venue(second, on=TODAY, street="Nygade 2")
    VenuePage.objects.filter(pk=first.pk).update(age_min=9, age_max=3)

    done = actions.apply_due_moves(TODAY, NOW)

    assert done == [fine.pk]
    assert reread(second).street == "Nygade 2"
    assert VenueMove.objects.get(pk=broken.pk).done_at is None


def test_a_secret_address_leaves_page_versions_and_plans_and_is_kept_apart(home, heard):
    venue = make_venue(district=make_district("Gemmekvarteret"), **SECRETS)
    venue.save_revision().publish()
    venue.summary = "En kladde"
    venue.save_revision()
    actions.move_venue(venue, on=TODAY + dt.timedelta(days=9), street="Nyskjul 8")
    heard.clear()

    secret = actions.make_address_secret(venue, by=make_user())

    told = [json.dumps(revision.content) for revision in Revision.objects.for_instance(venue)]
    told += [str(reread(venue).serializable_data()), str(VenueMove.objects.values().get())]
    told += [reread(venue).search_stems]
    hidden = [str(value) for value in SECRETS.values()] + ["Nyskjul", "skjulevej"]
    assert [(word, text) for word in hidden for text in told if word in text] == []
    assert reread(venue).district is None
    assert not reread(venue).address_public
    assert [
        secret.street,
        secret.postal_code,
        secret.city,
        secret.directions,
    ] == ["Skjulevej 7", "9998", "Gemmeby", "Bag den gule port"]
    assert reread(venue).summary == "Et hus med varm kaffe og god tid."
    assert reread(venue).latest_revision.as_object().summary == "En kladde"
    assert heard == [("changed", venue.pk)]
    assert "Skjulevej" not in str(list(PageLogEntry.objects.values()))


def test_making_an_address_secret_twice_loses_nothing(home, heard):
    venue = make_venue(**SECRETS)
    actions.make_address_secret(venue)
    heard.clear()

    actions.make_address_secret(reread(venue))

    assert SecretAddress.objects.get().street == "Skjulevej 7"
    assert heard == []


def test_a_page_with_a_secret_address_refuses_to_carry_one(home):
    venue = make_venue(address_public=False)
    venue.street = "Skjulevej 7"

    with pytest.raises(ValidationError) as refused:
        venue.save()

    assert list(refused.value.message_dict) == ["street"]
