"""Mails to one reader: please confirm, welcome, and the link to one's own choices."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.post import post_template
from directory.models import Membership
from directory.taxonomy import Role
from newsletter.domain.addresses import ascii_domain
from newsletter.models import Subscriber, Token, Topic
from newsletter.tokens import TERMS

TEMPLATES = "mail/newsletter"
PURPOSES = ("newsletter_confirm", "newsletter_welcome", "newsletter_manage")  # as _send names them


def send_confirm(
    reader: Subscriber, topics: Sequence[Topic], key: str, *, by_staff: bool, now: dt.datetime
) -> None:
    """Ask the owner of an address whether it was them; nothing a stranger typed stands in it."""
    context = {
        "topics": topics,
        "by_staff": by_staff,
        "url": absolute("newsletter_confirm", key),
    }
    expires_at = now + dt.timedelta(days=1)
    _send("confirm", reader, context, now=now, expires_at=expires_at)


def send_welcome(reader: Subscriber, topics: Sequence[Topic], *, now: dt.datetime) -> None:
    """Say what has been signed up for, and how to change it."""
    _send("welcome", reader, {"topics": topics}, now=now)


def send_manage(reader: Subscriber, key: str, *, now: dt.datetime) -> None:
    """Send the link to one's own choices, asked for or because one is signed up already."""
    context = {"url": absolute("newsletter_manage", key)}
    # A link that comes after it has run out helps nobody.
    _send("manage", reader, context, now=now, expires_at=now + TERMS[Token.Purpose.MANAGE])


def warn_of_ceiling(*, now: dt.datetime) -> None:
    """Tell those who look after the site that too many sign up at once; once an hour."""
    people = Membership.objects.filter(role=Role.COMMUNICATION, user__is_active=True)
    for person in people.select_related("user"):
        post_template(
            template=f"{TEMPLATES}/ceiling",
            context={"most": settings.NEWSLETTER_SIGN_UPS_AN_HOUR},
            to=person.user.email,
            purpose="newsletter_ceiling",
            key=f"newsletter-ceiling {now:%Y-%m-%dT%H} {person.user_id}",
            now=now,
        )


def absolute(name: str, *args: str) -> str:
    """Return the whole address of one of our pages."""
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def mailbox(email: str) -> str:
    """Return an address as mail writes it, with a domain in ASCII."""
    local, _, domain = email.rpartition("@")
    return f"{local}@{ascii_domain(domain)}"


def _send(
    template: str, reader: Subscriber, context: dict[str, Any], *, now: dt.datetime, **rest: Any
) -> None:
    values = {"choices_url": absolute("newsletter_manage_ask"), **context}
    post_template(
        template=f"{TEMPLATES}/{template}",
        context=values,
        to=mailbox(reader.email),
        purpose=f"newsletter_{template}",
        now=now,
        **rest,
    )
