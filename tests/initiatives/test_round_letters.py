"""Mail about a round: few, polite, and to those who miss an answer."""

import datetime as dt

from django.utils import timezone

from core.models import OutgoingMail
from initiatives.actions.letters import remind_of_round, tell_of_round
from initiatives.actions.rounds import answer_entry, lock_round, open_round
from initiatives.domain.rounds import Half, reminder_days, reminder_due
from initiatives.models import FollowUpRound, RoundReminder
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue
from tests.factories.pages import SiteTree
from tests.initiatives.test_rounds import ANSWER

NOW = timezone.make_aware(dt.datetime(2026, 11, 2, 9))
DEADLINE = dt.date(2026, 12, 4)


def on(day: int, month: int = 11) -> dt.datetime:
    return timezone.make_aware(dt.datetime(2026, month, day, 8, 5))


def opened() -> FollowUpRound:
    """Open a round for Perlen (led by Hanne, all answered) and Stuen (led by Bo)."""
    catalogue = make_catalogue()
    perlen, stuen = make_venue("Perlen"), make_venue("Stuen")
    make_user("hanne@eksempelby.example", role="venue_leader", venue=perlen, first_name="Hanne")
    make_user("bo@eksempelby.example", role="venue_leader", venue=stuen, first_name="Bo")
    make_user("chef@eksempelby.example", role="area_head", first_name="Jørgen")
    make_user("mette@eksempelby.example", role="staff", venue=stuen)
    asked = open_round(Half(2026, 2), deadline_on=DEADLINE, now=NOW)
    for entry in asked.entries.filter(venue=perlen):
        answer_entry(asked, catalogue[entry.initiative.number], perlen, ANSWER, now=NOW)
    return asked


def recipients() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


def test_opening_is_told_once_to_those_who_are_asked(home: SiteTree) -> None:
    asked = opened()

    count = tell_of_round(asked, now=NOW)
    tell_of_round(asked, now=NOW)

    assert count == 2
    assert recipients() == ["bo@eksempelby.example", "chef@eksempelby.example"]
    mail = OutgoingMail.objects.get(to="bo@eksempelby.example")
    assert (
        mail.subject
        == "Opfølgning, andet halvår 2026: svar gerne senest fredag den 4. december 2026"
    )
    assert "- Stuen: 10 svar mangler" in mail.text
    assert f"/admin/initiativer/opfoelgning/{asked.pk}/" in mail.text


def test_reminders_go_out_three_times_and_no_more(home: SiteTree) -> None:
    asked = opened()

    sent = [
        (day, remind_of_round(now=on(*day)))
        for day in [(19,), (20,), (20,), (21,), (1, 12), (2, 12), (6, 12), (7, 12), (20, 12)]
    ]

    assert [day for day, count in sent if count] == [(20,), (1, 12), (6, 12)]
    assert list(RoundReminder.objects.values_list("number", "recipients")) == [
        (1, 2),
        (2, 2),
        (3, 2),
    ]
    assert OutgoingMail.objects.count() == 6
    late = OutgoingMail.objects.filter(to="bo@eksempelby.example").last()
    assert late.subject == f"{asked}: vi mangler stadig svar fra dig"


def test_locked_round_reminds_nobody(home: SiteTree) -> None:
    lock_round(opened(), now=NOW, despite_missing=True)

    assert remind_of_round(now=on(20)) == 0
    assert not OutgoingMail.objects.exists()


def test_reminder_days_never_lie_before_the_round_opens() -> None:
    days = reminder_days(dt.date(2026, 11, 30), DEADLINE, (14, 3, -2))

    assert days == [dt.date(2026, 12, 1), dt.date(2026, 12, 6)]


def test_sleeping_worker_sends_the_newest_reminder_only() -> None:
    days = reminder_days(NOW.date(), DEADLINE, (14, 12, 3))

    assert reminder_due(days, dt.date(2026, 11, 23)) == 2
    assert reminder_due(days, dt.date(2026, 11, 19)) is None
    assert reminder_due(days, dt.date(2026, 11, 30)) is None
