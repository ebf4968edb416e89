"""Measure the public pages on a made-up city, at ×1 and ×10, in a database of its own."""

import datetime as dt
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from pages.bench.build import build
from pages.bench.measure import Cost, cost, known, nothing, page

# Milliseconds of processor time: what the project promises at ×1 and at ×10.
TARGETS = {
    "week list": (50, 50),
    "full .ics": (150, 400),
    ".ics 304": (2, 2),
}
# A page of a week costs the same in a city of any size; the rest of this is the clock's noise.
FLAT = {"week list": 1.25}
# Without collectstatic: links to files as they lie.
PLAIN_FILES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


class Command(BaseCommand):
    help = "Measure pages and feeds on a made-up city. Uses a database of its own in a temp folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scales", type=int, nargs="+", default=[1, 10])
        parser.add_argument("--rounds", type=int, default=15)

    def handle(self, *args: Any, **options: Any) -> None:
        missed: list[str] = []
        found: list[dict[str, Cost]] = []
        with (
            override_settings(STORAGES=PLAIN_FILES),
            tempfile.TemporaryDirectory(prefix="fristed-bench-") as folder,
        ):
            for scale in options["scales"]:
                self._own_database(Path(folder) / f"city-{scale}.sqlite3")
                found.append(self._measure(scale, options["rounds"]))
                missed += self._over(scale, found[-1])
        missed += self._grown(found[0], found[-1])
        if missed:
            raise CommandError("over the target: " + ", ".join(missed))

    def _own_database(self, path: Path) -> None:
        connections["default"].close()
        connections.databases["default"]["NAME"] = str(path)
        connections["default"].settings_dict["NAME"] = str(path)
        if connections["default"].vendor != "sqlite":
            raise CommandError("bench runs on SQLite: unset DATABASE_URL")
        call_command("migrate", verbosity=0)

    def _measure(self, scale: int, rounds: int) -> dict[str, Cost]:
        now = timezone.now()
        monday = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())
        began = time.monotonic()
        build(scale, monday, now)
        self.stdout.write(f"\n×{scale}: built in {time.monotonic() - began:.0f} s")
        base = cost(nothing, rounds=rounds)
        self._row("nothing (/healthz)", base, base)
        costs = {
            "front page": cost(page("/"), rounds=rounds),
            "places": cost(page("/steder/"), rounds=rounds),
            "week list": cost(page("/aktiviteter/?periode=uge"), rounds=rounds),
            "month": cost(page("/aktiviteter/?visning=maaned"), rounds=rounds),
            "venue": cost(page("/steder/sted-1/"), rounds=rounds),
            "full .ics": cost(page("/kalender.ics"), rounds=max(3, rounds // 3)),
            ".ics 304": cost(known("/kalender.ics"), rounds=rounds),
            "rss": cost(page("/feed.rss"), rounds=rounds),
        }
        for name, spent in costs.items():
            self._row(name, spent, base)
        return costs

    def _row(self, name: str, spent: Cost, base: Cost) -> None:
        ratio = spent.milliseconds / base.milliseconds
        self.stdout.write(
            f"  {name:20} {spent.milliseconds:8.2f} ms"
            f"  ×{ratio:7.1f} of nothing  {spent.size:>11,} bytes"
        )

    @staticmethod
    def _grown(small: dict[str, Cost], large: dict[str, Cost]) -> list[str]:
        ratios = {name: large[name].milliseconds / small[name].milliseconds for name in FLAT}
        return [
            f"{name} grew ×{ratio:.2f} > ×{FLAT[name]}"
            for name, ratio in ratios.items()
            if ratio > FLAT[name]
        ]

    @staticmethod
    def _over(scale: int, costs: dict[str, Cost]) -> list[str]:
        place = 0 if scale == 1 else 1
        return [
            f"{name} at ×{scale}: {costs[name].milliseconds:.1f} ms > {limits[place]} ms"
            for name, limits in TARGETS.items()
            if costs[name].milliseconds > limits[place]
        ]
