"""Leaders' meetings: an agenda out of what is known, minutes that stay, and a plan that follows."""

import datetime as dt

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from core.models import OutgoingMail
from directory.models import VenueMove
from initiatives.actions import Refused, proposed_order, save_service
from initiatives.actions.meetings import (
    add_action,
    add_decision,
    add_item,
    add_note,
    call_meeting,
    change_meeting,
    move_item,
    remove_decision,
    remove_item,
    revise_plan_by,
    set_cancelled,
    set_done,
    take_proposals,
    write_minutes,
)
from initiatives.actions.minutes import send_agenda, settle_minutes
from initiatives.actions.rounds import open_round
from initiatives.agenda import proposals
from initiatives.domain.document import Heading
from initiatives.domain.rounds import Half
from initiatives.meeting_views import stored_minutes
from initiatives.models import ActionPlan, AgendaItem, LeadersMeeting, MeetingAction, SealedError
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.initiatives import make_catalogue, make_progress
from tests.factories.pages import SiteTree

NOW = timezone.make_aware(dt.datetime(2026, 11, 23, 9, 30))
ADMIN = "/admin/initiativer/moeder/"


def made_meeting(**fields: object) -> LeadersMeeting:
    """Call a meeting for today, at Perlen unless `fields` say otherwise."""
    values = {
        "on": NOW.date(),
        "starts": dt.time(9),
        "ends": dt.time(12),
        "place": "Rådhuset",
        "theme": "Ensomhed blandt unge",
        "speaker": "En projektleder",
    }
    return call_meeting(values | fields, now=NOW)


def titles(meeting: LeadersMeeting) -> list[str]:
    return list(meeting.items.values_list("title", flat=True))


def test_meeting_begins_with_its_standing_points(home: SiteTree) -> None:
    make_catalogue()

    meeting = made_meeting()

    assert titles(meeting) == ["Tema: Ensomhed blandt unge", "Opfølgning på initiativerne"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"place": "", "host_venue": None}, "host_venue"),
        ({"ends": dt.time(6)}, "ends"),
        ({}, "starts"),
    ],
)
def test_meeting_that_cannot_be_is_refused(
    home: SiteTree, fields: dict[str, object], field: str
) -> None:
    make_catalogue()
    made_meeting(starts=dt.time(9), ends=None)

    with pytest.raises(Refused) as refusal:
        made_meeting(**({"starts": dt.time(7)} if fields else {}) | fields)

    assert list(refusal.value.problems) == [field]
    assert LeadersMeeting.objects.count() == 1


def test_proposals_come_from_what_is_open_and_name_no_late_venue(home: SiteTree) -> None:
    make_catalogue()
    perlen = make_venue("Perlen")
    make_progress(
        "1b",
        perlen,
        at=NOW - dt.timedelta(days=300),
        status="started",
        agreed_start=dt.date(2026, 1, 5),
        agreed_deadline=dt.date(2026, 7, 5),
    )
    open_round(Half(2026, 2), deadline_on=dt.date(2026, 12, 4), now=NOW)
    save_service(
        None,
        {
            "venue": perlen,
            "title": "Sygeplejerske",
            "area": "health",
            "provider": "Sundhedsplejen",
            "status": "dialogue",
        },
        now=NOW,
    )
    earlier = made_meeting(on=dt.date(2026, 10, 1))
    add_action(
        earlier,
        {"text": "Saml tallene", "owner": "Lederen af Perlen", "due_on": dt.date(2026, 11, 1)},
    )
    meeting = made_meeting()

    found = {one.key.split(":")[0]: one for one in proposals(meeting, NOW)}

    assert set(found) == {"overdue", "action", "outreach"}
    assert found["overdue"].title == "1b Strategisk brugerinddragelse: over fristen"
    assert found["overdue"].note == "Den aftalte frist er gået 1 sted."
    assert found["action"].title == "Åben opgave: Saml tallene"
    assert found["outreach"].title == "Fremskudt indsats: Sygeplejerske, Perlen"


def test_venue_that_is_part_of_another_is_late_with_nothing(home: SiteTree) -> None:
    make_catalogue()
    perlen, stuen = make_venue("Perlen"), make_venue("Stuen")
    days = {"agreed_start": dt.date(2026, 1, 5), "agreed_deadline": dt.date(2026, 10, 1)}
    make_progress("1b", perlen, status="started", **days)
    make_progress("1b", stuen, status="started", **days)
    make_progress("1c", stuen, status="started", **days)
    VenueMove.objects.create(venue=stuen, kind="merged", on=NOW.date(), successor=perlen)
    meeting = made_meeting()

    found = {one.key: one.note for one in proposals(meeting, NOW)}

    assert found == {"overdue:1b": "Den aftalte frist er gået 1 sted."}


