"""The newsletter desk: who gets in, what is shown, and what each button does."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Task
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from core.models import OutgoingMail
from directory.permissions import sync_groups
from directory.taxonomy import Role
from newsletter.actions.issues import send_issue
from newsletter.actions.sending import cancel, freeze_due
from newsletter.models import Delivery, Dispatch, IssuePage, WeeklyIssue, WeeklyPlan
from newsletter.sending_taxonomy import DispatchState
from tests.factories.activities import make_activity, make_schedule
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue
from tests.factories.issues import activities_block, make_issue, make_newsletters
from tests.factories.newsletter import make_reader, topic

pytestmark = pytest.mark.sqlite_is_enough

DESK = "/admin/nyhedsbreve/"
MONDAY = "2027-03-08"
GONE = 999_999


@pytest.fixture
def index(home):
    return make_newsletters(home.home)


@pytest.fixture
def issue(index):
    return make_issue(index)


@pytest.fixture
def reader(home):
    return make_reader("aase@example.org", topic())


@pytest.fixture
def editor(client, home):
    user = make_user("kommunikation@eksempelby.example", role=Role.COMMUNICATION)
    sync_groups(user)
    client.login(username=user.email, password=PASSWORD)
    return user


def inline_list(values):
    """Return the posted form of a list of plain values."""
    rows = {
        str(place): {"deleted": "", "order": str(place), "type": "item", "id": "", "value": value}
        for place, value in enumerate(values)
    }
    return {"count": str(len(values)), **rows}


def every_address(pk):
    return [
        ("get", DESK),
        ("get", f"{DESK}{pk}/"),
        ("get", f"{DESK}{pk}/mail/"),
        ("get", f"{DESK}uge/"),
        ("get", f"{DESK}uge/{MONDAY}/"),
        ("get", f"{DESK}uge/{MONDAY}/mail/"),
        ("post", f"{DESK}ny/"),
        ("post", f"{DESK}{pk}/proeve/"),
        ("post", f"{DESK}{pk}/send/"),
        ("post", f"{DESK}{pk}/tag-med/"),
        ("post", f"{DESK}uge/"),
        ("post", f"{DESK}uge/{MONDAY}/hold/"),
        ("post", f"{DESK}uge/{MONDAY}/send/"),
    ]


def said(client, answer):
    """Return the messages of the page an answer leads to."""
    page = client.get(answer["Location"])
    return [str(message).strip() for message in page.context["messages"]]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VENUE_LEADER, Role.STAFF, Role.VOLUNTEER])
def test_only_the_communication_team_gets_in(client, issue, role):
    user = make_user(role=role, venue=make_venue())
    sync_groups(user)
    client.login(username=user.email, password=PASSWORD)

    answers = {
        (method, url): getattr(client, method)(url) for method, url in every_address(issue.pk)
    }

    # Wagtail turns a refusal in its admin into a way back to the front page, with a message.
    assert {(each.status_code, each["Location"]) for each in answers.values()} == {(302, "/admin/")}
    assert not Dispatch.objects.exists()


def test_a_stranger_is_asked_to_log_in(client, issue):
    for method, url in every_address(issue.pk):
        answer = getattr(client, method)(url)

        assert answer.status_code == 302, url
        assert answer["Location"].startswith("/admin/login/"), url


def test_every_page_of_the_desk_opens_for_an_editor(client, issue, editor):
    shown = [
        client.get(url).status_code for method, url in every_address(issue.pk) if method == "get"
    ]

    assert shown == [200] * 6


def test_what_is_not_there_is_not_found(client, issue, editor):
    found = [
        client.get(f"{DESK}{GONE}/").status_code,
        client.get(f"{DESK}{GONE}/mail/").status_code,
        client.post(f"{DESK}{GONE}/send/").status_code,
        client.get(f"{DESK}uge/2027-03-09/").status_code,  # a Tuesday
        client.get(f"{DESK}uge/x/").status_code,
        client.post(f"{DESK}uge/9999-12-27/hold/").status_code,
    ]

    assert found == [404] * 6


def test_a_new_letter_begins_filled_and_leads_to_its_editor(client, index, editor):
    answer = client.post(f"{DESK}ny/", {"topic": topic().pk})

    draft = IssuePage.objects.get()
    assert answer["Location"] == f"/admin/pages/{draft.pk}/edit/"
    assert (draft.owner, len(draft.body), draft.live) == (editor, 2, False)


def test_a_topic_that_is_not_written_is_refused_in_words(client, index, editor):
    answer = client.post(f"{DESK}ny/", {"topic": topic("ugens-program").pk})

    assert said(client, answer) == ["Vælg et af emnerne."]
    assert not IssuePage.objects.exists()


def test_the_mail_is_shown_as_a_chosen_reader_gets_it(client, index, editor):
    mine, other = make_venue("Perlen"), make_venue("Stuen")
    today = timezone.localdate()
    for venue, title in ((mine, "Suppe"), (other, "Sang")):
        plan = make_schedule(today + dt.timedelta(days=1))
        make_activity(venue, title, schedules=[plan])
    issue = make_issue(index, "Nyt", activities_block(period="7"))

    everything = client.get(f"{DESK}{issue.pk}/mail/")
    chosen = client.get(f"{DESK}{issue.pk}/mail/?sted={mine.pk}")
    odd = client.get(f"{DESK}{issue.pk}/mail/?sted=x&sted={GONE}&bydel=-1")

    assert everything["X-Frame-Options"] == "SAMEORIGIN"
    assert ("Suppe" in everything.content.decode(), "Sang" in everything.content.decode()) == (
        True,
        True,
    )
    assert ("Suppe" in chosen.content.decode(), "Sang" in chosen.content.decode()) == (True, False)
    assert odd.status_code == 200


def test_a_test_goes_to_the_address_and_to_nobody_else(client, issue, reader, editor):
    answer = client.post(f"{DESK}{issue.pk}/proeve/", {"email": "rikke@eksempelby.example"})

    assert said(client, answer) == ["Prøven er på vej til rikke@eksempelby.example."]
    assert list(OutgoingMail.objects.values_list("to", "subject")) == [
        ("rikke@eksempelby.example", "Nyt fra værestederne")
    ]
    assert not Dispatch.objects.exists()


@pytest.mark.parametrize("address", ["", "rikke", "rikke@eksempelby.example\nBcc: a@example.org"])
def test_a_broken_address_is_told_beside_its_field(client, issue, editor, address):
    answer = client.post(f"{DESK}{issue.pk}/proeve/", {"email": address})

    assert answer.status_code == 422
    assert answer.context["test_form"].errors == {
        "email": ["Skriv en mailadresse, for eksempel navn@eksempelby.example."]
    }
    assert not OutgoingMail.objects.exists()


def test_before_it_is_sent_the_page_says_what_will_happen(client, issue, reader, editor):
    page = client.post(f"{DESK}{issue.pk}/send/", {"when": "nu"}).content.decode()

    assert "Nyhedsbrevet bliver sendt nu til færre end 5 læsere" in page
    assert not Dispatch.objects.exists()


def test_confirmed_it_is_sent(client, issue, reader, editor):
    answer = client.post(f"{DESK}{issue.pk}/send/", {"when": "nu", "confirmed": "1"})

    dispatch = Dispatch.objects.get()
    assert said(client, answer) == ["Nyhedsbrevet er på vej."]
    assert (dispatch.page_id, dispatch.created_by) == (issue.pk, editor)


def test_sent_twice_by_two_windows_it_leaves_once(client, issue, reader, editor):
    client.post(f"{DESK}{issue.pk}/send/", {"when": "nu", "confirmed": "1"})
    answer = client.post(f"{DESK}{issue.pk}/send/", {"when": "nu", "confirmed": "1"})

    assert said(client, answer)[-1] == (
        "Brevet er sendt eller planlagt. Det bliver kun sendt én gang."
    )
    assert Dispatch.objects.count() == 1


def test_planned_for_later_it_waits_for_its_time(client, issue, reader, editor):
    day = timezone.localdate() + dt.timedelta(days=3)
    typed = {"when": "senere", "day": f"{day:%d.%m.%Y}", "at": "9.30", "confirmed": "1"}

    client.post(f"{DESK}{issue.pk}/send/", typed)

    dispatch = Dispatch.objects.get()
    assert dispatch.state == DispatchState.WAITING
    assert timezone.localtime(dispatch.due_at).replace(tzinfo=None) == dt.datetime.combine(
        day, dt.time(9, 30)
    )
    assert "Planlagt" in client.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"when": "senere", "day": "3.3.2020", "at": "9.30"},
            {"day": ["Det tidspunkt er passeret. Vælg et senere, eller send det nu."]},
        ),
        (
            {"when": "senere", "day": "3.3.2190", "at": "9.30"},
            {"day": ["Det er mere end tre måneder ude i fremtiden. Vælg en tidligere dag."]},
        ),
        (
            {"when": "senere"},
            {
                "day": ["Skriv dagen, for eksempel 3.3.2026."],
                "at": ["Skriv klokkeslættet, for eksempel 17.30."],
            },
        ),
        (
            {"when": "senere", "day": "i morgen", "at": "25.00"},
            {
                "day": ["Skriv dagen som dag, måned og år, for eksempel 3.3.2026."],
                "at": ["Skriv klokkeslættet som timer og minutter, for eksempel 17.30."],
            },
        ),
    ],
)
def test_a_time_that_cannot_be_is_told_beside_its_field(
    client, issue, reader, editor, typed, errors
):
    answer = client.post(f"{DESK}{issue.pk}/send/", {**typed, "confirmed": "1"})

    assert answer.status_code == 422
    assert answer.context["send_form"].errors == errors
    assert not Dispatch.objects.exists()


def test_what_hinders_is_told_on_the_desk_and_nothing_can_be_sent(client, index, editor):
    issue = make_issue(index, greeting="")

    page = client.get(f"{DESK}{issue.pk}/").content.decode()
    client.post(f"{DESK}{issue.pk}/send/", {"when": "nu", "confirmed": "1"})

    assert "Der er ikke noget i brevet endnu." in page
    assert "Ingen modtager emnet endnu, så der er ingen at sende til." in page
    assert not Dispatch.objects.exists()


def test_changes_after_planning_are_told_and_taken_in(client, issue, reader, editor):
    day = timezone.localdate() + dt.timedelta(days=3)
    typed = {"when": "senere", "day": f"{day:%d.%m.%Y}", "at": "9.30", "confirmed": "1"}
    client.post(f"{DESK}{issue.pk}/send/", typed)
    issue.subject = "Et nyt emne"
    issue.save_revision()

    page = client.get(f"{DESK}{issue.pk}/").content.decode()
    answer = client.post(f"{DESK}{issue.pk}/tag-med/")

    assert "Brevet er rettet, siden det blev planlagt." in page
    assert said(client, answer) == ["Dine rettelser kommer med, når nyhedsbrevet bliver sendt."]
    assert Dispatch.objects.get().subject == "Et nyt emne"


def test_the_coming_week_is_held_back_and_let_go_again(client, home, editor):
    page = client.get(DESK)
    monday = page.context["weeks"][0].monday.isoformat()

    held = said(client, client.post(f"{DESK}uge/{monday}/hold/"))
    rows = list(WeeklyIssue.objects.values_list("state", flat=True))
    client.post(f"{DESK}uge/{monday}/send/")

    assert held == ["Ugens program er holdt tilbage. Der bliver ikke sendt noget."]
    assert rows == ["held"]
    assert not WeeklyIssue.objects.exists()


def test_the_time_of_the_weeks_programme_is_changed(client, home, editor):
    client.post(f"{DESK}uge/", {"active": "on", "weekday": "4", "at": "12"})
    wrong = client.post(f"{DESK}uge/", {"active": "on", "weekday": "9", "at": "kl. et"})

    plan = WeeklyPlan.objects.get()
    assert (plan.weekday, plan.at) == (4, dt.time(12))
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"weekday", "at"}


def test_the_page_in_the_editor_leads_to_the_desk_and_saves_its_blocks(client, issue, editor):
    page = client.get(f"/admin/pages/{issue.pk}/edit/")

    assert page.status_code == 200
    assert f'href="{DESK}{issue.pk}/"' in page.content.decode()


def checked(issue, **typed):
    """Return the editor's form with what was typed, checked."""
    data = {
        "title": issue.title,
        "slug": issue.slug,
        "topic": issue.topic_id,
        "greeting": rich_text(issue.greeting),
        "body": streamfield([]),
    } | typed
    form_class = IssuePage.get_edit_handler().get_form_class()
    form = form_class(nested_form_data(data), instance=issue, for_user=make_user(admin=True))
    form.is_valid()
    return form


