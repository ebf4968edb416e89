"""The pages on which people sign up, say yes, change and leave."""

import datetime as dt
import json
import re

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.logs import without_secrets
from core.models import OutgoingMail
from newsletter.models import Ask, Consent, MailCount, Subscriber, Subscription, Token, Topic
from newsletter.reader_forms import stamp_of
from newsletter.taxonomy import Act, How, ReaderState, SubscriptionState
from newsletter.tokens import new_key, unsubscribe_tokens
from tests.factories.core import make_user
from tests.factories.directory import make_district, make_venue
from tests.factories.newsletter import make_reader, topic

pytestmark = pytest.mark.sqlite_is_enough

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
NEWS, WEEKLY = "nyt-fra-vaerestederne", "ugens-program"
ADDRESS = "aase@example.org"
SIGN_UP = "/nyhedsbrev/tilmeld/"
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


@pytest.fixture(autouse=True)
def monday(home):
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def form(**values):
    shown = stamp_of(NOW - dt.timedelta(seconds=20))
    return {"email": ADDRESS, "topics": [NEWS], "stamp": shown, "website": ""} | values


def fill_in(client, django_capture_on_commit_callbacks, **values):
    with django_capture_on_commit_callbacks(execute=True):
        return client.post(SIGN_UP, form(**values))


def key_in_last_mail(path):
    text = mail.outbox[-1].body
    return text.split(f"/nyhedsbrev/{path}/")[1].split("/")[0]


