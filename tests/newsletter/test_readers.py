"""What happens to a reader, from a form to an erasure."""

import datetime as dt

import pytest

from core.models import OutgoingMail
from newsletter.actions import readers
from newsletter.actions.readers import Choices
from newsletter.models import Ask, Consent, Subscriber, Subscription, Suppression, Token
from newsletter.taxonomy import (
    Act,
    Ended,
    How,
    ReaderKind,
    ReaderState,
    SubscriptionState,
    SuppressionReason,
)
from newsletter.tokens import subject_of, unsubscribe_key, unsubscribe_tokens
from tests.factories.directory import make_district, make_venue
from tests.factories.newsletter import make_reader, topic

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
NEWS, WEEKLY, STAFF = "nyt-fra-vaerestederne", "ugens-program", "til-personalet"
ADDRESS = "Aase@example.org"

pytestmark = pytest.mark.django_db


def sign_up(*slugs, email=ADDRESS, how=How.FORM, now=NOW, **choices):
    row = readers.ask(email, Choices(topics=slugs, **choices), how=how, now=now)
    readers.answer_ask(row.pk, deliverable=True, now=now)


def mails():
    return [(mail.purpose, mail.to) for mail in OutgoingMail.objects.order_by("pk")]


def key_in_last_mail(path):
    text = OutgoingMail.objects.latest("pk").text
    return text.split(f"/nyhedsbrev/{path}/")[1].split("/")[0]


def log_of(reader):
    rows = Consent.objects.filter(subject=subject_of(reader.pk))
    return [(row.act, row.how, row.topic) for row in rows]


def test_signing_up_leaves_a_pending_reader_and_one_mail():
    sign_up(NEWS, WEEKLY)

    reader = Subscriber.objects.get()
    assert (reader.email, reader.state, reader.confirmed_at) == (ADDRESS, ReaderState.PENDING, None)
    assert {row.state for row in reader.subscriptions.all()} == {SubscriptionState.PENDING}
    assert mails() == [("newsletter_confirm", ADDRESS)]
    assert log_of(reader) == [(Act.ASKED, How.FORM, NEWS), (Act.ASKED, How.FORM, WEEKLY)]
    assert not Ask.objects.exists()


def test_a_pending_reader_receives_nothing():
    sign_up(NEWS)

    assert list(Subscriber.objects.receiving(topic(NEWS), NOW)) == []


def test_saying_yes_makes_the_reader_active_and_sends_a_welcome():
    sign_up(NEWS)

    reader = readers.confirm(key_in_last_mail("bekraeft"), now=NOW)

    assert (reader.state, reader.confirmed_at) == (ReaderState.ACTIVE, NOW)
    assert list(Subscriber.objects.receiving(topic(NEWS), NOW)) == [reader]
    assert [purpose for purpose, _ in mails()] == ["newsletter_confirm", "newsletter_welcome"]
    assert log_of(reader) == [(Act.ASKED, How.FORM, NEWS), (Act.CONFIRMED, How.LINK, NEWS)]


def test_saying_yes_twice_changes_nothing():
    sign_up(NEWS)
    key = key_in_last_mail("bekraeft")
    readers.confirm(key, now=NOW)
    readers.end_subscription(unsubscribe_tokens_of(NEWS), now=NOW)

    again = readers.confirm(key, now=NOW)

    assert again.state == ReaderState.STOPPED
    assert len(mails()) == 2


def unsubscribe_tokens_of(slug):
    reader = Subscriber.objects.get()
    return unsubscribe_tokens([reader.pk], topic(slug))[reader.pk]


@pytest.mark.parametrize("days", [7, 8])
def test_a_link_to_confirm_works_for_seven_days(days):
    sign_up(NEWS)

    assert readers.confirm(key_in_last_mail("bekraeft"), now=NOW + dt.timedelta(days=days)) is None
    assert Subscriber.objects.get().state == ReaderState.PENDING


def test_an_unknown_key_confirms_nobody():
    sign_up(NEWS)

    assert readers.confirm("x" * 22, now=NOW) is None


