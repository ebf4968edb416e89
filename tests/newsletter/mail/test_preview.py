"""Looking at a mail before it is sent, and sending one to oneself."""

import datetime as dt

import pytest

from core.models import OutgoingMail
from core.post import PostError, message_of
from newsletter.mail import preview_html, send_test, subject_problem
from newsletter.models import IssuePage, NewsletterIndexPage
from tests.factories.mail import make_content, make_mail_reader
from tests.factories.newsletter import topic

NOW = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


@pytest.fixture
def issue(home):
    index = home.home.add_child(instance=NewsletterIndexPage(title="Breve", slug="nyhedsbrev"))
    page = IssuePage(title="Uge 48", slug="uge-48", greeting="<p>Kære alle</p>", topic=topic())
    return index.add_child(instance=page)


def test_no_link_in_a_preview_is_anybodys_own():
    html = preview_html(make_content(), make_mail_reader())

    assert "nGle" not in html
    assert html.count('href="https://fristed.example/nyhedsbrev/"') == 2


def test_an_issue_without_a_subject_can_be_looked_at():
    assert "<h1" in preview_html(make_content(subject=""), make_mail_reader())


def test_a_test_goes_to_one_address_with_the_real_subject(issue):
    mail = send_test(issue, to="aase@example.org", as_reader=make_mail_reader(), now=NOW)

    assert OutgoingMail.objects.get() == mail
    assert (mail.to, mail.subject, mail.purpose) == (
        "aase@example.org",
        "Uge 48",
        "newsletter_test",
    )
    assert mail.text.splitlines()[:8] == [
        "Fristed",
        "",
        "Det her er en prøve. Ingen andre har fået den.",
        "",
        "Uge 48",
        "======",
        "",
        "Kære alle",
    ]
    assert message_of(mail).message()["X-Fristed-Test"] == "yes"


def test_a_test_for_a_reader_who_would_get_no_mail_is_none(issue):
    issue.greeting = ""

    assert send_test(issue, to="a@example.org", as_reader=make_mail_reader(), now=NOW) is None
    assert not OutgoingMail.objects.exists()


def test_a_broken_address_is_refused(issue):
    with pytest.raises(PostError) as caught:
        send_test(issue, to="ingen", as_reader=make_mail_reader(), now=NOW)

    assert caught.value.code == "address"


@pytest.mark.parametrize(
    ("subject", "problem"), [("Uge 48", ""), ("  ", "empty"), ("Hej\nBcc: a@b.dk", "line_break")]
)
def test_what_is_wrong_with_a_subject_is_told(subject, problem):
    assert subject_problem(subject) == problem