def test_taken_proposal_is_not_proposed_again_until_it_is_off(home: SiteTree) -> None:
    make_catalogue()
    meeting = made_meeting()
    item = meeting.items.get(source_key="follow-up")

    again = take_proposals(meeting, ["follow-up", "findes-ikke"], now=NOW)
    remove_item(item)

    assert again == 0
    assert [one.key for one in proposals(meeting, NOW)] == ["follow-up"]


def test_new_theme_is_the_one_on_the_agenda(home: SiteTree) -> None:
    make_catalogue()
    meeting = made_meeting()
    before = titles(meeting)

    change_meeting(meeting, {"theme": "Mad og fællesskab", "speaker": ""})
    point = meeting.items.get(source_key="theme")
    change_meeting(meeting, {"theme": ""})

    assert before == ["Tema: Ensomhed blandt unge", "Opfølgning på initiativerne"]
    assert (point.title, point.note) == ("Tema: Mad og fællesskab", "")
    assert titles(meeting) == ["Opfølgning på initiativerne"]


def test_points_change_places(home: SiteTree) -> None:
    make_catalogue()
    meeting = made_meeting()
    last = add_item(meeting, "Eventuelt")

    move_item(last, up=True)
    move_item(meeting.items.first(), up=True)

    assert titles(meeting) == [
        "Tema: Ensomhed blandt unge",
        "Eventuelt",
        "Opfølgning på initiativerne",
    ]


def test_agenda_goes_to_each_member_once_and_again_when_changed(home: SiteTree) -> None:
    make_catalogue()
    perlen = make_venue("Perlen")
    make_user("hanne@eksempelby.example", role="venue_leader", venue=perlen)
    make_user("chef@eksempelby.example", role="area_head")
    make_user("mette@eksempelby.example", role="staff", venue=perlen)
    meeting = made_meeting()

    first = send_agenda(meeting, now=NOW)
    send_agenda(meeting, now=NOW)
    once = OutgoingMail.objects.count()
    add_item(meeting, "Eventuelt")
    send_agenda(meeting, now=NOW)

    assert (first, once, OutgoingMail.objects.count()) == (2, 2, 4)
    mail = OutgoingMail.objects.first()
    assert [file.name for file in mail.attachments.all()] == ["dagsorden-2026-11-23.pdf"]


def test_fixed_minutes_go_out_as_pdf_and_never_change(home: SiteTree) -> None:
    catalogue, perlen = make_catalogue(), make_venue("Perlen")
    make_user("hanne@eksempelby.example", role="venue_leader", venue=perlen)
    meeting = made_meeting(host_venue=perlen)
    item = meeting.items.first()
    write_minutes(meeting, {item.pk: "Vi talte om aftenerne."}, present=[perlen])
    decision = add_decision(meeting, "Åbent torsdag aften.", initiative=catalogue["2a"])
    action = add_action(
        meeting, {"text": "Find en dato", "owner": "Lederen", "due_on": dt.date(2026, 12, 1)}
    )

    sent = settle_minutes(meeting, by=make_user(), now=NOW)
    before = stored_minutes(LeadersMeeting.objects.get())
    perlen.title = "Nyt navn"
    perlen.save()
    set_done(action, done=True, now=NOW)

    item.refresh_from_db()
    for attempt in (meeting.save, item.save, decision.delete, AgendaItem.objects.all().delete):
        with pytest.raises(SealedError), transaction.atomic():
            attempt()
    for refused in (
        lambda: add_item(meeting, "Eventuelt"),
        lambda: change_meeting(meeting, {"theme": "Noget andet"}),
        lambda: write_minutes(meeting, {item.pk: "Andet"}, present=[]),
        lambda: remove_decision(decision),
        lambda: set_cancelled(meeting, cancelled=True, now=NOW),
        lambda: settle_minutes(meeting, now=NOW),
    ):
        with pytest.raises(Refused):
            refused()
    note = add_note(meeting, "Det var fredag.", now=NOW)

    assert sent == 1
    assert stored_minutes(LeadersMeeting.objects.get()) == before
    assert Heading(3, "1. Tema: Ensomhed blandt unge") in before.blocks
    assert "2a: Åbent torsdag aften." in str(before.blocks)
    assert "Perlen" in str(before.blocks)
    assert list(meeting.notes.all()) == [note]
    mail = OutgoingMail.objects.get()
    assert [file.name for file in mail.attachments.all()] == ["referat-2026-11-23.pdf"]