def words_of(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def test_from_the_form_to_the_yes(client, django_capture_on_commit_callbacks):
    answer = fill_in(client, django_capture_on_commit_callbacks)
    address = f"/nyhedsbrev/bekraeft/{key_in_last_mail('bekraeft')}/"
    looked_at = client.get(address)
    still = Subscriber.objects.get().state
    said = client.post(address, follow=True)

    assert (answer.status_code, answer["Location"]) == (302, "/nyhedsbrev/tilmeld/sendt/")
    assert (looked_at.status_code, still) == (200, ReaderState.PENDING)
    assert "Nyt fra værestederne" in words_of(looked_at)
    assert "Velkommen. Du er tilmeldt" in words_of(said)
    assert Subscriber.objects.get().state == ReaderState.ACTIVE


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_a_page_changes_nothing(client, method):
    reader = make_reader(ADDRESS, topic(NEWS))
    manage = new_key(reader, Token.Purpose.MANAGE, now=NOW)
    confirm = new_key(reader, Token.Purpose.CONFIRM, now=NOW)
    leave = unsubscribe_tokens([reader.pk], topic(NEWS))[reader.pk]
    before = [list(model.objects.values()) for model in (Subscriber, Subscription, Token)]

    addresses = [
        SIGN_UP,
        "/nyhedsbrev/tilmeld/sendt/",
        f"/nyhedsbrev/bekraeft/{confirm}/",
        "/nyhedsbrev/mine-valg/",
        "/nyhedsbrev/mine-valg/sendt/",
        "/nyhedsbrev/mine-valg/slettet/",
        f"/nyhedsbrev/mine-valg/{manage}/",
        f"/nyhedsbrev/mine-valg/{manage}/slet/",
        f"/nyhedsbrev/mine-valg/{manage}/oplysninger.json",
        f"/nyhedsbrev/afmeld/{leave}/",
    ]
    answers = [getattr(client, method)(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [200] * len(addresses)
    after = [list(model.objects.values()) for model in (Subscriber, Subscription, Token)]
    assert (after, Consent.objects.count()) == (before, 0)
    for answer in answers:
        assert {name: answer[name] for name in PRIVATE} == PRIVATE
        assert not answer.cookies


def test_the_answer_is_the_same_whatever_we_know(client, django_capture_on_commit_callbacks):
    make_reader("kendt@example.org", topic(NEWS))

    answers = [
        fill_in(client, django_capture_on_commit_callbacks, email=email)
        for email in ("ny@example.org", "kendt@example.org", "ny@example.org")
    ]

    told = {(answer.status_code, answer["Location"], answer.content) for answer in answers}
    assert told == {(302, "/nyhedsbrev/tilmeld/sendt/", b"")}


def test_the_request_does_the_same_work_whatever_we_know(client):
    make_reader("kendt@example.org", topic(NEWS))
    client.post(SIGN_UP, form(email="varm@example.org"))

    work = []
    for email in ("ny@example.org", "kendt@example.org"):
        with CaptureQueriesContext(connection) as seen:
            client.post(SIGN_UP, form(email=email))
        work.append([re.sub(r"'[^']*'|\d+", "…", row["sql"]) for row in seen.captured_queries])

    assert work[0] == work[1]


def test_a_network_over_its_limit_gets_the_same_page_and_no_mail(
    client, django_capture_on_commit_callbacks
):
    answers = [
        fill_in(client, django_capture_on_commit_callbacks, email=f"laeser{number}@example.org")
        for number in range(7)
    ]

    assert {answer["Location"] for answer in answers} == {"/nyhedsbrev/tilmeld/sendt/"}
    assert OutgoingMail.objects.count() == 5


def test_the_ceiling_of_everybody_is_told_to_those_who_look_after_the_site(
    client, settings, django_capture_on_commit_callbacks
):
    settings.NEWSLETTER_SIGN_UPS_AN_HOUR = 1
    make_user("kommunikation@eksempelby.example", role="communication")

    for number in range(4):
        fill_in(client, django_capture_on_commit_callbacks, email=f"laeser{number}@example.org")

    mails = OutgoingMail.objects.order_by("pk").values_list("purpose", "to")
    assert list(mails) == [
        ("newsletter_confirm", "laeser0@example.org"),
        ("newsletter_ceiling", "kommunikation@eksempelby.example"),
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"email": ""}, "Skriv din mailadresse."),
        ({"email": "søren@example.dk"}, "Der er tegn før @"),
        ({"email": "a@example.dk\r\nBcc: b@example.dk"}, "et mellemrum eller et skjult tegn"),
        ({"email": "aase@example.d"}, "Det, der står efter @, er ikke rigtigt."),
        ({"email": "aase"}, "Der skal være ét @ i adressen"),
        (
            {"email": "postmaster@example.dk"},
            "Den adresse hører til et mailsystem, ikke til en person.",
        ),
        ({"topics": []}, "Vælg mindst én ting."),
        ({"topics": ["findes-ikke"]}, "findes-ikke"),
        ({"venues": ["999999"]}, "999999"),
        ({"venues": ["'; drop table"]}, "drop table"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, values, said):
    answer = client.post(SIGN_UP, form(**values))

    assert answer.status_code == 422
    assert said in words_of(answer).replace("&#x27;", "'")
    assert not Ask.objects.exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"stamp": stamp_of(NOW)}, "Siden skulle lige være klar først"),
        ({"stamp": stamp_of(NOW - dt.timedelta(hours=25))}, "åben for længe"),
        ({"stamp": ""}, "åben for længe"),
        ({"stamp": "1772438400:forged"}, "åben for længe"),
        ({"website": "https://spam.example"}, "som mennesker ikke kan se"),
    ],
)
def test_a_trap_says_why_and_lets_people_through_the_second_time(client, values, said):
    caught = client.post(SIGN_UP, form(**values))
    shown = caught.content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', shown)[1]

    again = client.post(SIGN_UP, form(stamp=stamp))

    assert (caught.status_code, said in shown) == (422, True)
    assert (again.status_code, Ask.objects.count()) == (302, 1)


def test_a_form_on_another_website_is_not_taken(client):
    answer = client.post(SIGN_UP, form(), headers={"Sec-Fetch-Site": "cross-site"})

    assert (answer.status_code, Ask.objects.count()) == (422, 0)


def test_places_are_chosen_in_the_body_and_never_in_the_address(
    client, django_capture_on_commit_callbacks
):
    venue, district = make_venue("Ærtehaven"), make_district("Havnen")

    fill_in(
        client,
        django_capture_on_commit_callbacks,
        venues=[str(venue.pk)],
        districts=[str(district.pk)],
    )
    page = client.get(f"/nyhedsbrev/bekraeft/{key_in_last_mail('bekraeft')}/")

    assert "Om disse steder: Havnen, Ærtehaven." in words_of(page)
    assert "checked" not in client.get(f"{SIGN_UP}?venues={venue.pk}").content.decode()


def test_a_venue_that_is_not_published_cannot_be_followed(client):
    venue = make_venue("Hemmeligheden", live=False)

    answer = client.post(SIGN_UP, form(venues=[str(venue.pk)]))

    assert answer.status_code == 422
    assert "Hemmeligheden" not in words_of(answer)


