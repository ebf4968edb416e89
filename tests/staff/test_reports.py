import datetime as dt
import time

import pytest
import time_machine
from django.core import signing
from django.urls import reverse

from core.models import OutgoingMail
from directory.taxonomy import Role
from staff.actions.reports import forget_reports, settle_report
from staff.forms import BEGUN
from staff.models import PageReport
from staff.models.report import ReportState
from tests.factories.activities import make_activity, make_shared_event
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 11, 23, 12, 30, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def perlen(home):
    return make_venue("Perlen")


def send(client, side, **fields):
    begun = signing.dumps(time.time() - 10, salt=BEGUN)
    values = {"text": "Døren var låst kl. 15.", "contact": "", "website": "", "begun": begun}
    return client.post(f"/fejl/?side={side}", values | fields)


def test_what_a_visitor_writes_reaches_the_venue(client, perlen):
    make_user("leder@fristed.example", role=Role.VENUE_LEADER, venue=perlen)
    make_user("frivillig@fristed.example", role=Role.VOLUNTEER, venue=perlen)

    answer = send(client, perlen.url, contact="12 34 56 78")

    report, mail = PageReport.objects.get(), OutgoingMail.objects.get()
    assert answer.url == f"/fejl/tak/?side={perlen.url}"
    assert (report.venue, report.path, report.contact) == (perlen, perlen.url, "12 34 56 78")
    assert mail.to == "leder@fristed.example"
    assert "Døren var låst kl. 15." in mail.text
    assert "12 34 56 78" not in mail.text


def test_activity_belongs_to_its_venue_and_an_event_to_its_main_host(client, home, perlen):
    other = make_venue("Kahytten")
    activity = make_activity(perlen)
    event = make_shared_event(home.shared, other, perlen)

    send(client, activity.url)
    send(client, event.url)

    assert [row.venue for row in PageReport.objects.order_by("pk")] == [perlen, other]


def test_other_pages_go_to_those_who_look_after_the_site(client, home):
    make_user("kommunikation@fristed.example", role=Role.COMMUNICATION)

    send(client, "/aktiviteter/")

    assert PageReport.objects.get().venue is None
    assert OutgoingMail.objects.get().to == "kommunikation@fristed.example"


def test_empty_message_is_told_beside_its_field(client, perlen):
    answer = send(client, perlen.url, text=" ").content.decode()

    assert "Skriv, hvad der er forkert, så vi kan rette det." in answer
    assert not PageReport.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"website": "https://spam.example"},
        {"begun": ""},
        {"begun": signing.dumps(1.0, salt="another")},
    ],
)
def test_machine_is_held_back_and_nothing_typed_is_lost(client, perlen, fields):
    answer = send(client, perlen.url, **fields).content.decode()

    assert "Det gik meget hurtigt." in answer
    assert "Døren var låst kl. 15." in answer
    assert not PageReport.objects.exists()


def test_hour_has_room_for_ten_messages_from_one_corner(client, perlen):
    answers = [send(client, perlen.url) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [200]
    assert "Ring til stedet i stedet for." in answers[-1].content.decode()
    assert PageReport.objects.count() == 10


def test_limit_counts_visitors_and_not_the_proxy_in_front(client, perlen, settings):
    settings.TRUSTED_PROXIES = 1
    answers = []
    for number in range(12):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.{number}.7"
        answers.append(send(client, perlen.url).status_code)

    assert answers == [302] * 12


@pytest.mark.parametrize(
    "side", ["https://ond.example/", "//ond.example/", "/\\ond.example", "javascript:alert(1)", ""]
)
def test_link_back_stays_on_our_own_pages(client, home, side):
    for address in (f"/fejl/?side={side}", f"/fejl/tak/?side={side}"):
        assert "ond.example" not in client.get(address).content.decode()
        assert 'href="javascript' not in client.get(address).content.decode()


def test_every_public_page_leads_to_the_form(client, home, perlen):
    for address in ("/", "/steder/", perlen.url, "/aktiviteter/"):
        assert f"/fejl/?side={address}" in client.get(address).content.decode()


def test_form_sets_no_cookie(client, perlen):
    answers = [client.get(f"/fejl/?side={perlen.url}"), send(client, perlen.url)]

    assert [dict(answer.cookies) for answer in answers] == [{}, {}]


def test_report_is_put_right_and_opened_again(client, perlen):
    leader = make_user(role=Role.VENUE_LEADER, venue=perlen)
    send(client, perlen.url)
    client.force_login(leader)
    row = PageReport.objects.get()
    address = reverse("staff_report_settle", args=[row.pk])

    client.post(address, {"state": "closed", "note": "Ny tid på døren."})
    row.refresh_from_db()
    closed = (row.state, row.note, row.handled_by)
    client.post(address, {"state": "open"})
    row.refresh_from_db()

    assert closed == (ReportState.CLOSED, "Ny tid på døren.", leader)
    assert (row.state, row.handled_by) == (ReportState.OPEN, None)


def test_another_venue_neither_sees_nor_settles(client, perlen):
    send(client, perlen.url)
    client.force_login(make_user(role=Role.STAFF, venue=make_venue("Kahytten")))
    row = PageReport.objects.get()

    listed = client.get(reverse("staff_reports")).content.decode()

    assert "Døren var låst" not in listed
    assert client.post(reverse("staff_report_settle", args=[row.pk])).status_code == 404


def test_where_to_answer_is_wiped_after_a_month_and_rows_after_a_year(client, perlen):
    with time_machine.travel(NOW, tick=False):
        send(client, perlen.url, contact="12 34 56 78")
    row = PageReport.objects.get()
    settle_report(row, state=ReportState.ANSWERED, note="", by=None, now=NOW)

    forget_reports(now=NOW + dt.timedelta(days=31))
    wiped = PageReport.objects.get().contact
    forget_reports(now=NOW + dt.timedelta(days=366))

    assert wiped == ""
    assert not PageReport.objects.exists()