def test_service_that_was_talked_about_is_coordinated(home: SiteTree) -> None:
    make_catalogue()
    values = {"venue": make_venue("Perlen"), "area": "job", "provider": "Jobcentret"}
    service = save_service(None, values | {"title": "Jobhjælp", "status": "agreed"}, now=NOW)
    silent = save_service(None, values | {"title": "Tøj", "status": "agreed"}, now=NOW)
    meeting = made_meeting()
    take_proposals(meeting, [f"outreach:{service.pk}", f"outreach:{silent.pk}"], now=NOW)
    item = meeting.items.get(source_key=f"outreach:{service.pk}")
    write_minutes(meeting, {item.pk: "Tirsdage fra januar."}, present=[])

    settle_minutes(meeting, now=NOW)

    service.refresh_from_db()
    silent.refresh_from_db()
    assert (service.coordinated_at, silent.coordinated_at) == (meeting, None)


def test_minutes_of_what_has_not_been_are_refused(home: SiteTree) -> None:
    make_catalogue()
    coming = made_meeting(on=dt.date(2026, 12, 8))
    cancelled = made_meeting()
    set_cancelled(cancelled, cancelled=True, now=NOW)

    for meeting in (coming, cancelled):
        with pytest.raises(Refused):
            settle_minutes(meeting, now=NOW)

    assert not LeadersMeeting.objects.filter(settled_at__isnull=False).exists()


def test_task_before_its_meeting_is_refused(home: SiteTree) -> None:
    make_catalogue()
    meeting = made_meeting()

    with pytest.raises(Refused) as refusal:
        add_action(meeting, {"text": "x", "owner": "y", "due_on": dt.date(2026, 11, 22)})

    assert list(refusal.value.problems) == ["due_on"]


def test_decision_revises_the_action_plan_once(home: SiteTree) -> None:
    make_catalogue()
    meeting = made_meeting()
    decision = add_decision(meeting, "Brobygning først.", reason="Foreningerne er klar.")
    order = list(reversed(proposed_order()))

    plan = revise_plan_by(
        decision, order, decision_text="Brobygning først.", reason="Klar.", now=NOW
    )
    with pytest.raises(Refused):
        revise_plan_by(decision, order, decision_text="Igen", reason="Igen", now=NOW)
    with pytest.raises(Refused):
        remove_decision(decision)

    decision.refresh_from_db()
    assert (decision.plan, plan.meeting, plan.present) == (plan, meeting, True)
    assert plan.lines.first().initiative.number == "5a"
    assert ActionPlan.objects.count() == 1


def test_task_of_another_venue_is_not_ticked(home: SiteTree) -> None:
    make_catalogue()
    perlen, stuen = make_venue("Perlen"), make_venue("Stuen")
    meeting = made_meeting()
    due = dt.date(2026, 12, 1)
    actions = [
        add_action(meeting, {"text": "x", "owner": "y", "due_on": due, "venue": venue})
        for venue in (perlen, stuen, None)
    ]
    client = Client()
    client.force_login(make_user("hanne@eksempelby.example", role="venue_leader", venue=perlen))

    statuses = [
        client.post(f"{ADMIN}{meeting.pk}/opgave/{action.pk}/udfoert/").status_code
        for action in actions
    ]

    done = MeetingAction.objects.filter(done_at__isnull=False).values_list("venue", flat=True)
    assert statuses == [302, 404, 302]
    assert set(done) == {perlen.pk, None}


def test_leader_calls_writes_and_decides_in_the_admin(home: SiteTree) -> None:
    make_catalogue()
    perlen = make_venue("Perlen")
    client = Client()
    client.force_login(make_user("hanne@eksempelby.example", role="venue_leader", venue=perlen))
    today = timezone.localdate()

    called = client.post(
        f"{ADMIN}nyt/",
        {"on": today.isoformat(), "starts": "9:00", "host_venue": perlen.pk, "theme": "Mad"},
    )
    meeting = LeadersMeeting.objects.get()
    item = meeting.items.first()
    client.post(
        f"{ADMIN}{meeting.pk}/referat/",
        {f"said-{item.pk}": "Vi spiste.", "present": [perlen.pk], "also_present": ""},
    )
    client.post(f"{ADMIN}{meeting.pk}/beslutning/", {"text": "Mad hver torsdag."})
    settled = client.post(f"{ADMIN}{meeting.pk}/fastlaeg/", follow=True)
    late = client.post(f"{ADMIN}{meeting.pk}/punkt/", {"title": "For sent"})
    paper = client.get(f"{ADMIN}{meeting.pk}/referat.pdf")

    meeting.refresh_from_db()
    assert called.url == f"{ADMIN}{meeting.pk}/"
    assert meeting.settled_at is not None
    assert "På vej til 1 medlem." in settled.content.decode()
    assert "Mad hver torsdag." in settled.content.decode()
    assert late.status_code == 422
    assert "Referatet er lagt fast og sendt." in late.content.decode()
    assert paper.headers["Content-Type"] == "application/pdf"
