"""Ask every address of ours as every role, and the table of what each must answer.

The table, tests/data/rights.txt, has a row for each address: its name, the method, an example of
it and ten answers: a status, `login` for being led to the sign-in page, or `no` for being led back
to the admin's front page, which is how Wagtail refuses. An example names rows of the demo in
braces. A row without answers, or with `?` for one, is a question still open: `make rights` asks it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from activities.models import ActivityHost, ActivityPage, Occurrence, PlanningSheet
from core.models import User
from directory.models import VenuePage
from directory.taxonomy import Role
from initiatives.models import Progress
from newsletter.models import Dispatch, IssuePage
from tests.accounts.rights_rows import missing_rows
from tests.factories.core import make_user

OPEN = "?"
TABLE = Path(__file__).parents[1] / "data" / "rights.txt"
ROLES = (
    "anonymous", "volunteer", "staff", "editor", "communication", "leader", "other_leader",
    "area_head", "administrator", "deactivated",
)  # fmt: skip
OURS = {
    "accounts", "activities", "allauth", "core", "directory", "initiatives", "newsletter",
    "pages", "staff",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One address: name, method, example, and what each role gets."""

    name: str
    method: str
    example: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        words = " ".join(f"{answer:5}" for answer in self.answers)
        return f"{self.name:45} {self.method:4} {self.example:70} {words}".rstrip()


def read_table() -> list[Row]:
    """Return the rows of the table, comments left out."""
    rows = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, method, example, *answers = line.split()
            rows.append(Row(name, method, example, tuple(answers or [OPEN] * len(ROLES))))
    return rows


def fill_in(asked: dict[str, dict[str, str]]) -> list[str]:
    """Write answers beside the questions that are open, and there only; return the new lines.

    `asked` is example → answer for each role. What stands in the table is never changed: a right
    that was loosened stays a failure until somebody takes the old answer out by hand.
    """
    filled = []
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = {row.name + row.method + row.example: row for row in read_table()}
    for number, line in enumerate(lines):
        row = rows.get("".join(line.split()[:3]))
        if row is None or OPEN not in row.answers:
            continue
        told = [asked[role][row.example] for role in ROLES]
        answers = [new if old == OPEN else old for old, new in zip(row.answers, told, strict=True)]
        lines[number] = str(Row(row.name, row.method, row.example, tuple(answers)))
        filled.append(lines[number])
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return filled


def addresses() -> list[tuple[str, str]]:
    """Return name and pattern of every address that a view of ours answers."""
    return sorted(set(_walk(get_resolver().url_patterns)))


