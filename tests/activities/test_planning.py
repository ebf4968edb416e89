"""The internal planning sheet of a shared event: who may do what, what is kept, what comes back."""

import datetime as dt

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from activities.actions.planning import (
    PlanningError,
    count_taken,
    hand_over_planning,
    mark_task,
    remove_from_sheet,
    save_on_sheet,
    set_open_to_public,
    sheet_of,
    undo_on_sheet,
)
from activities.models import (
    PlanningChange,
    PlanningSheet,
    PlanningTask,
    SharedCost,
    VenueSeats,
)
from activities.planning import view_of
from activities.taxonomy import HostStatus
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.activities import make_activity, make_host, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
PARTY = dt.date(2026, 3, 20)
SECTIONS = ("intern", "admin")


@pytest.fixture(autouse=True)
def first_of_march(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event(home):
    """Perlen's party with Ankeret, to which Stuen is asked and Klub Vera said no."""
    plan = [make_schedule(PARTY, frequency="once", weekdays=[])]
    page = make_shared_event(
        home.shared, make_venue("Perlen"), make_venue("Ankeret"), schedules=plan
    )
    make_host(page, make_venue("Stuen"), status=HostStatus.INVITED)
    make_host(page, make_venue("Klub Vera"), status=HostStatus.DECLINED)
    return page


def venue_of(event, title):
    return event.hosts.get(venue__title=title).venue


def log_in(client, role, venue=None, email="nogen@eksempelby.example"):
    user = make_user(email, role=role, venue=venue)
    sync_groups(user)
    client.force_login(user)
    return user


def address(event, rest="", section="intern"):
    return f"/{section}/faelles/{event.pk}/plan/{rest}"


def add_task(event, text="Bestil bussen", **fields):
    task = PlanningTask(sheet=sheet_of(event), text=text, **fields)
    save_on_sheet(task, now=NOW)
    return task


# Rights


@pytest.mark.parametrize(
    ("role", "at", "reads", "writes"),
    [
        (Role.STAFF, "Perlen", 200, 302),
        (Role.EDITOR, "Perlen", 200, 302),
        (Role.VENUE_LEADER, "Ankeret", 200, 302),
        (Role.STAFF, "Ankeret", 200, 302),
        (Role.STAFF, "Stuen", 200, 403),  # invited: reads
        (Role.EDITOR, "Stuen", 200, 403),
        (Role.VOLUNTEER, "Perlen", 404, 404),
        (Role.EDITOR, "Klub Vera", 404, 404),  # said no
        (Role.EDITOR, "Fremmede", 404, 404),
        (Role.COMMUNICATION, "", 200, 302),
        (Role.AREA_HEAD, "", 200, 403),
    ],
)
def test_the_hosts_people_write_invited_ones_read_and_nobody_else_knows(
    client: Client, event, role, at, reads, writes
) -> None:
    host = event.hosts.filter(venue__title=at).first()
    venue = host.venue if host else (make_venue(at) if at else None)
    log_in(client, role, venue)

    read = [client.get(address(event, section=section)).status_code for section in SECTIONS]
    wrote = client.post(address(event, "koersel/"), {"transport": "Vi går."}).status_code

    assert (read, wrote) == ([reads, reads], writes)
    assert PlanningSheet.objects.filter(transport="Vi går.").exists() is (writes == 302)


def test_a_visitor_is_asked_to_log_in(client, event):
    answer = client.get(address(event))

    assert (answer.status_code, answer["Location"][:14]) == (302, "/admin/login/?")


def test_what_nobody_holds_together_has_no_sheet(client, home):
    activity = make_activity(make_venue("Perlen"))
    log_in(client, Role.EDITOR, activity.get_parent().specific)

    assert client.get(address(activity)).status_code == 404


def test_rows_of_another_sheet_cannot_be_reached_through_ones_own(client, event, home):
    other = make_shared_event(home.shared, make_venue("Kahytten"), title="Skovtur")
    task = add_task(other)
    change = PlanningChange.objects.get()
    log_in(client, Role.EDITOR, venue_of(event, "Perlen"))

    paths = [
        f"opgave/{task.pk}/gjort/",
        f"opgave/{task.pk}/fjern/",
        f"opgave/{task.pk}/",
        f"fortryd/{change.pk}/",
        f"pladser/{other.hosts.get().venue_id}/tael/",
    ]
    statuses = [client.post(address(event, path), {"text": "Mit"}).status_code for path in paths]

    task.refresh_from_db()
    assert (statuses, task.text, task.removed) == ([404] * 5, "Bestil bussen", False)


def test_who_may_come_is_for_editors_of_the_hosts(client, event):
    log_in(client, Role.STAFF, venue_of(event, "Ankeret"))
    refused = client.post(address(event, "aabent/"), {"open_to_public": "no"}).status_code
    log_in(client, Role.EDITOR, venue_of(event, "Ankeret"), "redaktoer@ankeret.example")
    done = client.post(address(event, "aabent/"), {"open_to_public": "no"}).status_code

    event.refresh_from_db()
    assert (refused, done, event.open_to_public) == (403, 302, False)


# Writing


def test_a_task_is_written_done_late_and_taken_away(client, event):
    perlen = venue_of(event, "Perlen")
    log_in(client, Role.STAFF, perlen)

    data = {"text": "Bestil bussen", "venue": str(perlen.pk), "due_on": "28.2.2026"}
    client.post(address(event, "opgave/ny/"), data)
    task = PlanningTask.objects.get()
    late = view_of(event, now=NOW).overdue
    client.post(address(event, f"opgave/{task.pk}/gjort/"), {"done": "yes"})
    done = view_of(event, now=NOW)
    client.post(address(event, f"opgave/{task.pk}/fjern/"))

    assert (task.venue, task.due_on, late) == (perlen, dt.date(2026, 2, 28), 1)
    assert (done.overdue, done.undone) == (0, 0)
    assert view_of(event, now=NOW).tasks == []
    acts = list(PlanningChange.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["task_added", "task_done", "task_removed"]


def test_a_venue_that_does_not_hold_it_cannot_be_made_responsible(client, event):
    log_in(client, Role.STAFF, venue_of(event, "Perlen"))

    data = {"text": "Bestil bussen", "venue": str(venue_of(event, "Stuen").pk)}
    answer = client.post(address(event, "opgave/ny/"), data)

    assert (answer.status_code, PlanningTask.objects.count()) == (200, 0)
    assert list(answer.context["form"].errors) == ["venue"]


@pytest.mark.parametrize(
    ("typed", "amount", "fields"),
    [
        ("250", 25000, []),
        ("1.234,50", 123450, []),
        ("0", 0, []),
        ("", None, ["amount"]),
        ("mange", None, ["amount"]),
        ("-5", None, ["amount"]),
        ("999999999999", None, ["amount"]),
    ],
)
def test_an_expense_is_typed_in_kroner_and_kept_in_oere(client, event, typed, amount, fields):
    log_in(client, Role.STAFF, venue_of(event, "Perlen"))

    answer = client.post(address(event, "udgift/ny/"), {"what": "Mad", "amount": typed})

    stored = SharedCost.objects.values_list("amount", flat=True).first()
    errors = [] if answer.status_code == 302 else list(answer.context["form"].errors)
    assert (stored, errors) == (amount, fields)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"seats": "12", "taken": "12"}, []),
        ({"seats": "", "taken": "4"}, []),
        ({"seats": "12", "taken": "13"}, ["taken"]),
        ({"seats": "-1"}, ["seats"]),
        ({"seats": "5001"}, ["seats"]),
        ({"seats": "tolv"}, ["seats"]),
    ],
)
def test_places_are_plain_numbers(client, event, typed, fields):
    ankeret = venue_of(event, "Ankeret")
    log_in(client, Role.STAFF, venue_of(event, "Perlen"))

    answer = client.post(address(event, f"pladser/{ankeret.pk}/"), typed)

    errors = [] if answer.status_code == 302 else list(answer.context["form"].errors)
    assert errors == fields
    assert VenueSeats.objects.filter(taken__isnull=False).exists() is (not fields)


