"""`manage.py inspect_calendar`: what an import of a calendar would take, without storing anything.

With --json one object for programs:

    {"ok": true, "error": null, "name": …, "complete": true, "events": 3, "outside": 0,
     "occ": [["utc", 1774420200], ["date", "2026-06-13"], ["utc", 1774852200, "private"]],
     "problems": [{"code": "zone_unknown", "kept": true, …}]}

`occ` are the starts of all dates read between --from and --to, the second not included, both in
UTC. A third part says why a date was read and is not shown. A file that is refused is an answer
like any other; an address that is refused, or answers with half a calendar, ends with status 1.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from activities.domain.imports.values import HeldDate, Imported, ImportedEvent, Limits, Problem
from activities.importing import read_calendar
from activities.source_wording import reason
from core.domain.dates import local_day
from core.fetching import FetchError, fetch

WINDOW = dt.timedelta(days=400)
DAY = dt.timedelta(days=1)


class Command(BaseCommand):
    help = "Show what an import of a calendar would take. Nothing is stored."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("file", nargs="?", type=Path, help="a calendar file")
        source.add_argument("--url", help="the address of a calendar")
        day = dt.date.fromisoformat
        parser.add_argument("--from", dest="first", type=day, help="first day, today if left out")
        parser.add_argument("--to", dest="until", type=day, help="day after the last one")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        first = options["first"] or local_day(timezone.now())
        until = options["until"] or first + WINDOW
        if until <= first:
            raise CommandError("--to must be later than --from")
        body = self._body(options)
        # A day more at either end: the days asked for are UTC, those of an import Danish.
        limits = Limits().for_days((until - first).days)
        found = read_calendar(body, first=first - DAY, last=until, limits=limits)
        if options["json"]:
            self.stdout.write(json.dumps(report(found, first, until), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(lines(found, first, until)))
        if options["url"] is not None and (found.refused or not found.complete):
            code = found.refused.code if found.refused else Problem.FILE_CUT_OFF
            raise CommandError(reason(code))

    def _body(self, options: dict[str, Any]) -> bytes:
        if options["url"] is None:
            try:
                return options["file"].read_bytes()
            except OSError as error:
                raise CommandError(f"{options['file']}: {error.strerror}") from error
        try:
            return fetch(options["url"]).body
        except FetchError as error:
            raise CommandError(error.message) from error


def report(found: Imported, first: dt.date, until: dt.date) -> dict[str, Any]:
    """`found` as the plain values that --json prints."""
    shown = [_start(event) for event in found.events if _between(event, first, until)]
    held = [[*_start(date), str(date.code)] for date in found.held if _between(date, first, until)]
    return {
        "ok": found.refused is None,
        "error": reason(found.refused.code) if found.refused else None,
        "name": found.name,
        "complete": found.complete,
        "events": found.entries,
        "outside": found.outside,
        "occ": [*shown, *held],
        "problems": [
            {
                "code": str(problem.code),
                "kept": problem.kept,
                "line": problem.line,
                "title": problem.title,
                "on": str(problem.on or ""),
                "detail": problem.detail,
                "count": problem.count,
                "reason": reason(problem.code),
            }
            for problem in found.problems
        ],
    }


def lines(found: Imported, first: dt.date, until: dt.date) -> list[str]:
    """`found` for a person at a terminal: dates first, then what could not be used."""
    if found.refused:
        return [reason(found.refused.code)]
    told = []
    for event in found.events:
        if _between(event, first, until):
            clock = (
                "          "
                if event.all_day
                else f"{event.starts_local:%H:%M}-{event.ends_local:%H:%M}"
            )
            mark = " (cancelled)" if event.cancelled else ""
            told.append(f"{event.starts_local:%Y-%m-%d} {clock} {event.title}{mark}")
    for problem in found.problems:
        where = " ".join(part for part in (str(problem.on or ""), problem.title) if part)
        detail = f" [{problem.detail}]" if problem.detail else ""
        sign = "·" if problem.kept else "✗"
        told.append(f"{sign} {problem.line}: {where}: {reason(problem.code)}{detail}")
    return told


def _start(date: ImportedEvent | HeldDate) -> list[Any]:
    if date.all_day:
        return ["date", date.starts_local.date().isoformat()]
    return ["utc", int(date.starts.timestamp())]


def _between(date: ImportedEvent | HeldDate, first: dt.date, until: dt.date) -> bool:
    begins = date.starts_local if date.all_day else date.starts.astimezone(dt.UTC)
    return first <= begins.date() < until
