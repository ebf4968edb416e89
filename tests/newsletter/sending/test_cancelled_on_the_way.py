"""A date is cancelled while an issue is being sent: every mail that leaves afterwards says so."""

import datetime as dt
from collections.abc import Callable
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest

from activities.actions import record_change, refresh_activity, undo_change
from activities.models import ActivityPage
from activities.taxonomy import ChangeKind
from newsletter.actions.issues import send_issue
from newsletter.transport import Offer, open_line
from tests.factories.activities import make_activity
from tests.factories.directory import make_venue
from tests.factories.issues import activities_block, make_issue, make_newsletters
from tests.factories.newsletter import make_reader, topic
from tests.harness.mail_sink import MailSink

TUESDAY = dt.datetime(2026, 3, 3, 17, 30)
READERS = 8
CANCELLED, PLANNED = "AFLYST: Fællesspisning", "17.30  Fællesspisning"

pytestmark = pytest.mark.django_db


class Interrupted:
    """A line on which something happens when the last byte but the dot is over."""

    def __init__(self, happenings: dict[int, Callable[[], Any]]) -> None:
        self.happenings, self.line, self.offered = happenings, open_line(), 0

    def offer(self, offer: Offer) -> None:
        self.line.offer(offer)
        self.offered += 1
        self.happenings.pop(self.offered, lambda: None)()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.line, name)


@pytest.fixture
def meal(home, clock) -> ActivityPage:
    """A meal tomorrow, in an issue that is due, with eight readers."""
    page = make_activity(make_venue("Perlen"), refresh=False)
    refresh_activity(page.pk, now=clock())
    for number in range(READERS):
        make_reader(f"laeser{number}@example.org", topic())
    issue = make_issue(make_newsletters(home.home), "Uge 10", activities_block(period="7"))
    send_issue(issue, due_at=clock(), now=clock())
    return page


def told(sink: MailSink) -> list[str]:
    """What each mail says of the meal, in the order they came."""
    texts = [
        message_from_bytes(mail.body, policy=SMTP).get_body(("plain",)).get_content()
        for mail in sink.mails
    ]
    return [next(words for words in (CANCELLED, PLANNED) if words in text) for text in texts]


def test_the_mail_in_the_air_is_written_anew(meal, sink, clock, work):
    def cancel() -> None:
        record_change(meal, kind=ChangeKind.CANCELLED, original=TUESDAY, now=clock())

    happenings = {3: cancel}
    while work(open_line=lambda: Interrupted(happenings)):
        pass

    assert told(sink) == [PLANNED, PLANNED, *[CANCELLED] * 6]
    assert sorted(sink.receivers()) == sorted(
        f"laeser{number}@example.org" for number in range(READERS)
    )


def test_what_is_put_back_is_on_again_in_the_rest(meal, sink, clock, work):
    row = record_change(meal, kind=ChangeKind.CANCELLED, original=TUESDAY, now=clock())
    happenings = {5: lambda: undo_change(row, now=clock())}

    while work(open_line=lambda: Interrupted(happenings)):
        pass

    assert told(sink) == [*[CANCELLED] * 4, *[PLANNED] * 4]
