"""On the device: the code, the PIN, the week, and what can be done and taken back."""

import datetime as dt
import re

import pytest
from django.test import Client

from activities.models import HeadCount, Occurrence, OccurrenceChange
from directory.models import Notice
from staff.actions.devices import shut_out
from staff.models import Device, DeviceAct
from tests.factories.activities import make_activity, make_schedule, make_shared_event
from tests.factories.core import make_user
from tests.factories.devices import PIN, make_code, open_device
from tests.factories.directory import make_venue

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 3, 19, 0, tzinfo=dt.UTC)  # Tuesday at 20 in Denmark


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def venue(home):
    return make_venue()


@pytest.fixture
def meal(venue):
    """Tuesdays 17.30 to 19.30, from 24 February to 24 March."""
    first = dt.date(2026, 2, 24)
    plan = [make_schedule(first_on=first, until_on=dt.date(2026, 3, 24))]
    return make_activity(venue, schedules=plan)


@pytest.fixture
def device(client: Client, venue) -> Client:
    """The browser of an unlocked device."""
    _device, code = make_code(venue, NOW)
    return open_device(client, code)


def date_of(activity, day):
    return Occurrence.objects.get(activity=activity, local_date=day)


def next_week(meal):
    return date_of(meal, dt.date(2026, 3, 10))


def test_a_link_shows_a_button_and_lets_nothing_in_by_itself(client, venue):
    device, code = make_code(venue, NOW)
    for _preview in range(3):
        shown = client.get(f"/enhed/ind/{code}/")
    before = Device.objects.get().let_in_at

    client.post("/enhed/ind/", {"code": code})

    assert shown.status_code == 200
    assert "Køkkenet" in shown.content.decode()
    assert (before, client.cookies["enhed"].value != "") == (None, True)
    assert Device.objects.get(pk=device.pk).let_in_at == NOW


def test_wrong_used_and_old_codes_get_the_same_answer(client, venue, time_machine):
    _device, used = make_code(venue, NOW)
    client.post("/enhed/ind/", {"code": used})
    _other, old = make_code(venue, NOW, name="Kontoret")
    time_machine.move_to(NOW + dt.timedelta(minutes=16), tick=False)
    stranger = Client()

    answers = [
        (by_post.status_code, by_get.status_code, without_token(by_post), without_token(by_get))
        for code in (used, old, "WWWWWWWW", "x", "æøå")
        for by_post in [stranger.post("/enhed/ind/", {"code": code})]
        for by_get in [stranger.get(f"/enhed/ind/{code}/")]
    ]

    assert answers == [answers[0]] * 5
    assert answers[0][:2] == (422, 404)


def without_token(answer):
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    return token.sub("", answer.content.decode())


def test_the_pin_opens_the_week(client, venue, meal):
    _device, code = make_code(venue, NOW)
    client.post("/enhed/ind/", {"code": code})
    locked = client.get("/enhed/").content.decode()
    wrong = client.post("/enhed/laas-op/", {"pin": "0001"})
    still = client.get("/enhed/").content.decode()

    client.post("/enhed/laas-op/", {"pin": PIN})

    assert (wrong.status_code, "Fællesspisning" in locked + still) == (422, False)
    assert "Fællesspisning" in client.get("/enhed/").content.decode()


def test_the_device_locks_itself_when_nobody_uses_it(device, meal, time_machine):
    form = f"/enhed/dato/{next_week(meal).pk}/aflys/"
    time_machine.move_to(NOW + dt.timedelta(minutes=14), tick=False)
    used = device.get(form).status_code
    time_machine.move_to(NOW + dt.timedelta(minutes=29), tick=False)

    late = device.post(form, {"why": "illness"})

    assert (used, late.status_code, late["Location"]) == (200, 302, "/enhed/")
    assert OccurrenceChange.objects.count() == 0