def test_an_address_that_leads_elsewhere_is_refused(issue):
    form = checked(issue, slug="tilmeld")

    assert form.errors == {"slug": ["“tilmeld” er adressen på en anden side. Vælg noget andet."]}


def test_a_subject_is_one_line(issue):
    form = checked(issue, subject="Hej\r\nBcc: a@example.org", preheader=" to\nlinjer ")

    assert form.errors == {}
    assert form.cleaned_data["subject"] == "Hej Bcc: a@example.org"
    assert form.cleaned_data["preheader"] == "to linjer"


@pytest.mark.parametrize(
    ("block", "field", "message"),
    [
        (
            {"first": "3.3.2027", "last": "1.3.2027"},
            "last",
            "Den sidste dag ligger før den første.",
        ),
        (
            {"first": "", "last": "1.3.2027"},
            "first",
            "Skriv den første dag, for eksempel 3.3.2026.",
        ),
        (
            {"first": "1.3.2027", "last": "1.7.2027"},
            "last",
            "En liste kan højst se tre måneder frem.",
        ),
    ],
)
def test_days_that_contradict_each_other_are_told_beside_the_day(issue, block, field, message):
    part = {"heading": "Det sker", "period": "dates", "most": "20", "empty_text": "", **block}

    form = checked(issue, body=streamfield([("shared", part)]))

    (error,) = form.errors.as_data()["body"]
    assert error.block_errors[0].block_errors[field].messages == [message]


