"""A made-up city of a given size: the same rows for the same scale and first day."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

VENUES, SERIES, SINGLES, CANCELLED = 20, 400, 2000, 2
WEEKS = 52
SEED = "city"
PROSE = (
    "kom og vær med alle er velkomne vi mødes i det store lokale med kaffe te og brød der er "
    "plads til nye og gamle venner ring gerne hvis du har spørgsmål"
)
WORDS = PROSE.split()
TITLES = ("Fællesspisning", "Gåtur", "Brætspil", "Yoga", "Korsang", "Morgenkaffe", "Svømning")


@dataclass(frozen=True, slots=True)
class Plan:
    """One activity: its place in the city, its words and its time."""

    venue: int
    uid: uuid.UUID
    title: str
    summary: str
    body: str
    first_on: dt.date
    starts: dt.time
    ends: dt.time
    weekly: bool
    cancelled: tuple[dt.date, ...] = ()


def plans(scale: int, first_day: dt.date) -> Iterator[Plan]:
    """Yield `scale` times 400 weekly series with 2 cancelled dates each and 2,000 single dates.

    `first_day` is a Monday; everything lies within the 52 weeks from it.
    """
    chance = random.Random(f"{SEED}/{scale}")  # noqa: S311  (made-up data, not a secret)
    for number in range(SERIES * scale):
        first = first_day + dt.timedelta(days=chance.randrange(7))
        weeks = sorted(chance.sample(range(1, WEEKS), CANCELLED))
        cancelled = tuple(first + dt.timedelta(weeks=week) for week in weeks)
        yield _plan(chance, scale, number, first, weekly=True, cancelled=cancelled)
    for number in range(SINGLES * scale):
        day = first_day + dt.timedelta(days=chance.randrange(7 * WEEKS))
        yield _plan(chance, scale, SERIES * scale + number, day, weekly=False)


def _plan(
    chance: random.Random,
    scale: int,
    number: int,
    first_on: dt.date,
    *,
    weekly: bool,
    cancelled: tuple[dt.date, ...] = (),
) -> Plan:
    hour = chance.randint(9, 20)
    return Plan(
        venue=chance.randrange(VENUES * scale),
        uid=uuid.uuid5(uuid.NAMESPACE_DNS, f"{SEED}-{scale}-{number}.example"),
        title=f"{chance.choice(TITLES)} {number}",
        summary=_prose(chance, 12),
        body=f"<p>{_prose(chance, 70)}</p>",
        first_on=first_on,
        starts=dt.time(hour, chance.choice((0, 15, 30))),
        ends=dt.time(hour + 2, 0),
        weekly=weekly,
        cancelled=cancelled,
    )


def _prose(chance: random.Random, length: int) -> str:
    words = " ".join(chance.choice(WORDS) for _ in range(length))
    return f"{words[0].upper()}{words[1:]}."
