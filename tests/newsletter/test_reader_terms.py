"""How long what belongs to a reader is kept."""

import datetime as dt
import json

import pytest

from core.models import OutgoingMail
from core.post import post
from directory.models import VenueMove
from newsletter import limits
from newsletter.actions import readers
from newsletter.actions.reader_terms import copy_of, erase, follow_successors, tend_readers
from newsletter.actions.readers import Choices
from newsletter.follows import Follows, follows_of
from newsletter.models import (
    Ask,
    Consent,
    Delivery,
    Follow,
    HourCount,
    MailCount,
    Subscriber,
    Subscription,
    Suppression,
    Token,
)
from newsletter.sending_taxonomy import DeliveryState
from newsletter.taxonomy import Act, How, SuppressionReason
from newsletter.tokens import new_key, subject_of, unsubscribe_tokens
from tests.factories.directory import make_district, make_venue
from tests.factories.newsletter import make_reader, topic
from tests.factories.sending import make_dispatch

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
NEWS, WEEKLY = "nyt-fra-vaerestederne", "ugens-program"
ADDRESS = "aase@example.org"

pytestmark = pytest.mark.django_db


def sign_up(*slugs, now=NOW):
    row = readers.ask(ADDRESS, Choices(topics=slugs), how=How.FORM, now=now)
    readers.answer_ask(row.pk, deliverable=True, now=now)


def test_who_never_said_yes_is_gone_after_seven_days():
    sign_up(NEWS)

    kept = tend_readers(now=NOW + 7 * DAY)
    erased = tend_readers(now=NOW + 7 * DAY + dt.timedelta(seconds=1))

    assert (kept, erased) == (0, 1)
    assert (Subscriber.objects.count(), Token.objects.count()) == (0, 0)
    assert not OutgoingMail.objects.filter(to=ADDRESS).exists()


def test_being_erased_does_not_begin_the_limit_again():
    for days in (0, 8, 16, 24):
        sign_up(NEWS, now=NOW + days * DAY)
        tend_readers(now=NOW + (days + 7.5) * DAY)

    assert MailCount.objects.get().opt_ins == 3


def test_asking_again_gives_seven_days_again():
    sign_up(NEWS)
    sign_up(NEWS, now=NOW + 5 * DAY)

    assert tend_readers(now=NOW + 8 * DAY) == 0


def test_a_second_topic_nobody_said_yes_to_goes_and_the_reader_stays():
    make_reader(ADDRESS, topic(NEWS))
    sign_up(NEWS, WEEKLY)

    tend_readers(now=NOW + 8 * DAY)

    assert [row.topic.slug for row in Subscription.objects.all()] == [NEWS]


def test_who_has_stopped_is_gone_after_thirty_days():
    reader = make_reader(ADDRESS, topic(NEWS))
    readers.change_choices(reader, Choices(topics=()), paused_until=None, now=NOW)

    kept = tend_readers(now=NOW + 30 * DAY)
    erased = tend_readers(now=NOW + 31 * DAY)

    assert (kept, erased, Subscriber.objects.count()) == (0, 1, 0)


def test_counts_and_keys_go_when_they_are_of_no_use():
    reader = make_reader(ADDRESS, topic(NEWS))
    new_key(reader, Token.Purpose.MANAGE, now=NOW)
    unsubscribe_tokens([reader.pk], topic(NEWS))
    limits.may_send_link(ADDRESS, now=NOW)
    limits.count_form("192.0.2.0/24", now=NOW)
    readers.ask_for_link(ADDRESS, now=NOW)

    tend_readers(now=NOW + 10 * DAY)

    assert [row.purpose for row in Token.objects.all()] == [Token.Purpose.UNSUBSCRIBE]
    assert [model.objects.count() for model in (MailCount, HourCount, Ask)] == [0, 0, 0]


def test_erasing_leaves_nothing_that_names_the_reader():
    reader = make_reader(ADDRESS, topic(NEWS))
    unsubscribe_tokens([reader.pk], topic(NEWS))
    limits.may_send_link(ADDRESS, now=NOW)
    readers.ask_for_link(ADDRESS.upper(), now=NOW)
    subject = subject_of(reader.pk)

    erase(reader, how=How.LINK, now=NOW)

    gone = (Subscriber, Subscription, Token, MailCount, Ask, Suppression)
    assert [model.objects.count() for model in gone] == [0] * len(gone)
    assert [(row.subject, row.act) for row in Consent.objects.all()] == [(subject, Act.ERASED)]


def test_an_erased_reader_who_complained_stays_suppressed_as_a_hash():
    reader = make_reader(ADDRESS, topic(NEWS))
    readers.suppress(reader, reason=SuppressionReason.COMPLAINT, now=NOW)

    erase(reader, how=How.LINK, now=NOW)

    assert [row.reason for row in Suppression.objects.all()] == [SuppressionReason.COMPLAINT]


