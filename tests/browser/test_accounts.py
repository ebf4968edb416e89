"""Signing in by keyboard: two steps, emergency codes, and an invitation taken by its link."""

import base64
import hmac
import os
import struct
import time
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from accounts.actions.people import invite
from core.post import send_waiting
from directory.permissions import sync_groups
from directory.taxonomy import Role
from tests.factories.core import PASSWORD, make_user
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "leder@eksempelby.example"
FINE = ([], [], [])
PICTURES = os.environ.get("BROWSER_PICTURES")
WIDE = """() => { const page = document.documentElement
  return page.scrollWidth <= page.clientWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > page.clientWidth)
    .map(e => e.outerHTML.slice(0, 120)) }"""
LOW = """() => [...document.querySelectorAll('main :is(a.button, button, input)')]
  .filter(e => e.offsetHeight && e.offsetHeight < 44).map(e => e.outerHTML.slice(0, 120))"""
NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), select, img, h1')]
  .filter(e => !(e.labels?.length || e.alt || e.innerText?.trim()))
  .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def leader(transactional_db, settings):
    """The leader of Perlen, on an installation that asks leaders for two steps."""
    settings.FRISTED_REQUIRE_2FA = True
    user = make_user(EMAIL, role=Role.VENUE_LEADER, venue=make_venue(title="Perlen"))
    sync_groups(user)
    return user


@pytest.fixture
def phone(browser, site_url, leader):
    context = browser.new_context(
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        base_url=site_url,
        viewport={"width": 320, "height": 640},
    )
    yield context.new_page()
    context.close()


def code_for(secret, later=0):
    """What an app shows now (RFC 6238), or `later` codes from now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + later), "sha1").digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def write(page, **words):
    """Fill fields in and press Enter in the last one, as somebody without a mouse does."""
    for name, value in words.items():
        page.locator(f"[name={name}]").focus()
        page.keyboard.type(value)
    page.keyboard.press("Enter")


def press(page, selector):
    """Come to a button or link by the keyboard and press it."""
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")


def look(page, name, found):
    """Note what is too wide, too low to be hit, or nameless; keep a picture if asked."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"konto-{name}-320.png", full_page=True)
    found[name] = tuple(page.evaluate(check) for check in (WIDE, LOW, NAMELESS))


def sign_in(page):
    page.goto("/konto/log-ind/?next=/intern/")
    write(page, username=EMAIL, password=PASSWORD)


def test_a_leader_sets_up_two_steps_and_signs_in_with_a_code(phone):
    found = {}
    phone.goto("/konto/log-ind/")
    look(phone, "log-ind", found)
    sign_in(phone)
    phone.wait_for_url("**/konto/totrin/")
    look(phone, "paakraevet", found)
    press(phone, "main .button-main")
    phone.wait_for_url("**/konto/bekraeft/**")
    look(phone, "bekraeft", found)
    write(phone, password=PASSWORD)
    phone.wait_for_url("**/konto/totrin/til/")
    look(phone, "slaa-til", found)
    secret = phone.locator("main code").inner_text().strip()
    write(phone, code=code_for(secret))
    phone.wait_for_url("**/konto/totrin/noedkoder/")
    look(phone, "noedkoder", found)
    codes = phone.locator(".codes code").all_inner_texts()
    phone.goto("/konto/")
    look(phone, "min-konto", found)

    press(phone, "form[action='/konto/log-ud/'] button")
    phone.wait_for_url(lambda url: "/konto/" not in url)
    sign_in(phone)
    phone.wait_for_url("**/konto/totrin/kode/")
    look(phone, "kode", found)
    write(phone, code=code_for(secret, later=1))
    phone.locator(".staff-menu").wait_for()
    phone.context.clear_cookies()
    sign_in(phone)
    phone.wait_for_url("**/konto/totrin/kode/")
    write(phone, code=codes[0])
    phone.locator(".staff-menu").wait_for()

    assert len(codes) == 10
    assert found == dict.fromkeys(found, FINE)


def test_an_invitation_is_taken_by_its_link(phone, leader):
    found = {}
    venue = leader.memberships.get().venue
    base_url = "/konto/invitation/"
    now = timezone.now()
    invite(
        email="ny@eksempelby.example",
        role=Role.STAFF,
        venue=venue,
        by=leader,
        base_url=base_url,
        now=now,
    )
    send_waiting(now=now)
    path = next(word for word in mail.outbox[-1].body.split() if word.startswith(base_url))

    phone.goto(path)
    look(phone, "velkommen", found)
    new = "Havnens 9 lygter"
    write(phone, first_name="Nynne", last_name="Ærø", password1=new, password2=new)
    phone.wait_for_url("**/konto/invitation/taget/")
    look(phone, "med", found)
    press(phone, "main .button-main")
    phone.wait_for_url("**/konto/log-ind/")
    write(phone, username="ny@eksempelby.example", password=new)
    phone.locator(".staff-menu").wait_for()
    phone.goto(path)
    look(phone, "brugt", found)

    assert "Linket er brugt eller for gammelt" in phone.locator("h1").inner_text()
    assert found == dict.fromkeys(found, FINE)


def test_the_leader_invites_and_ends_a_role(phone, leader, settings):
    settings.FRISTED_REQUIRE_2FA = False
    found = {}
    make_user("anden@eksempelby.example", role=Role.STAFF, venue=leader.memberships.get().venue)
    sign_in(phone)
    phone.locator(".staff-menu").wait_for()
    phone.goto("/konto/personer/")
    look(phone, "personer", found)
    write(phone, email="ny@eksempelby.example")
    phone.wait_for_url("**gjort=inviteret**")
    look(phone, "inviteret", found)
    press(phone, "a[href$='/slut/']")
    phone.wait_for_url("**/slut/")
    look(phone, "slut", found)
    press(phone, "main .button-stop")
    phone.wait_for_url("**gjort=lukket")

    assert "kontoen er lukket" in phone.locator(".notice").inner_text()
    assert found == dict.fromkeys(found, FINE)
