"""Mails to one reader, word for word."""

import datetime as dt
import re
from email import message_from_bytes, policy

import pytest
from django.urls import reverse

from core.domain.text import lix
from core.models import OutgoingMail
from core.post import message_of
from newsletter import reader_mail
from newsletter.models import Subscriber, Token
from newsletter.tokens import new_key, unsubscribe_tokens
from tests.factories.newsletter import make_reader, topic

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
CONFIRM = """Fristed

Vil du have mails fra os? Sig ja her
====================================

Nogen har bedt om mails fra os til denne adresse. Hvis det var dig, skal
vi have dit ja.

Det handler om:

- Ugens program: Ugens aktiviteter på de steder, du følger. Én mail om
  ugen – og ingen, når der ikke sker noget.

Åbn siden, og tryk på knappen dér:
https://fristed.example/nyhedsbrev/bekraeft/noegle/

Linket virker i 7 dage.

Var det ikke dig? Så gør ingenting. Du får ikke flere mails, og vi
sletter adressen efter 7 dage.
"""

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


def confirm(email="aase@example.org", *, by_staff=False):
    reader = Subscriber(email=email, created_at=NOW)
    topics = [topic("ugens-program")]
    reader_mail.send_confirm(reader, topics, "noegle", by_staff=by_staff, now=NOW)
    return OutgoingMail.objects.get()


def test_the_mail_that_asks_for_a_yes_word_for_word():
    assert confirm().text == CONFIRM


def test_who_was_written_down_by_staff_is_told_so():
    text = " ".join(confirm(by_staff=True).text.split())

    assert "En medarbejder har skrevet dig op til mails fra værestederne." in text
    assert "Du bestemmer selv, om du vil have dem." in text


def test_both_parts_have_the_link_and_no_program_answers():
    message = message_from_bytes(
        message_of(confirm("anna@børn.example")).message().as_bytes(), policy=policy.default
    )

    link = "https://fristed.example/nyhedsbrev/bekraeft/noegle/"
    parts = {kind: message.get_body((kind,)).get_content() for kind in ("plain", "html")}
    assert [link in part for part in parts.values()] == [True, True]
    assert (message["To"], message["Auto-Submitted"]) == (
        "anna@xn--brn-0na.example",
        "auto-generated",
    )
    assert 'lang="da"' in parts["html"]
    assert re.findall(r"<(?:img|link|script)", parts["html"]) == []


def test_a_confirmation_that_could_not_leave_for_a_day_is_given_up():
    assert confirm().expires_at == NOW + dt.timedelta(days=1)


def test_what_readers_are_told_is_easy_to_read(client, home):
    reader = make_reader("aase@example.org", topic("ugens-program"))
    leave = unsubscribe_tokens([reader.pk], topic("ugens-program"))[reader.pk]
    with_key = new_key(reader, Token.Purpose.MANAGE, now=dt.datetime.now(dt.UTC))
    addresses = [
        reverse("newsletter_signup"),
        reverse("newsletter_sent"),
        reverse("newsletter_manage_ask"),
        reverse("newsletter_link_sent"),
        reverse("newsletter_erased"),
        reverse("newsletter_manage", args=[with_key]),
        reverse("newsletter_erase", args=[with_key]),
        reverse("newsletter_unsubscribe", args=[leave]),
    ]

    hard = {address: lix(main_text(client.get(address))) for address in addresses}

    assert {address: number for address, number in hard.items() if number > 35} == {}


def main_text(response):
    """Return what stands in the page's main part, a sentence for each element."""
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    main = re.sub(r"<(svg|input|style)\b.*?(</\1>|>)", " ", main, flags=re.DOTALL)
    pieces = re.split(
        r"</(?:p|h1|h2|li|legend|label|button|summary|small|a)>", main[main.index(">") :]
    )
    texts = [" ".join(re.sub(r"<[^>]+>", " ", piece).split()).strip(" >") for piece in pieces]
    return " ".join(text if text[-1] in ".?!:" else f"{text}." for text in texts if text)