def test_a_copy_has_all_we_know(home):
    venue, district = make_venue("Ærtehaven"), make_district("Havnen")
    reader = make_reader(ADDRESS, topic(NEWS), venues=(venue,), districts=(district,), at=NOW)
    until = dt.datetime(2026, 4, 1, 22, tzinfo=dt.UTC)
    wanted = Choices(
        topics=(NEWS,),
        everything=False,
        venue_ids=(venue.pk,),
        district_ids=(district.pk,),
    )
    readers.change_choices(reader, wanted, paused_until=until, now=NOW)
    reader.refresh_from_db()

    assert json.loads(json.dumps(copy_of(reader))) == {
        "e-mail": ADDRESS,
        "kind": "citizen",
        "state": "active",
        "asked": "2026-03-02T09:00:00",
        "confirmed": "2026-03-02T09:00:00",
        "pause_until": "2026-04-02T00:00:00",
        "follows_everything": False,
        "follows_venues": ["Ærtehaven"],
        "follows_districts": ["Havnen"],
        "topics": [
            {
                "topic": "Nyt fra værestederne",
                "state": "active",
                "asked": "2026-03-02T09:00:00",
                "started": "2026-03-02T09:00:00",
                "ended": None,
                "ended_why": "",
            }
        ],
        "consents": [
            {
                "act": "changed",
                "topic": "",
                "how": "link",
                "wording": readers.WORDING,
                "at": "2026-03-02T09:00:00",
            }
        ],
        "mails_of_the_last_30_days": [],
    }


def test_what_a_deleted_venue_leaves_is_not_everything(home):
    venue = make_venue("Perlen")
    reader = make_reader(ADDRESS, topic(NEWS), venues=(venue,))

    venue.delete()

    assert follows_of([reader.pk]) == {reader.pk: Follows(everything=False)}


def test_follows_are_read_in_two_queries(home, django_assert_num_queries):
    venue, district = make_venue("Perlen"), make_district("Havnen")
    everything = make_reader("a@example.org")
    both = make_reader("b@example.org", venues=(venue,), districts=(district,))

    with django_assert_num_queries(2):
        found = follows_of([everything.pk, both.pk])

    assert found == {
        everything.pk: Follows(everything=True),
        both.pk: Follows(
            everything=False,
            venue_ids=frozenset({venue.pk}),
            district_ids=frozenset({district.pk}),
        ),
    }


@pytest.mark.parametrize(
    ("follows", "covered"),
    [
        (Follows(everything=True), True),
        (Follows(everything=False), False),
        (Follows(everything=False, venue_ids=frozenset({1})), True),
        (Follows(everything=False, venue_ids=frozenset({3})), False),
        (Follows(everything=False, district_ids=frozenset({7})), True),
    ],
)
def test_what_a_reader_follows_covers(follows, covered):
    assert follows.covers({1, 2}, {7}) is covered


def test_who_follows_a_venue_follows_the_one_it_becomes_part_of(home):
    old, new = make_venue("Kahytten"), make_venue("Lygten")
    make_reader("a@example.org", venues=(old,))
    make_reader("b@example.org", venues=(old, new))
    VenueMove.objects.create(
        venue=old, kind=VenueMove.Kind.MERGED, on=dt.date(2026, 3, 2), successor=new
    )

    early = follow_successors(now=NOW - DAY)
    added = follow_successors(now=NOW)
    again = follow_successors(now=NOW)

    assert (early, added, again) == (0, 1, 0)
    assert Follow.objects.filter(venue=new).count() == 2


def test_who_stops_following_the_new_place_is_not_signed_up_again(home):
    old, new = make_venue("Det gamle hus"), make_venue("Det nye hus")
    reader = make_reader("a@example.org", venues=(old,))
    VenueMove.objects.create(
        venue=old, kind=VenueMove.Kind.MERGED, on=dt.date(2026, 3, 2), successor=new
    )
    follow_successors(now=NOW)
    Follow.objects.filter(subscriber=reader, venue=new).delete()

    again = follow_successors(now=NOW + DAY)

    assert (again, Follow.objects.filter(subscriber=reader, venue=new).exists()) == (0, False)


def test_a_copy_says_which_mails_were_sent():
    reader = make_reader(ADDRESS, topic(NEWS), at=NOW)
    dispatch = make_dispatch(NOW, subject="Kaffe på Ærø")
    Delivery.objects.create(
        dispatch=dispatch, subscriber=reader, state=DeliveryState.SENT, settled_at=NOW
    )

    assert copy_of(reader)["mails_of_the_last_30_days"] == [
        {"subject": "Kaffe på Ærø", "state": "sent", "at": "2026-03-02T09:00:00"}
    ]


def test_a_reader_can_be_erased_while_mail_is_on_its_way():
    reader = make_reader(ADDRESS, topic(NEWS), at=NOW)
    Delivery.objects.create(dispatch=make_dispatch(NOW), subscriber=reader)

    erase(reader, how=How.LINK, now=NOW)

    assert list(Subscriber.objects.receiving(topic(NEWS), NOW)) == []


def test_erasing_a_reader_leaves_the_mail_of_a_colleague_at_the_same_address():
    """A leader who also asked for the newsletter still gets minutes and invitations."""
    reader = make_reader(ADDRESS, topic(NEWS))
    for purpose in ("leaders", "account_invitation", "newsletter_welcome"):
        post(purpose=purpose, to=ADDRESS, subject="Hej", text="Hej", key=purpose, now=NOW)

    erase(reader, how=How.LINK, now=NOW)

    left = OutgoingMail.objects.order_by("pk").values_list("purpose", flat=True)
    assert list(left) == ["leaders", "account_invitation"]