def test_keys_are_not_stored():
    sign_up(NEWS)
    key = key_in_last_mail("bekraeft")

    assert len(Token.objects.get().digest) == 64
    assert not Token.objects.filter(digest__contains=key).exists()


def test_the_newest_form_stands_for_somebody_who_has_not_said_yes(home):
    sign_up(NEWS)
    sign_up(WEEKLY, everything=False, venue_ids=(make_venue("Perlen").pk,))

    reader = Subscriber.objects.get()
    assert [row.topic.slug for row in reader.subscriptions.all()] == [WEEKLY]
    assert [row.venue.title for row in reader.follows.all()] == ["Perlen"]
    assert reader.everything is False


def test_a_second_form_on_the_same_day_sends_no_second_mail():
    sign_up(NEWS)
    sign_up(NEWS, now=NOW + dt.timedelta(hours=23))

    assert len(mails()) == 1


def test_an_address_gets_three_confirmations_and_no_more():
    for days in range(6):
        sign_up(NEWS, now=NOW + dt.timedelta(days=days))

    assert len(mails()) == 3


def test_the_limit_counts_over_all_spellings_of_an_address():
    sign_up(NEWS, email="aase@example.org")
    sign_up(NEWS, email="AASE@example.org")

    assert len(mails()) == 1
    assert Subscriber.objects.count() == 1


def test_a_stranger_cannot_change_what_an_active_reader_gets(home):
    venue = make_venue("Perlen")
    reader = make_reader(ADDRESS, topic(NEWS), venues=(venue,))

    sign_up(NEWS, WEEKLY, email=ADDRESS.lower())

    reader.refresh_from_db()
    assert (reader.state, reader.everything, reader.email) == (ReaderState.ACTIVE, False, ADDRESS)
    assert [row.venue for row in reader.follows.all()] == [venue]
    assert list(Subscriber.objects.receiving(topic(WEEKLY), NOW)) == []
    assert mails() == [("newsletter_confirm", ADDRESS)]


def test_an_active_reader_says_yes_to_a_second_topic_by_mail():
    reader = make_reader(ADDRESS, topic(NEWS))
    sign_up(NEWS, WEEKLY)

    readers.confirm(key_in_last_mail("bekraeft"), now=NOW)

    assert list(Subscriber.objects.receiving(topic(WEEKLY), NOW)) == [reader]


def test_somebody_signed_up_already_gets_the_link_to_their_choices():
    make_reader(ADDRESS, topic(NEWS))

    sign_up(NEWS)

    assert mails() == [("newsletter_manage", ADDRESS)]


def test_links_to_choices_are_sent_three_times_a_day():
    make_reader(ADDRESS, topic(NEWS))

    for hours in range(6):
        sign_up(NEWS, now=NOW + dt.timedelta(hours=hours))

    assert len(mails()) == 3


def test_a_form_for_a_domain_without_mail_sends_nothing():
    row = readers.ask(ADDRESS, Choices(topics=(NEWS,)), how=How.FORM, now=NOW)

    readers.answer_ask(row.pk, deliverable=False, now=NOW)

    assert (mails(), Subscriber.objects.count(), Ask.objects.count()) == ([], 0, 0)


def test_a_form_is_answered_once():
    row = readers.ask(ADDRESS, Choices(topics=(NEWS,)), how=How.FORM, now=NOW)
    readers.answer_ask(row.pk, deliverable=True, now=NOW)

    readers.answer_ask(row.pk, deliverable=True, now=NOW)

    assert len(mails()) == 1


def test_strangers_cannot_ask_for_topics_of_the_staff():
    sign_up(STAFF)

    assert (mails(), Subscriber.objects.count()) == ([], 0)


def test_staff_sign_a_person_up_to_pending_only():
    sign_up(STAFF, how=How.STAFF)

    reader = Subscriber.objects.get()
    assert (reader.state, reader.kind) == (ReaderState.PENDING, ReaderKind.STAFF)
    assert log_of(reader) == [(Act.ASKED, How.STAFF, STAFF)]
    assert "skrevet dig op" in OutgoingMail.objects.get().text