def test_without_topics_the_page_says_so(client):
    Topic.objects.update(active=False)

    assert "Der er ingen mails at tilmelde sig lige nu" in words_of(client.get(SIGN_UP))


def test_a_used_link_says_so_and_an_old_one_leads_on(client, django_capture_on_commit_callbacks):
    fill_in(client, django_capture_on_commit_callbacks)
    address = f"/nyhedsbrev/bekraeft/{key_in_last_mail('bekraeft')}/"
    client.post(address)

    used = client.get(address)
    unknown = client.get("/nyhedsbrev/bekraeft/findes-ikke/")
    pressed = client.post("/nyhedsbrev/bekraeft/findes-ikke/")

    assert "Du har allerede sagt ja" in words_of(used)
    assert "Linket virker ikke mere" in words_of(unknown)
    assert (pressed.status_code, "Linket virker ikke mere" in words_of(pressed)) == (200, True)


def test_a_link_to_ones_choices_is_mailed_to_readers_only(
    client, django_capture_on_commit_callbacks
):
    make_reader(ADDRESS, topic(NEWS))
    answers = []
    for email in (ADDRESS, "fremmed@example.org"):
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(client.post("/nyhedsbrev/mine-valg/", form(email=email)))

    assert {answer["Location"] for answer in answers} == {"/nyhedsbrev/mine-valg/sendt/"}
    sent = OutgoingMail.objects.values_list("purpose", "to")
    assert list(sent) == [("newsletter_manage", ADDRESS)]


def manage_address(reader):
    return f"/nyhedsbrev/mine-valg/{new_key(reader, Token.Purpose.MANAGE, now=NOW)}/"


def test_the_link_opens_choices_for_a_day(client, monday):
    address = manage_address(make_reader(ADDRESS, topic(NEWS)))
    monday.shift(dt.timedelta(hours=24))

    pages = [
        client.get(address),
        client.get(f"{address}slet/"),
        client.get(f"{address}oplysninger.json"),
        client.post(address, {"topics": []}),
        client.post(f"{address}slet/"),
    ]

    assert ["Linket virker ikke mere" in words_of(page) for page in pages] == [True] * 5
    assert Subscriber.objects.get().state == ReaderState.ACTIVE


def test_the_page_of_choices_shows_what_stands(client):
    venue = make_venue("Perlen")
    reader = make_reader(
        ADDRESS,
        topic(NEWS),
        venues=(venue,),
        paused_until=dt.datetime(2026, 3, 31, 22, tzinfo=dt.UTC),
    )

    page = client.get(manage_address(reader))

    assert "Mailene begynder igen onsdag den 1. april 2026." in words_of(page)
    checked = re.findall(r'value="([^"]*)"[^>]*checked', page.content.decode())
    assert checked == [NEWS, str(venue.pk), "keep"]


def test_saving_choices(client):
    reader = make_reader(ADDRESS, topic(NEWS))
    venue = make_venue("Perlen")

    answer = client.post(
        manage_address(reader),
        {"topics": [WEEKLY], "venues": [str(venue.pk)], "pause": "14"},
        follow=True,
    )

    reader.refresh_from_db()
    assert "Dine valg er gemt" in words_of(answer)
    assert reader.paused_until == dt.datetime(2026, 3, 15, 23, tzinfo=dt.UTC)
    assert (reader.everything, [row.venue for row in reader.follows.all()]) == (False, [venue])
    states = dict(reader.subscriptions.values_list("topic__slug", "state"))
    assert states == {NEWS: SubscriptionState.ENDED, WEEKLY: SubscriptionState.ACTIVE}


def test_a_break_can_be_kept_and_ended(client):
    until = dt.datetime(2026, 3, 31, 22, tzinfo=dt.UTC)
    reader = make_reader(ADDRESS, topic(NEWS), paused_until=until)
    address = manage_address(reader)

    client.post(address, {"topics": [NEWS], "pause": "keep"})
    kept = Subscriber.objects.get().paused_until
    client.post(address, {"topics": [NEWS], "pause": ""})

    assert (kept, Subscriber.objects.get().paused_until) == (until, None)