def _walk(
    patterns: list[Any], before: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    for found in patterns:
        text = f"{before}{found.pattern}"
        if isinstance(found, URLResolver):
            inner = (*spaces, found.namespace) if found.namespace else spaces
            yield from _walk(found.url_patterns, text, inner)
        elif isinstance(found, URLPattern) and _is_ours(found.callback):
            yield ":".join([*spaces, str(found.name)]), text


def _is_ours(view: Any) -> bool:
    view = getattr(view, "view_class", view)
    return str(view.__module__).partition(".")[0] in OURS


class Visitor(Client):
    """A test client that keeps no copy of what templates were given: its answer is a status."""

    def request(self, **request: Any) -> HttpResponseBase:
        answer = self.handler(self._base_environ(**request))
        self.cookies.update(answer.cookies)
        return answer


def people(venue: VenuePage, other: VenuePage) -> dict[str, Client]:
    """Return a browser for each role: signed in, and one deactivated after that."""
    clients: dict[str, Client] = {"anonymous": Visitor()}
    at_venue = {
        "volunteer": Role.VOLUNTEER,
        "staff": Role.STAFF,
        "editor": Role.EDITOR,
        "leader": Role.VENUE_LEADER,
        "deactivated": Role.VENUE_LEADER,
    }
    for name in ROLES[1:]:
        email = f"{name}@matrix.example"
        if name in at_venue:
            user = make_user(email, role=at_venue[name], venue=venue)
        elif name == "other_leader":
            user = make_user(email, role=Role.VENUE_LEADER, venue=other)
        elif name == "administrator":
            user = make_user(email, admin=True)
        else:
            user = make_user(email, role=Role(name))
        clients[name] = Visitor()
        clients[name].force_login(user)
    User.objects.filter(email="deactivated@matrix.example").update(is_active=False)
    return clients


def own_and_other() -> tuple[VenuePage, VenuePage]:
    """The lead host of the first shared event, and a venue that has no part in it."""
    hosts = ActivityHost.objects.order_by("activity__pk", "pk")
    own = hosts.first().venue
    taking_part = hosts.filter(activity=hosts.first().activity).values("venue")
    return own, VenuePage.objects.live().exclude(pk__in=taking_part).order_by("pk").first()


def examples(venue: VenuePage, now: dt.datetime) -> dict[str, Any]:
    """What stands for the words in braces, made where the demo has no such row."""
    shared = ActivityHost.objects.order_by("activity__pk", "pk").first().activity
    dates = Occurrence.objects.filter(activity__in=ActivityPage.objects.child_of(venue).live())
    date = dates.order_by("-starts_at", "pk").first()
    own = date.activity
    sheet = PlanningSheet.objects.get_or_create(activity=shared)[0]
    shared_date = Occurrence.objects.filter(activity=shared).order_by("-starts_at", "pk").first()
    found = {
        "venue": venue.pk,
        "venue_slug": venue.slug,
        "activity": own.pk,
        "activity_slug": own.slug,
        "activity_uid": own.uid,
        "date": date.pk,
        "date_id": date.recurrence_id,
        "shared": shared.pk,
        "shared_slug": shared.slug,
        "shared_date_id": shared_date.recurrence_id,
        "sheet": sheet.pk,
        "host": ActivityHost.objects.filter(activity=shared).order_by("pk").last().pk,
        "initiative": Progress.objects.filter(venue=venue).first().initiative.number,
        "joint": Progress.objects.filter(venue=None).first().initiative.number,
        "issue": IssuePage.objects.order_by("pk").first().pk,
        "dispatch": Dispatch.objects.order_by("pk").first().pk,
        "nobody": 0,
    }
    in_demo = {name: _first(apps.get_model(label)) for name, label in MODELS.items()}
    return found | in_demo | missing_rows(venue, sheet, now)


MODELS = {
    "action": "initiatives.MeetingAction",
    "agenda_item": "initiatives.AgendaItem",
    "agreement": "directory.CooperationAgreement",
    "amenity": "directory.Amenity",
    "batch": "activities.ChangeBatch",
    "change": "activities.OccurrenceChange",
    "closing": "directory.OpeningException",
    "device": "staff.Device",
    "decision": "initiatives.MeetingDecision",
    "district": "directory.District",
    "event": "staff.ExchangeEvent",
    "evidence": "initiatives.Evidence",
    "hand_over": "activities.HandOver",
    "indicator": "initiatives.SharedIndicator",
    "measurement": "initiatives.Measurement",
    "meeting": "initiatives.LeadersMeeting",
    "membership": "directory.Membership",
    "move": "directory.VenueMove",
    "notice": "directory.Notice",
    "organisation": "directory.Organisation",
    "page_report": "staff.PageReport",
    "report": "initiatives.AnnualReport",
    "round": "initiatives.FollowUpRound",
    "secret": "directory.SecretAddress",
    "service": "initiatives.OutreachService",
    "target": "directory.TargetGroup",
    "wish": "staff.Wish",
}


def _first(model: Any) -> Any:
    row = model.objects.order_by("pk").first()
    return row.pk if row else 0


def ask(client: Client, row: Row, values: dict[str, Any]) -> str:
    """Return the answer as the table writes it; whatever was written is taken back."""
    path = row.example.format_map(values)
    with transaction.atomic():
        answer = client.generic(row.method, path)
        if answer.streaming:
            b"".join(answer)
        transaction.set_rollback(True)
    leads_to = answer.headers.get("Location", "")
    if leads_to.startswith("/admin/login/"):
        return "login"
    return "no" if leads_to == "/admin/" else str(answer.status_code)