def test_nobody_who_complained_is_mailed_again():
    reader = make_reader(ADDRESS, topic(NEWS))
    readers.suppress(reader, reason=SuppressionReason.COMPLAINT, now=NOW)

    sign_up(NEWS)

    assert mails() == []


def test_who_says_yes_again_after_a_bounce_is_no_longer_suppressed():
    reader = make_reader(ADDRESS, topic(NEWS))
    readers.suppress(reader, reason=SuppressionReason.HARD, now=NOW)
    sign_up(NEWS)

    readers.confirm(key_in_last_mail("bekraeft"), now=NOW)

    assert list(Subscriber.objects.receiving(topic(NEWS), NOW)) == [reader]


def test_suppressing_ends_everything_and_keeps_only_a_hash():
    reader = make_reader(ADDRESS, topic(NEWS), topic(WEEKLY))

    readers.suppress(reader, reason=SuppressionReason.HARD, now=NOW)

    reader.refresh_from_db()
    assert (reader.state, reader.stopped_at) == (ReaderState.STOPPED, NOW)
    assert {row.ended_why for row in reader.subscriptions.all()} == {Ended.BOUNCE}
    assert Suppression.objects.get().email_hmac == reader.email_hmac


def test_a_suppressed_address_receives_nothing_even_when_active():
    reader = make_reader(ADDRESS, topic(NEWS))
    Suppression.objects.create(
        email_hmac=reader.email_hmac, reason=SuppressionReason.HARD, since=NOW
    )

    assert list(Subscriber.objects.receiving(topic(NEWS), NOW)) == []


def test_a_reader_in_a_pause_receives_nothing_until_it_ends():
    until = NOW + dt.timedelta(days=14)
    reader = make_reader(ADDRESS, topic(NEWS), paused_until=until)

    before = Subscriber.objects.receiving(topic(NEWS), until - dt.timedelta(seconds=1))
    after = Subscriber.objects.receiving(topic(NEWS), until)

    assert (list(before), list(after)) == ([], [reader])


def test_changing_choices_starts_and_ends_at_once(home):
    district = make_district("Havnen")
    reader = make_reader(ADDRESS, topic(NEWS))
    until = NOW + dt.timedelta(days=30)
    wanted = Choices(topics=(WEEKLY,), everything=False, district_ids=(district.pk,))

    readers.change_choices(reader, wanted, paused_until=until, now=NOW)

    reader.refresh_from_db()
    states = dict(reader.subscriptions.values_list("topic__slug", "state"))
    assert states == {NEWS: SubscriptionState.ENDED, WEEKLY: SubscriptionState.ACTIVE}
    assert (reader.everything, reader.paused_until) == (False, until)
    assert [row.district for row in reader.follows.all()] == [district]
    assert log_of(reader) == [
        (Act.CONFIRMED, How.LINK, WEEKLY),
        (Act.WITHDRAWN, How.LINK, NEWS),
        (Act.CHANGED, How.LINK, ""),
    ]


def test_choosing_nothing_stops_the_reader_and_choosing_again_goes_on():
    reader = make_reader(ADDRESS, topic(NEWS))

    readers.change_choices(reader, Choices(topics=()), paused_until=None, now=NOW)
    stopped = Subscriber.objects.get().state
    readers.change_choices(reader, Choices(topics=(NEWS,)), paused_until=None, now=NOW)

    assert (stopped, Subscriber.objects.get().state) == (ReaderState.STOPPED, ReaderState.ACTIVE)


def test_a_citizen_cannot_choose_what_is_for_staff():
    reader = make_reader(ADDRESS, topic(NEWS))

    readers.change_choices(reader, Choices(topics=(NEWS, STAFF)), paused_until=None, now=NOW)

    assert not Subscription.objects.filter(topic=topic(STAFF)).exists()


def test_a_reader_keeps_a_topic_that_is_no_longer_on_offer():
    news = topic(NEWS)
    reader = make_reader(ADDRESS, news)
    news.active = False
    news.save()

    assert list(readers.topics_for(reader).filter(slug=NEWS)) == [news]