def test_choosing_nothing_says_that_it_is_over(client):
    reader = make_reader(ADDRESS, topic(NEWS))

    answer = client.post(manage_address(reader), {"topics": [], "pause": ""}, follow=True)

    assert "Du får ikke mails fra os nu" in words_of(answer)
    assert Subscriber.objects.get().state == ReaderState.STOPPED


def test_a_wrong_choice_is_said_and_nothing_changes(client):
    reader = make_reader(ADDRESS, topic(NEWS))

    answer = client.post(manage_address(reader), {"topics": ["til-personalet"], "pause": "9000"})

    assert answer.status_code == 422
    assert [row.topic.slug for row in Subscription.objects.active()] == [NEWS]


def test_a_reader_gets_all_we_know_as_a_file(client):
    reader = make_reader(ADDRESS, topic(NEWS))

    answer = client.get(f"{manage_address(reader)}oplysninger.json")

    assert answer["Content-Disposition"] == 'attachment; filename="mine-oplysninger.json"'
    assert json.loads(answer.content)["e-mail"] == ADDRESS


def test_erasing_asks_once_and_then_nothing_is_left(client):
    address = manage_address(make_reader(ADDRESS, topic(NEWS)))

    asked = client.get(f"{address}slet/")
    done = client.post(f"{address}slet/", follow=True)

    assert "Vil du have alt om dig slettet?" in words_of(asked)
    assert "Alt er slettet" in words_of(done)
    assert Subscriber.objects.count() == 0
    assert "Linket virker ikke mere" in words_of(client.get(address))


@pytest.fixture
def leaving(db):
    reader = make_reader(ADDRESS, topic(NEWS), topic(WEEKLY))
    key = unsubscribe_tokens([reader.pk], topic(NEWS))[reader.pk]
    return f"/nyhedsbrev/afmeld/{key}/"


def test_one_click_ends_the_topic_without_cookie_or_login(leaving, client):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(leaving, {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert [row.topic.slug for row in Subscription.objects.active()] == [WEEKLY]
    assert [(row.act, row.how) for row in Consent.objects.all()] == [(Act.WITHDRAWN, How.ONE_CLICK)]


def test_one_click_works_as_a_form_in_parts_too(leaving, client):
    head = 'Content-Disposition: form-data; name="List-Unsubscribe"'
    body = f"--b\r\n{head}\r\n\r\nOne-Click\r\n--b--\r\n"
    answer = client.generic("POST", leaving, body, content_type="multipart/form-data; boundary=b")

    assert answer.status_code == 200
    assert Consent.objects.get().how == How.ONE_CLICK


def test_the_button_ends_the_topic_and_can_be_taken_back(leaving, client):
    asked = words_of(client.get(leaving))
    stopped = words_of(client.post(leaving))
    back = words_of(client.post(leaving, {"undo": "ja"}))

    assert "Vil du stoppe “Nyt fra værestederne”?" in asked
    assert "Mailene er stoppet" in stopped
    assert "Det fortsætter som før" in back
    assert Subscription.objects.active().count() == 2


def test_the_page_to_leave_tells_nothing_else_of_the_reader(leaving, client):
    page = words_of(client.get(leaving))

    assert ADDRESS not in page
    assert "Ugens program" not in page


@pytest.mark.postgresql_too
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("key", ["findes-ikke", "æøå", "x" * 300])
def test_leaving_by_an_unknown_key_is_answered_all_the_same(client, method, key):
    answer = getattr(client, method)(f"/nyhedsbrev/afmeld/{key}/")

    assert answer.status_code == 200


def test_the_way_out_without_a_mail_leads_to_a_link_by_mail(client):
    answer = client.get("/nyhedsbrev/afmeld/")

    assert (answer.status_code, answer["Location"]) == (302, "/nyhedsbrev/mine-valg/")


def test_leaving_works_after_an_erasure(leaving, client):
    Subscriber.objects.all().delete()

    answer = client.post(leaving, {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, MailCount.objects.count()) == (200, 0)


def test_keys_in_addresses_are_not_logged():
    lines = [
        without_secrets(f"GET {reverse(name, args=['hemmelig'])} 200")
        for name in (
            "newsletter_confirm",
            "newsletter_manage",
            "newsletter_erase",
            "newsletter_unsubscribe",
        )
    ]

    assert not [line for line in lines if "hemmelig" in line]