def test_looking_at_a_form_stores_nothing(client, event):
    log_in(client, Role.STAFF, venue_of(event, "Perlen"))
    ankeret = venue_of(event, "Ankeret").pk

    pages = ["", "udskriv/", "opgave/ny/", "udgift/ny/", f"pladser/{ankeret}/", "koersel/"]
    statuses = [client.get(address(event, page)).status_code for page in pages]

    assert (statuses, PlanningSheet.objects.count()) == ([200] * 6, 0)


def test_counting_stays_between_none_and_all_and_is_one_change(event):
    rikke = make_user()
    seats = VenueSeats(sheet=sheet_of(event), venue=venue_of(event, "Perlen"), seats=2)
    save_on_sheet(seats, by=rikke, now=NOW)

    for minute, step in enumerate([1, 1, 1, -1]):
        count_taken(seats, step, by=rikke, now=NOW + dt.timedelta(hours=1) + minute * MINUTE)

    seats.refresh_from_db()
    changes = PlanningChange.objects.order_by("pk")
    assert seats.taken == 1
    assert [(row.before["taken"], row.after["taken"]) for row in changes] == [
        (None, None),
        (None, 1),
    ]


def test_one_persons_counting_is_not_mixed_with_anothers(event):
    rikke, torben = make_user(), make_user("torben@eksempelby.example")
    seats = VenueSeats(sheet=sheet_of(event), venue=venue_of(event, "Perlen"), seats=9)
    save_on_sheet(seats, by=rikke, now=NOW)

    count_taken(seats, 1, by=torben, now=NOW + MINUTE)
    count_taken(seats, 1, by=rikke, now=NOW + 2 * MINUTE)

    assert PlanningChange.objects.count() == 3


