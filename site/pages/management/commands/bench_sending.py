"""Measure how fast newsletters leave, against Django's own way in the same run."""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from newsletter.actions.sending import freeze_due
from newsletter.models import Delivery
from pages.bench import sending

WANTED_RATIO = 4.0


class Command(BaseCommand):
    help = "Measure the sending of newsletters. On SQLite in a temp folder unless --here is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--messages", type=int, default=2000)
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument("--readers", type=int, default=100_000, help="for the audience")
        parser.add_argument("--here", action="store_true", help="in the database of the settings")

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="fristed-bench-") as folder, sending.sink() as port:
            if not options["here"]:
                self._own_database(Path(folder) / "sending.sqlite3")
            call_command("migrate", verbosity=0)
            with override_settings(
                NEWSLETTER_RELAY="smtp",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=port,
                EMAIL_USE_TLS=False,
                NEWSLETTER_PER_MINUTE=0,
            ):
                ratio = self._speed(options["messages"], options["rounds"], port)
                self._audience(options["readers"])
        if ratio < WANTED_RATIO:
            raise CommandError(f"×{ratio:.1f} of Django's backend, wanted ×{WANTED_RATIO:.0f}")

    def _own_database(self, path: Path) -> None:
        connections["default"].close()
        if connections["default"].vendor != "sqlite":
            raise CommandError("on another database say --here: it will get made-up readers")
        connections.databases["default"]["NAME"] = str(path)
        connections["default"].settings_dict["NAME"] = str(path)

    def _speed(self, number: int, rounds: int, port: int) -> float:
        topic = sending.make_readers(number)
        letter, readers = sending.letters_for(topic, number)
        messages = [letter.to(reader) or b"" for reader in readers]
        self.stdout.write(f"{number} messages of {len(messages[0]):,} bytes, {rounds} rounds")
        ways: dict[str, list[float]] = {
            name: [] for name in ("Django", "ours", "two", "bytes", "sink")
        }
        sending.by_ourselves(topic)  # warms up
        for _ in range(rounds):
            ways["Django"].append(sending.seconds(lambda: sending.by_django(letter, readers, port)))
            ways["ours"].append(sending.by_ourselves(topic))
            ways["two"].append(sending.by_ourselves(topic, lines=2))
            ways["bytes"].append(sending.seconds(lambda: sending.by_smtplib(messages, port)))
            ways["sink"].append(sending.seconds(lambda: sending.blast(messages[0], number, port)))
        rates = {name: number / statistics.median(spent) for name, spent in ways.items()}
        names = {
            "Django": "Django's backend, one line",
            "ours": "Fristed, end to end, one line",
            "two": "Fristed, two lines",
            "bytes": "ready bytes by smtplib",
            "sink": "the server's own limit",
        }
        for name, rate in rates.items():
            self.stdout.write(
                f"  {names[name]:30} {rate:8.0f}/s  ×{rate / rates['Django']:5.1f}"
                f"  {100 * rate / rates['sink']:5.1f} % of the limit"
            )
        return max(rates["ours"], rates["two"]) / rates["Django"]

    def _audience(self, number: int) -> None:
        topic = sending.make_readers(number)
        dispatch = sending.make_dispatch(topic)
        before = sending.memory()
        spent = sending.seconds(lambda: freeze_due(now=timezone.now()))
        rows = Delivery.objects.filter(dispatch=dispatch).count()
        self.stdout.write(
            f"audience of {rows:,} fixed in {spent:.1f} s; memory {before:.0f} → "
            f"{sending.memory():.0f} MB"
        )
