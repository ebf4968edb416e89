"""Asks DNS whether receivers will believe our newsletters."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.post import sender_domain
from newsletter.mail_check import check_domain

MARKS = {True: "ok     ", False: "MISSING", None: "?      "}


class Command(BaseCommand):
    help = "Ask DNS about SPF, DKIM, DMARC and the relay's name, before newsletters are sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--domain", default="", help="default: that of DEFAULT_FROM_EMAIL")
        parser.add_argument("--relay", default="", help="default: EMAIL_HOST")
        parser.add_argument("--selector", default="", help="the name of the relay's DKIM key")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(
            check_domain(
                options["domain"] or sender_domain(),
                relay=options["relay"] or settings.EMAIL_HOST,
                selector=options["selector"],
            )
        )
        for each in found:
            self.stdout.write(f"{MARKS[each.good]} {each.name:<5} {each.text}")
        if any(each.good is False for each in found):
            raise CommandError("Mail from this domain may be turned away. See docs/runbook.md.")