def test_afterwards_comes_when_the_event_has_begun(client, event, time_machine):
    perlen = venue_of(event, "Perlen")
    before = view_of(event, now=NOW).has_begun
    time_machine.move_to(dt.datetime(2026, 3, 21, 9, tzinfo=dt.UTC), tick=False)
    log_in(client, Role.STAFF, perlen)

    client.post(address(event, f"fremmoede/{perlen.pk}/"), {"participants": "17"})
    client.post(address(event, "erfaringer/"), {"learned": "Flere håndklæder."})

    view = view_of(event, now=dt.datetime(2026, 3, 21, 9, tzinfo=dt.UTC))
    assert (before, view.has_begun, view.participants) == (False, True, 17)
    assert view.sheet.learned == "Flere håndklæder."


def test_a_host_that_steps_back_keeps_its_numbers_on_the_sheet(event):
    ankeret = venue_of(event, "Ankeret")
    save_on_sheet(VenueSeats(sheet=sheet_of(event), venue=ankeret, seats=5), now=NOW)

    event.hosts.filter(venue=ankeret).update(status=HostStatus.DECLINED)

    counts = view_of(event, now=NOW).counts
    assert [(row.name, row.seats) for row in counts] == [("Perlen", None), ("Ankeret", 5)]


def test_money_is_summed_by_who_pays(event):
    sheet, perlen = sheet_of(event), venue_of(event, "Perlen")
    for what, amount, venue in [("Mad", 25000, perlen), ("Bus", 5050, perlen), ("Lys", 100, None)]:
        save_on_sheet(SharedCost(sheet=sheet, what=what, amount=amount, venue=venue), now=NOW)

    view = view_of(event, now=NOW)

    assert (view.costs_in_all, view.payers[0]) == (30150, ("Perlen", "300,50 kr."))


# Taking back


def test_each_kind_of_change_is_taken_back(event):
    sheet = sheet_of(event)
    task = add_task(event, due_on=PARTY)
    mark_task(task, done=True, now=NOW + MINUTE)
    remove_from_sheet(task, now=NOW + 2 * MINUTE)
    sheet.transport = "Bus"
    save_on_sheet(sheet, now=NOW + 3 * MINUTE)

    for change in list(PlanningChange.objects.all()):
        undo_on_sheet(change, now=NOW + 4 * MINUTE)

    task.refresh_from_db()
    sheet.refresh_from_db()
    assert (task.removed, task.done_at, task.due_on, task.text, sheet.transport) == (
        True,  # as before it was added
        None,
        PARTY,
        "Bestil bussen",
        "",
    )


def test_what_somebody_changed_again_is_not_taken_back_over_their_heads(event):
    task = add_task(event)
    first = PlanningChange.objects.get()
    task.text = "Bestil to busser"
    save_on_sheet(task, now=NOW + MINUTE)

    with pytest.raises(PlanningError, match="changed_since"):
        undo_on_sheet(first, now=NOW + 2 * MINUTE)

    task.refresh_from_db()
    assert (task.text, task.removed) == ("Bestil to busser", False)


def test_a_change_is_taken_back_once(event):
    add_task(event)
    change = PlanningChange.objects.get()
    undo_on_sheet(change, now=NOW)

    with pytest.raises(PlanningError, match="undone"):
        undo_on_sheet(change, now=NOW)


def test_only_the_newest_standing_change_of_a_row_offers_the_way_back(event):
    task = add_task(event)
    mark_task(task, done=True, now=NOW + MINUTE)

    rows = view_of(event, now=NOW + MINUTE).changes

    assert [(row.change.act, row.may_undo) for row in rows] == [
        ("task_done", True),
        ("task_added", False),
    ]


def test_saving_without_a_change_notes_nothing(event):
    task = add_task(event)

    again = save_on_sheet(task, now=NOW + MINUTE)

    assert (again, PlanningChange.objects.count()) == (None, 1)