def test_a_venue_that_is_gone_is_told_beside_its_line(issue):
    part = {
        "heading": "Det sker",
        "period": "7",
        "first": "",
        "last": "",
        "most": "20",
        "empty_text": "",
        "venues": inline_list(["4711"]),
    }

    form = checked(issue, body=streamfield([("activities", part)]))

    (error,) = form.errors.as_data()["body"]
    assert error.block_errors[0].block_errors["venues"].block_errors[0].messages == [
        "Stedet findes ikke længere. Vælg et andet, eller fjern linjen."
    ]


@pytest.mark.parametrize("mode", ["", "mail", "tekst"])
def test_the_editors_preview_has_the_page_the_mail_and_the_text(client, issue, mode):
    answer = issue.make_preview_request(preview_mode=mode)

    assert answer.status_code == 200
    assert "Døren er åben." in answer.content.decode()


def titles(client, name):
    """Return what one list of the desk's front shows."""
    rows = client.get(DESK).context[name]
    return [row.page.title if name == "drafts" else row.dispatch.subject for row in rows]


def test_a_letter_published_by_hand_still_waits_to_be_sent(client, issue, reader, editor):
    issue.save_revision().publish()

    assert (titles(client, "drafts"), titles(client, "sent")) == (["Nyt fra værestederne"], [])


