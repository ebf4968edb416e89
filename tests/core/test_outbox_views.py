import datetime as dt

import pytest
from django.urls import reverse

from core.models import KeptMail, OutgoingMail
from core.post import post, send_waiting
from directory.taxonomy import Role
from tests.factories.core import make_user
from tests.factories.directory import make_venue

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    post(
        purpose="hello",
        to="mette@example.org",
        subject="Ny tid på onsdag",
        text="Vi spiser kl. 18.",
        html="<p>Vi spiser <b>kl. 18</b>.</p><script>alert(1)</script>",
        now=NOW,
    )
    send_waiting(now=NOW)
    return KeptMail.objects.get()


def test_mail_can_be_read_as_its_reader_gets_it(admin_client, kept):
    shown = admin_client.get(reverse("outbox_mail", args=[kept.pk])).content.decode()
    frame = admin_client.get(reverse("outbox_html", args=[kept.pk]))
    source = admin_client.get(reverse("outbox_source", args=[kept.pk]))

    assert "Vi spiser kl. 18." in shown
    assert "Ny tid på onsdag" in shown
    assert "<b>kl. 18</b>" in frame.content.decode()
    assert "sandbox" in frame["Content-Security-Policy"]
    assert "script-src" not in frame["Content-Security-Policy"]
    assert source.content == bytes(kept.raw)


def test_list_shows_what_is_kept(admin_client, kept):
    assert "Ny tid på onsdag" in admin_client.get(reverse("outbox")).content.decode()


def test_mail_given_up_can_be_tried_again(admin_client):
    mail = post(purpose="hello", to="mette@example.org", subject="Hej", text="Hej", now=NOW)
    OutgoingMail.objects.update(failed_at=NOW, problem="550 no such user")

    listed = admin_client.get(reverse("outbox")).content.decode()
    answer = admin_client.post(reverse("outbox_again", args=[mail.pk]))

    mail.refresh_from_db()
    assert "550 no such user" in listed
    assert answer.url == reverse("outbox")
    assert (mail.failed_at, mail.problem, mail.tries) == (None, "", 0)


def test_editor_sees_no_mail(client, home, kept):
    client.force_login(make_user("editor@example.org", role=Role.EDITOR, venue=make_venue()))

    names = ("outbox_mail", "outbox_html", "outbox_source")
    answers = [client.get(reverse(name, args=[kept.pk])).status_code for name in names]

    assert [client.get(reverse("outbox")).status_code, *answers] == [302, 302, 302, 302]


@pytest.mark.parametrize("path", ["ny-adgangskode/1b-cxy3k2-0f3a77c2", "invitation/Zm9vYmFy"])
def test_mail_that_opens_an_account_is_for_administrators_alone(
    client, admin_client, home, settings, path
):
    """Whoever looks after the site would be an administrator with one link."""
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    text = f"Her er dit link:\nhttps://fristed.example/konto/{path}/\n"
    post(purpose="x", to="mette@example.org", subject="Link", text=text, now=NOW)
    send_waiting(now=NOW)
    mail = KeptMail.objects.get()
    client.force_login(make_user("kom@example.org", role=Role.COMMUNICATION))
    names = ("outbox_mail", "outbox_html", "outbox_source")
    paths = [reverse(name, args=[mail.pk]) for name in names]

    answers = [client.get(path).status_code for path in paths]

    assert answers == [302, 302, 302]
    assert [admin_client.get(path).status_code for path in paths] == [200, 200, 200]