def test_the_event_remembers_in_its_history_who_did_what(client, event):
    rikke = log_in(client, Role.EDITOR, venue_of(event, "Perlen"))
    task = PlanningTask(sheet=sheet_of(event), text="Bestil bussen")
    change = save_on_sheet(task, by=rikke, now=NOW)
    undo_on_sheet(change, by=rikke, now=NOW)

    entries = PageLogEntry.objects.filter(page=event.pk, user=rikke).order_by("pk")

    assert [(entry.action, entry.data["words"]) for entry in entries] == [
        ("fristed.planned", "Bestil bussen"),
        ("fristed.planning_undone", "Bestil bussen"),
    ]
    assert client.get(f"/admin/pages/{event.pk}/history/").status_code == 200


def test_undo_is_one_press_and_says_what_it_did(client, event):
    log_in(client, Role.STAFF, venue_of(event, "Perlen"))
    client.post(address(event, "opgave/ny/"), {"text": "Bestil bussen"})
    change = PlanningChange.objects.get()

    answer = client.post(address(event, f"fortryd/{change.pk}/"), follow=True)

    assert answer.context["done"]["text"]
    assert view_of(event, now=NOW).tasks == []


def test_a_venue_that_is_gone_comes_back_nowhere(event):
    gone = make_venue("Kahytten")
    task = add_task(event, venue=gone)
    task.venue = venue_of(event, "Perlen")
    moved = save_on_sheet(task, now=NOW + MINUTE)
    gone.delete()

    undo_on_sheet(moved, now=NOW + 2 * MINUTE)

    task.refresh_from_db()
    assert task.venue is None


def test_a_merged_venues_part_of_the_planning_goes_to_its_successor(event):
    ankeret, stuen = venue_of(event, "Ankeret"), venue_of(event, "Stuen")
    task = add_task(event, venue=ankeret)
    save_on_sheet(VenueSeats(sheet=task.sheet, venue=ankeret, seats=5), now=NOW)

    hand_over_planning(ankeret, stuen)

    task.refresh_from_db()
    assert (task.venue, VenueSeats.objects.get().venue) == (stuen, stuen)


# Open to everybody


def test_who_may_come_holds_live_and_in_the_draft_and_publishes_no_draft(event):
    draft = event.get_latest_revision_as_object()
    draft.title = "Sommerfest med dans"
    draft.save_revision()

    changed = [set_open_to_public(event, False, now=NOW) for _ in range(2)]

    event.refresh_from_db()
    waiting = event.get_latest_revision_as_object()
    assert changed == [True, False]
    assert (event.title, event.open_to_public) == ("Sommerfest", False)
    assert (waiting.title, waiting.open_to_public) == ("Sommerfest med dans", False)


# Reading


def test_a_sheet_costs_the_same_however_much_stands_on_it(event, django_assert_num_queries):
    view_of(event, now=NOW)
    add_task(event)
    with django_assert_num_queries(8):
        view_of(event, now=NOW)

    for number in range(3):
        add_task(event, f"Opgave {number}", venue=venue_of(event, "Perlen"))

    with django_assert_num_queries(8):
        view_of(event, now=NOW)


def test_names_have_no_place_on_the_sheet(client, event):
    """The fields that could hold one say so."""
    log_in(client, Role.STAFF, venue_of(event, "Perlen"))
    perlen = venue_of(event, "Perlen").pk
    forms = ["opgave/ny/", "koersel/", "erfaringer/", f"pladser/{perlen}/", f"fremmoede/{perlen}/"]

    hints = [
        [field.help_text for field in client.get(address(event, form)).context["form"]]
        for form in forms
    ]

    assert [any("navne" in str(text) or "Navne" in str(text) for text in row) for row in hints] == [
        True
    ] * 5


def test_the_printed_sheet_has_nothing_to_press(client, event):
    add_task(event)
    log_in(client, Role.STAFF, venue_of(event, "Perlen"))

    html = client.get(address(event, "udskriv/")).content.decode()

    assert ("Bestil bussen" in html, "<button" in html) == (True, False)


def test_ones_events_are_listed_with_what_waits(client, event, home):
    add_task(event, due_on=dt.date(2026, 2, 1))
    add_task(event, "Find musik")
    make_shared_event(home.shared, make_venue("Kahytten"), title="Skovtur")
    log_in(client, Role.STAFF, venue_of(event, "Ankeret"))

    rows = client.get("/intern/faelles/").context["rows"]

    assert [(row.activity.title, row.undone, row.overdue) for row in rows] == [("Sommerfest", 2, 1)]
