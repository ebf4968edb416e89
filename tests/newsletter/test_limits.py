import datetime as dt

import pytest

from newsletter import limits
from newsletter.models import HourCount

NOW = dt.datetime(2026, 3, 2, 8, 10, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(hours=24)
ADDRESS = "aase@example.org"

pytestmark = pytest.mark.django_db


def test_a_network_has_five_forms_an_hour():
    answers = [limits.count_form("192.0.2.0/24", now=NOW) for _ in range(7)]

    assert answers == [True] * 5 + [False] * 2
    assert limits.count_form("198.51.100.0/24", now=NOW) is True
    assert limits.count_form("192.0.2.0/24", now=NOW + HOUR) is True


def test_what_a_network_has_too_much_of_does_not_fill_the_ceiling(settings):
    settings.NEWSLETTER_SIGN_UPS_AN_HOUR = 6
    for _ in range(20):
        limits.count_form("192.0.2.0/24", now=NOW)

    assert limits.count_form("198.51.100.0/24", now=NOW) is True
    assert limits.count_form("203.0.113.0/24", now=NOW) is False


def test_the_alarm_sounds_once_at_the_ceiling(settings):
    settings.NEWSLETTER_SIGN_UPS_AN_HOUR = 2
    sounds = []
    for number in range(5):
        limits.count_form(f"192.0.{number}.0/24", now=NOW)
        sounds.append(limits.is_first_over_the_ceiling(now=NOW))

    assert sounds == [False, False, True, False, False]


def test_counts_of_two_hours_cannot_be_put_together():
    limits.count_form("192.0.2.0/24", now=NOW)
    limits.count_form("192.0.2.0/24", now=NOW + HOUR)

    keys = list(HourCount.objects.values_list("key", flat=True))
    assert len(set(keys)) == 4
    assert not [key for key in keys if "192" in key]


def test_one_confirmation_a_day_and_three_until_the_owner_confirms():
    days = [0, 0, 1, 2, 3, 400]
    answers = [limits.may_ask_to_confirm(ADDRESS, now=NOW + day * DAY) for day in days]
    limits.forget_confirmations(ADDRESS)

    assert answers == [True, False, True, True, False, False]
    assert limits.may_ask_to_confirm(ADDRESS, now=NOW + 401 * DAY) is True


def test_a_mailbox_has_one_limit_for_all_its_tags():
    answers = [
        limits.may_ask_to_confirm(email, now=NOW)
        for email in ("aase@example.org", "aase+1@example.org", "AASE+2@example.org")
    ]

    assert answers == [True, False, False]


def test_three_links_within_a_day():
    hours = [0, 1, 2, 3, 23, 24]
    answers = [limits.may_send_link(ADDRESS, now=NOW + hour * HOUR) for hour in hours]

    assert answers == [True, True, True, False, False, True]
