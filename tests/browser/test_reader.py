"""A reader in a browser without JavaScript: from the form to the yes, and out again."""

import pytest
from django.core import mail
from django.utils import timezone

from newsletter.models import Subscriber, Token
from newsletter.taxonomy import ReaderState
from newsletter.tokens import new_key, unsubscribe_tokens
from tests.factories.newsletter import make_reader, topic

pytestmark = pytest.mark.django_db(transaction=True)

WIDTH = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture
def plain(browser, site_url):
    """A browser page without JavaScript."""
    context = browser.new_context(locale="da-DK", base_url=site_url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def path_in_last_mail():
    text = mail.outbox[-1].body
    return "/nyhedsbrev/" + text.split("/nyhedsbrev/")[1].split()[0]


def test_from_the_form_to_the_yes_and_out_again(plain, town):
    plain.goto("/nyhedsbrev/tilmeld/")
    plain.get_by_label("mailadresse").fill("aase@example.org")
    plain.locator("input[value=ugens-program]").check()
    plain.wait_for_timeout(2100)
    plain.locator(".reader-card button").click()
    plain.goto(path_in_last_mail())
    plain.locator(".reader-card button").click()
    said_yes = Subscriber.objects.get().state
    plain.locator("input[value=ugens-program]").uncheck()
    plain.locator(".reader-card button").click()

    assert (said_yes, Subscriber.objects.get().state) == (ReaderState.ACTIVE, ReaderState.STOPPED)
    assert plain.context.cookies() == []


def test_one_press_leaves_and_one_takes_it_back(plain, town):
    reader = make_reader("aase@example.org", topic("ugens-program"))
    key = unsubscribe_tokens([reader.pk], topic("ugens-program"))[reader.pk]

    plain.goto(f"/nyhedsbrev/afmeld/{key}/")
    plain.locator(".reader-card button").click()
    left = Subscriber.objects.get().state
    plain.locator(".reader-card button").click()

    assert (left, Subscriber.objects.get().state) == (ReaderState.STOPPED, ReaderState.ACTIVE)


@pytest.mark.parametrize("width", [256, 320, 1280])
def test_no_page_of_a_reader_is_wider_than_the_window(page, town, width):
    now = timezone.now()
    reader = make_reader(f"{'langt.navn.' * 5}aase@kommunikationsafdelingen.example.org")
    choices = new_key(reader, Token.Purpose.MANAGE, now=now)
    confirm = new_key(reader, Token.Purpose.CONFIRM, now=now)
    leave = unsubscribe_tokens([reader.pk], topic("ugens-program"))[reader.pk]
    page.set_viewport_size({"width": width, "height": 800})
    widths = {}

    for address in (
        "/nyhedsbrev/tilmeld/",
        "/nyhedsbrev/tilmeld/sendt/",
        f"/nyhedsbrev/bekraeft/{confirm}/",
        "/nyhedsbrev/mine-valg/",
        f"/nyhedsbrev/mine-valg/{choices}/",
        f"/nyhedsbrev/mine-valg/{choices}/slet/",
        f"/nyhedsbrev/afmeld/{leave}/",
    ):
        page.goto(address)
        content, window = page.evaluate(WIDTH)
        widths[address] = content - window

    assert set(widths.values()) == {0}


def test_every_field_has_a_name_and_every_page_one_heading(page, town):
    reader = make_reader("aase@example.org", topic("ugens-program"))
    choices = new_key(reader, Token.Purpose.MANAGE, now=timezone.now())
    nameless = """() => [...document.querySelectorAll("main input:not([type=hidden])")]
      .filter(field => !field.closest("[hidden]"))
      .filter(field => !field.labels.length || !field.labels[0].textContent.trim())
      .map(field => field.outerHTML)"""

    for address in ("/nyhedsbrev/tilmeld/", f"/nyhedsbrev/mine-valg/{choices}/"):
        page.goto(address)

        assert page.evaluate(nameless) == []
        assert page.locator("h1").count() == 1
        assert page.locator("main fieldset:not(:has(legend))").count() == 0
