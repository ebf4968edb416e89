"""The pages of a sending in the admin: who sees them, what they say, what their buttons do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.taxonomy import Role
from newsletter.actions.sending import freeze_due, pause
from newsletter.models import Delivery, Dispatch
from newsletter.sending_taxonomy import DeliveryState, DispatchState
from newsletter.sending_wording import figures_of
from tests.factories.core import make_user
from tests.factories.directory import make_venue
from tests.factories.sending import make_dispatch, make_readers
from tests.harness.mail_sink import DOT, RCPT, TAKE_AND_DROP

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]
PAGES = ("sending", "cancel", "doubts")
BUTTONS = ("pause", "resume", "policy", "resend", "cancel")


def address(name, dispatch):
    return reverse(f"newsletter_sending:{name}", args=[dispatch.pk])


def again(dispatch):
    return Dispatch.objects.get(pk=dispatch.pk)


@pytest.fixture
def editor(client, home):
    client.force_login(make_user(role=Role.COMMUNICATION))
    return client


def shown(client, name, dispatch):
    answer = client.get(address(name, dispatch))
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_the_communication_team_reaches_them(client, home, clock):
    dispatch = make_dispatch(clock())
    client.force_login(make_user(role=Role.VENUE_LEADER, venue=make_venue()))

    shut = reverse("wagtailadmin_home")
    assert client.get(reverse("newsletter_sending:index")).url == shut
    for name in PAGES:
        assert client.get(address(name, dispatch)).url == shut
    for name in BUTTONS:
        assert client.post(address(name, dispatch)).url == shut
    assert again(dispatch).state == DispatchState.WAITING


def test_nobody_without_a_login_reaches_them(client, home, clock):
    dispatch = make_dispatch(clock())

    for name in PAGES:
        assert client.get(address(name, dispatch)).url.startswith("/admin/login/")


def test_a_sending_that_does_not_exist_is_not_found(editor, clock):
    dispatch = make_dispatch(clock())
    url = address("sending", dispatch)
    dispatch.delete()

    assert editor.get(url).status_code == 404
    assert editor.post(url + "pause/").status_code == 404


def test_looking_changes_nothing(editor, clock):
    dispatch = make_dispatch(clock())

    for name in ("pause", "resume", "policy", "resend"):
        assert editor.get(address(name, dispatch)).status_code == 405
    editor.get(address("cancel", dispatch))
    assert again(dispatch).state == DispatchState.WAITING


def test_the_list_shows_every_sending(editor, clock):
    make_dispatch(clock(), subject="Nyt i marts")
    make_dispatch(clock(), subject="Nyt i april")

    page = editor.get(reverse("newsletter_sending:index")).content.decode()

    assert page.count("Nyt i marts") == 1
    assert page.count("Nyt i april") == 1


def test_the_list_asks_as_often_for_three_as_for_one(editor, clock):
    editor.get(reverse("newsletter_sending:index"))  # what is kept from now on
    counts = []
    for number in (1, 2):
        for key in range(number):
            make_dispatch(clock(), key=f"{number} {key}")
        with CaptureQueriesContext(connection) as asked:
            editor.get(reverse("newsletter_sending:index"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_sending_under_way_renews_itself_and_one_that_is_done_does_not(editor, sink, clock, work):
    make_readers(2)
    dispatch = make_dispatch(clock())
    assert "Refresh" not in editor.get(address("sending", dispatch)).headers
    freeze_due(now=clock())
    assert editor.get(address("sending", dispatch)).headers["Refresh"] == "5"
    work()
    assert "Refresh" not in editor.get(address("sending", dispatch)).headers


def test_pause_goes_on_and_stop(editor, clock):
    make_readers(3)
    dispatch = make_dispatch(clock())
    freeze_due(now=clock())

    editor.post(address("pause", dispatch))
    assert again(dispatch).state == DispatchState.PAUSED
    editor.post(address("cancel", dispatch))

    assert again(dispatch).state == DispatchState.CANCELLED
    assert Delivery.objects.filter(reason="cancelled").count() == 3


def test_what_cannot_be_done_is_said(editor, sink, clock, work):
    make_readers(1)
    dispatch = make_dispatch(clock())
    work()

    for name in ("pause", "resume", "cancel", "resend"):
        answer = editor.post(address(name, dispatch), follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert again(dispatch).state == DispatchState.DONE


def test_the_result_is_shown_by_number_and_reason(editor, sink, clock, work):
    make_readers(4)
    dispatch = make_dispatch(clock(), doubt_policy="hold")
    acts = {
        (RCPT, "laeser0@example.org"): "550 5.1.1 no such user",
        (DOT, "laeser1@example.org"): TAKE_AND_DROP,
    }
    sink.rule = lambda step: acts.get((step.name, step.receiver))

    work()
    figures = figures_of(again(dispatch))

    assert [line.number for line in figures.lines] == [2, 0, 0, 1, 1, 0]
    assert [number for _label, number in figures.lines[3].parts] == [1]
    assert (figures.audience, figures.settled, figures.doubts, figures.held) == (4, 4, 1, 1)
    assert "@example.org" not in shown(editor, "sending", dispatch)


def test_doubts_are_listed_without_names_and_sent_once_more_by_a_button(
    editor, sink, clock, work, monkeypatch
):
    make_readers(1)
    dispatch = make_dispatch(clock(), doubt_policy="hold")
    sink.rule = lambda step: TAKE_AND_DROP if step.name == DOT else None
    work()
    number = sink.mails[0].body.split(b"Message-ID: <")[1].split(b"@")[0].decode()

    page = shown(editor, "doubts", dispatch)
    assert number in page
    assert "laeser0" not in page

    monkeypatch.setattr("newsletter.sending_views.enqueue_named", lambda name: None)
    editor.post(address("resend", dispatch))
    sink.rule = lambda step: None
    work()
    row = Delivery.objects.get()
    assert (row.state, row.repeated) == (DeliveryState.SENT, True)
    assert len(sink.mails) == 2


def test_the_setting_for_doubts_is_kept_and_a_made_up_one_is_refused(editor, clock):
    dispatch = make_dispatch(clock())

    editor.post(address("policy", dispatch), {"policy": "hold"})
    assert again(dispatch).doubt_policy == "hold"
    editor.post(address("policy", dispatch), {"policy": "whatever"})
    assert again(dispatch).doubt_policy == "hold"


def test_figures_stay_when_the_rows_are_gone(editor, sink, clock, work):
    make_readers(2)
    dispatch = make_dispatch(clock())
    work()
    Delivery.objects.all().delete()

    assert figures_of(again(dispatch)).lines[0].number == 2


def test_every_page_opens_in_every_state(editor, clock):
    make_readers(2)
    for state in DispatchState.values:
        dispatch = make_dispatch(clock(), key=state)
        freeze_due(now=clock())
        Dispatch.objects.filter(pk=dispatch.pk).update(state=state, stopped_why="relay")
        for name in PAGES:
            assert len(shown(editor, name, dispatch)) > 1000


def test_resuming_a_dispatch_that_had_not_begun_lets_it_wait_again(editor, clock):
    dispatch = make_dispatch(clock(), due_at=clock.now.replace(year=2100))
    pause(dispatch, now=clock())

    editor.post(address("resume", dispatch))

    assert again(dispatch).state == DispatchState.WAITING