def test_a_letter_that_was_stopped_on_the_way_is_told_of_and_not_offered_again(
    client, issue, reader, editor
):
    now = timezone.now()
    dispatch = send_issue(issue, due_at=now, now=now)
    freeze_due(now=now)
    Delivery.objects.update(state="sent")
    cancel(dispatch, now=now)

    assert (titles(client, "drafts"), titles(client, "sent")) == ([], ["Nyt fra værestederne"])


def test_a_letter_called_off_before_its_time_is_a_draft_again(client, issue, reader, editor):
    now = timezone.now()
    dispatch = send_issue(issue, due_at=now + dt.timedelta(days=1), now=now)
    planned = titles(client, "planned")
    cancel(dispatch, now=now)

    assert planned == ["Nyt fra værestederne"]
    assert (titles(client, "drafts"), titles(client, "sent")) == (["Nyt fra værestederne"], [])


@pytest.mark.parametrize("many", [1, 3])
def test_the_desk_costs_the_same_however_many_letters_there_are(
    client, index, reader, editor, many, django_assert_max_num_queries
):
    now = timezone.now()
    for number in range(many):
        make_issue(index, f"Kladde {number}")
        send_issue(make_issue(index, f"Sendt {number}"), due_at=now, now=now)
    client.get(DESK)

    with django_assert_max_num_queries(70):
        client.get(DESK)


def test_the_channels_of_an_activity_name_the_letters_that_told_of_it(
    client, index, reader, editor
):
    now = timezone.now()
    plan = make_schedule(timezone.localdate() + dt.timedelta(days=1))
    activity = make_activity(make_venue(), "Suppe", schedules=[plan])
    page = f"/admin/kommunikation/aktivitet/{activity.pk}/"
    before = client.get(page).content.decode()
    send_issue(make_issue(index, "Nyt", activities_block(period="7")), due_at=now, now=now)
    freeze_due(now=now)

    after = client.get(page).content.decode()

    assert "Intet nyhedsbrev har fortalt om den endnu." in before
    assert "<b>Nyt</b>" in after
    assert "med 1 dato" in after