def test_a_page_that_renews_itself_is_not_use(device, time_machine):
    time_machine.move_to(NOW + dt.timedelta(minutes=14), tick=False)
    device.get("/enhed/?selv")
    device.get("/enhed/puls/")
    time_machine.move_to(NOW + dt.timedelta(minutes=15), tick=False)

    assert device.get("/enhed/puls/").content == b"locked"


def test_touching_the_screen_is_use(device, time_machine):
    time_machine.move_to(NOW + dt.timedelta(minutes=14), tick=False)
    device.post("/enhed/puls/")
    time_machine.move_to(NOW + dt.timedelta(minutes=20), tick=False)

    assert device.get("/enhed/puls/").content == b"open"


def test_the_lock_button_locks(device):
    device.post("/enhed/laas/")

    assert device.get("/enhed/puls/").content == b"locked"


def test_a_date_is_cancelled_by_nobody_on_the_device_and_given_back(device, meal):
    date = next_week(meal)

    answer = device.post(f"/enhed/dato/{date.pk}/aflys/", {"why": "illness", "scope": "all"})
    act = DeviceAct.objects.get(kind="cancelled")
    told = device.get(answer["Location"]).content.decode()
    undone = device.post(f"/enhed/fortryd/{act.pk}/")

    change = OccurrenceChange.objects.get()
    date.refresh_from_db()
    assert answer["Location"] == f"/enhed/?gjort={act.pk}"
    assert act.text in told
    assert (act.device.name, act.change, change.created_by) == ("Køkkenet", change, None)
    assert (undone["Location"], date.status) == ("/enhed/?gjort=fortrudt", "planned")
    assert (change.undone_at, change.undone_by) == (NOW, None)


def test_a_device_changes_one_date_and_never_a_series(device, meal):
    date = next_week(meal)

    device.post(f"/enhed/dato/{date.pk}/aflys/", {"why": "few", "scope": "all"})

    rows = Occurrence.objects.filter(activity=meal, local_date__gt=NOW.date())
    assert [row.status for row in rows] == ["cancelled", "planned", "planned"]


def test_the_history_of_the_page_names_the_device(device, meal, admin_client):
    device.post(f"/enhed/dato/{next_week(meal).pk}/aflys/", {"why": "illness"})

    history = admin_client.get(f"/admin/pages/{meal.pk}/history/").content.decode()

    assert "på enheden Køkkenet" in history


def test_a_date_is_moved(device, meal):
    date = next_week(meal)
    times = {"day": "2026-03-11", "starts": "18", "ends": "20", "scope": "all"}

    device.post(f"/enhed/dato/{date.pk}/flyt/", times)

    date.refresh_from_db()
    assert (date.status, date.local_date) == ("moved", dt.date(2026, 3, 11))
    assert DeviceAct.objects.get(kind="moved").change.created_by is None


def test_a_notice_is_put_up_from_and_until_and_taken_down(device, venue):
    days = {"first_on": "2026-03-03", "starts": "20", "last_on": "2026-03-04", "ends": "12"}
    told = {"title": "Kaffemaskinen er i stykker", "text": "Der er te."}

    device.post("/enhed/besked/", told | days)
    notice = Notice.objects.get()
    shown = Client().get(venue.url).content.decode()
    act = DeviceAct.objects.get(kind="notice")
    device.post(f"/enhed/fortryd/{act.pk}/")

    assert (notice.venue, notice.created_by) == (venue, None)
    assert notice.starts_at == dt.datetime(2026, 3, 3, 19, 0, tzinfo=dt.UTC)
    assert notice.ends_at == dt.datetime(2026, 3, 4, 11, 0, tzinfo=dt.UTC)
    assert "Kaffemaskinen er i stykker" in shown
    assert list(Notice.objects.showing(NOW)) == []


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"last_on": "2026-03-02"}, "last_on"),
        ({"last_on": "2026-04-01"}, "last_on"),
        ({"ends": "kvart i"}, "ends"),
        ({"title": ""}, "title"),
    ],
)
def test_a_notice_that_cannot_be_is_answered_beside_the_field(device, days, field):
    usual = {"first_on": "2026-03-03", "starts": "20", "last_on": "2026-03-04", "ends": "12"}

    answer = device.post("/enhed/besked/", {"title": "Te"} | usual | days)

    assert list(answer.context["form"].errors) == [field]
    assert Notice.objects.count() == 0


