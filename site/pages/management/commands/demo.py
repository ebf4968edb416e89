"""Load the demo municipality Eksempelby."""

import datetime as dt
import os
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pages.demo import AlreadyLoaded, load_demo


class Command(BaseCommand):
    help = "Load the demo municipality Eksempelby, the same every time for the same day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--date", type=dt.date.fromisoformat, help="the day it looks like (default: today)"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is content already"
        )
        parser.add_argument("--replace", action="store_true", help="delete all content first")
        parser.add_argument(
            "--password-env",
            default="DEMO_PASSWORD",
            metavar="NAME",
            help="environment variable with the accounts' password (default: DEMO_PASSWORD); "
            "without one a random password is made and printed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        date = options["date"] or timezone.localdate()
        password = os.environ.get(options["password_env"]) or secrets.token_urlsafe(9)
        try:
            result = load_demo(date, password, replace=options["replace"])
        except AlreadyLoaded:
            if options["if_empty"]:
                self.stdout.write("There is content already; nothing was loaded.")
                return
            raise CommandError(
                "There is content already. Use --replace to delete it all and load the demo."
            ) from None
        self.stdout.write(
            f"Eksempelby on {date:%Y-%m-%d}: {result.venues} venues, {result.activities} "
            f"activities, {result.shared_events} shared events."
        )
        self.stdout.write(f"Accounts: {', '.join(result.accounts)}")
        self.stdout.write(f"Password: {result.password}")