def test_without_an_archive_the_desk_says_so_and_leads_to_making_it(client, home, editor):
    page = client.get(DESK).content.decode()
    told = said(client, client.post(f"{DESK}ny/", {"topic": topic().pk}))
    made = client.get(f"/admin/pages/add/newsletter/newsletterindexpage/{home.home.pk}/")

    assert f'href="/admin/pages/add/newsletter/newsletterindexpage/{home.home.pk}/"' in page
    assert told == ["Lav først arkivet på hjemmesiden: Brevene ligger under det."]
    assert made.status_code == 200


def test_the_archive_has_one_address_whatever_it_is_called(home):
    index = make_newsletters(home.home, title="Breve fra stederne", slug="breve")

    assert index.url == "/nyhedsbrev/"


def body_of(answer):
    """Return what an answer says, also when it is a file that is written bit by bit."""
    return (answer.getvalue() if answer.streaming else answer.content).decode()


def test_the_round_of_approval_is_closed_to_editors_of_venues(client, issue, home):
    asks = make_user("rikke@eksempelby.example", role=Role.COMMUNICATION)
    state = issue.get_workflow().start(issue, asks)
    step = state.current_task_state
    user = make_user("bo@eksempelby.example", role=Role.EDITOR, venue=make_venue())
    sync_groups(user)
    client.login(username=user.email, password=PASSWORD)
    page, workflow = f"/admin/pages/{issue.pk}", "/admin/pages/workflow"
    addresses = [
        f"{page}/edit/",
        f"{page}/workflow_history/",
        f"{page}/workflow_history/detail/{state.pk}/",
        f"{workflow}/action/{issue.pk}/approve/{step.pk}/",
        f"{workflow}/action/{issue.pk}/approve/{GONE}/",
        f"{workflow}/collect_action_data/{issue.pk}/approve/{step.pk}/",
        f"{workflow}/confirm_cancellation/{issue.pk}/",
        *(f"{workflow}/preview/{issue.pk}/{task.pk}/" for task in Task.objects.all()),
        "/admin/workflows/list/",
        "/admin/workflows/tasks/index/",
        f"/admin/workflows/usage/{state.workflow_id}/",
        "/admin/reports/workflow/",
        "/admin/reports/workflow/results/",
        "/admin/reports/workflow/?export=csv",
        "/admin/reports/workflow_tasks/",
        "/admin/reports/workflow_tasks/results/",
        "/admin/reports/site-history/",
        "/admin/",
    ]

    client.post(f"{workflow}/action/{issue.pk}/approve/{step.pk}/")
    told = [address for address in addresses if issue.title in seen(client, address)]

    step.refresh_from_db()
    assert told == []
    assert step.status == step.STATUS_IN_PROGRESS


@pytest.mark.postgresql_too
def test_a_step_of_an_approval_is_nothing_to_a_stranger(client, issue):
    addresses = [
        f"/admin/pages/workflow/preview/{issue.pk}/1/",
        f"/admin/pages/workflow/preview/{GONE}/1/",
        "/admin/pages/workflow/preview/999999999999999999/1/",
    ]

    assert [client.get(address).status_code for address in addresses] == [404] * 3


def seen(client, address):
    """Return all that somebody sees who opens an address, also what is said on the next page."""
    answer = client.get(address, follow=True)
    body = answer.getvalue() if answer.streaming else answer.content
    return body.decode()


def test_a_colleague_approves_in_the_admin(client, issue, editor):
    asks = make_user("rikke@eksempelby.example", role=Role.COMMUNICATION)
    state = issue.get_workflow().start(issue, asks)
    step = state.current_task_state
    address = f"/admin/pages/workflow/action/{issue.pk}/approve/{step.pk}/"

    preview = client.get(f"/admin/pages/workflow/preview/{issue.pk}/{step.task_id}/")
    client.post(address, {"comment": "Fint."})

    step.refresh_from_db()
    assert preview.status_code == 200
    assert (step.status, step.finished_by) == (step.STATUS_APPROVED, editor)
    assert not IssuePage.objects.get().live