def test_heads_are_counted_and_taken_back(device, meal):
    date = date_of(meal, NOW.date())

    device.post(f"/enhed/tael/{date.pk}/", {"number": "14"})
    count = HeadCount.objects.get()
    act = DeviceAct.objects.get(kind="counted")
    device.post(f"/enhed/fortryd/{act.pk}/")

    assert (count.number, count.counted_by) == (14, None)
    assert not HeadCount.objects.standing().exists()


def test_what_a_colleague_counted_is_not_the_devices_to_take_back(device, meal, venue):
    date = date_of(meal, NOW.date())
    person = Client()
    person.force_login(make_user(role="staff", venue=venue))
    person.post(f"/intern/tael/{date.pk}/", {"number": "14"})

    device.post(f"/enhed/tael/{date.pk}/", {"number": "14"})

    assert not DeviceAct.objects.filter(kind="counted").exists()
    assert HeadCount.objects.standing().get().counted_by is not None


@pytest.mark.parametrize("number", ["", "-1", "tyve", "1000", "9" * 400, "٣"])
def test_a_number_that_is_none_is_refused(device, meal, number):
    date = date_of(meal, NOW.date())

    answer = device.post(f"/enhed/tael/{date.pk}/", {"number": number})

    assert (answer.status_code, HeadCount.objects.count()) == (422, 0)


def test_what_somebody_took_back_elsewhere_is_told(device, meal, venue):
    device.post(f"/enhed/dato/{next_week(meal).pk}/aflys/", {"why": "few"})
    act = DeviceAct.objects.get(kind="cancelled")
    person = Client()
    person.force_login(make_user(role="staff", venue=venue))
    person.post(f"/intern/fortryd/dato/{act.change_id}/")

    answer = device.post(f"/enhed/fortryd/{act.pk}/")

    assert answer["Location"] == "/enhed/?gjort=for-sent"
    assert "Gjort på denne enhed" not in device.get("/enhed/").content.decode()


def test_shared_events_of_other_lead_hosts_and_drafts_stay_out(device, home, venue):
    other = make_venue("Kahytten")
    plan = [make_schedule(first_on=dt.date(2026, 3, 5))]
    shared = make_shared_event(home.shared, other, venue, title="Sommerfest", schedules=plan)
    make_activity(venue, "Hemmeligt", live=False, schedules=plan_of_friday())

    page = device.get("/enhed/").content.decode()
    date = Occurrence.objects.filter(activity=shared).first()

    assert [title in page for title in ("Sommerfest", "Hemmeligt")] == [False, False]
    assert device.get(f"/enhed/dato/{date.pk}/aflys/").status_code == 404


def plan_of_friday():
    return [make_schedule(first_on=dt.date(2026, 3, 6))]


def test_the_screen_needs_no_pin_but_a_device(client, venue):
    _device, code = make_code(venue, NOW)
    before = client.get("/enhed/skaerm/")
    client.post("/enhed/ind/", {"code": code})

    shown = client.get("/enhed/skaerm/").content.decode()

    assert before["Location"] == "/enhed/"
    assert f'data-screen-address="/skaerm/{venue.slug}/"' in shown


def test_a_device_shut_out_is_out_at_its_next_request(device, venue):
    found = Device.objects.get()
    shut_out(found, by=make_user(), now=NOW)

    pulse = device.get("/enhed/puls/").content
    answer = device.get("/enhed/")

    assert pulse == b"out"
    assert [device.cookies[name].value for name in ("enhed", "enhed-aaben")] == ["", ""]
    assert "Luk denne enhed ind" in answer.content.decode()