def test_leaving_one_topic_leaves_the_others():
    reader = make_reader(ADDRESS, topic(NEWS), topic(WEEKLY))
    key = unsubscribe_tokens([reader.pk], topic(NEWS))[reader.pk]

    ended = readers.end_subscription(key, now=NOW, how=How.ONE_CLICK)

    reader.refresh_from_db()
    assert (ended.state, ended.ended_why) == (SubscriptionState.ENDED, Ended.READER)
    assert reader.state == ReaderState.ACTIVE
    assert list(Subscriber.objects.receiving(topic(NEWS), NOW)) == []
    assert list(Subscriber.objects.receiving(topic(WEEKLY), NOW)) == [reader]
    assert log_of(reader) == [(Act.WITHDRAWN, How.ONE_CLICK, NEWS)]


def test_leaving_twice_is_noted_once():
    reader = make_reader(ADDRESS, topic(NEWS))
    key = unsubscribe_tokens([reader.pk], topic(NEWS))[reader.pk]
    readers.end_subscription(key, now=NOW)

    readers.end_subscription(key, now=NOW + dt.timedelta(days=1))

    assert Subscription.objects.get().ended_at == NOW
    assert len(log_of(reader)) == 1


def test_a_slip_can_be_taken_back_for_an_hour():
    reader = make_reader(ADDRESS, topic(NEWS))
    key = unsubscribe_tokens([reader.pk], topic(NEWS))[reader.pk]
    readers.end_subscription(key, now=NOW)

    late = readers.resume_subscription(key, now=NOW + dt.timedelta(hours=1))
    in_time = readers.resume_subscription(key, now=NOW + dt.timedelta(minutes=59))

    assert (late, in_time.state) == (None, SubscriptionState.ACTIVE)
    assert Subscriber.objects.get().state == ReaderState.ACTIVE


def test_the_key_to_leave_is_made_before_the_digest_is_stored():
    reader = make_reader(ADDRESS, topic(NEWS))
    key = unsubscribe_key(reader.pk, topic(NEWS))

    assert readers.end_subscription(key, now=NOW) is None
    assert unsubscribe_tokens([reader.pk], topic(NEWS)) == {reader.pk: key}
    assert readers.end_subscription(key, now=NOW).subscriber == reader


def test_links_in_old_mails_work_when_the_secret_key_has_changed(settings):
    reader = make_reader(ADDRESS, topic(NEWS))
    old = unsubscribe_tokens([reader.pk], topic(NEWS))[reader.pk]
    settings.SECRET_KEY = "another one"

    new = unsubscribe_tokens([reader.pk], topic(NEWS))[reader.pk]

    assert new != old
    assert readers.end_subscription(old, now=NOW).subscriber == reader


def test_keys_for_many_readers_cost_two_queries_and_then_one(django_assert_num_queries):
    everybody = [make_reader(f"laeser{number}@example.org").pk for number in range(30)]

    news = topic(NEWS)
    with django_assert_num_queries(2):
        unsubscribe_tokens(everybody, news)
    with django_assert_num_queries(1):
        unsubscribe_tokens(everybody, news)


def test_the_log_of_consents_is_only_added_to():
    reader = make_reader(ADDRESS, topic(NEWS))
    readers.change_choices(reader, Choices(topics=()), paused_until=None, now=NOW)
    row = Consent.objects.get()

    for change in (row.save, row.delete, Consent.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        Consent.objects.update(topic="")


def test_no_address_of_a_computer_is_stored_anywhere():
    names = {
        field.name
        for model in (Ask, Consent, Subscriber, Subscription, Token, Suppression)
        for field in model._meta.get_fields()
    }

    assert not {name for name in names if name.startswith("ip") or "remote" in name}


def test_who_chooses_anew_after_a_bounce_gets_mail_again():
    reader = make_reader(ADDRESS, topic(NEWS))
    readers.suppress(reader, reason=SuppressionReason.HARD, now=NOW)
    row = readers.ask_for_link(ADDRESS, now=NOW)
    readers.answer_ask(row.pk, deliverable=True, now=NOW)

    readers.change_choices(reader, Choices(topics=(NEWS,)), paused_until=None, now=NOW)

    assert mails() == [("newsletter_manage", ADDRESS)]
    assert list(Subscriber.objects.receiving(topic(NEWS), NOW)) == [reader]
