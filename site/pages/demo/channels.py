"""What the demo's people have put elsewhere: most of it right, some old, some changed since."""

import datetime as dt
from dataclasses import replace

from activities.actions.channels import confirm_in_kompas, record_post
from activities.outlets.kompas import activity_card
from activities.outlets.plan import KompasRow, plans
from activities.taxonomy import Channel
from core.models import User
from directory.models import VenuePage
from directory.taxonomy import Role
from pages.demo import days
from pages.demo.memory import Memory

ELSEWHERE = "https://kompas.example/opslag"
OLD = 230  # days; beyond any sensible term
NEVER = 2  # of ten


def add_hand_overs(memory: Memory) -> None:
    """Confirm eight of ten in Kompas, one of them long ago and one before its text changed."""
    now = days.moment(memory.today, dt.time(9))
    by = User.objects.filter(memberships__role=Role.COMMUNICATION).first()
    found = plans(VenuePage.objects.public(), now)
    for number, row in enumerate(row for plan in found for row in plan.rows):
        _confirm(row, number, by, now)
    for number, plan in enumerate(plan for plan in found if plan.offered):
        at = plan.offered[0]
        if number % 3 == 0:
            told_at = now - dt.timedelta(days=number + 1)
            card = activity_card(at)
            record_post(at.activity, card, channel=Channel.FACEBOOK, by=by, now=told_at)


def _confirm(row: KompasRow, number: int, by: User | None, now: dt.datetime) -> None:
    place = number % 10
    if place < NEVER:
        return
    age = OLD if place == NEVER else 5 + 7 * place
    earlier = replace(row.card, fields=row.card.fields[:-1])
    confirm_in_kompas(
        row.subject,
        earlier if place == NEVER + 1 else row.card,
        url=f"{ELSEWHERE}/{number + 1}",
        by=by,
        now=now - dt.timedelta(days=age),
    )
