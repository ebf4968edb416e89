"""Which venues fit what somebody needs, best first, and why.

House rules about sex, age and being under the influence shut a venue out: nobody is sent to a
door that will not let them in. What nobody has written down never shuts a venue out; it is said,
with the number to ring. Then counts, in this order: how many of the needs are met, whether the
door is open at the chosen time, the district, what is unknown, what opens first, the name.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Met(StrEnum):
    """Whether a venue has what somebody needs."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Door(StrEnum):
    """What the door is like in the time somebody can come."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """Who the rules of a house let in: what somebody chose to say."""

    WOMAN = "woman"
    MAN = "man"


class Condition(StrEnum):
    """Whether somebody has been drinking or taken something."""

    SOBER = "sober"
    UNDER_INFLUENCE = "under_influence"


class SoberRule(StrEnum):
    """What a house asks of its guests."""

    FREE = "free"
    SOBER_ONLY = "sober_only"
    ASK = "ask"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked. All of it may be left out; an empty wish fits every venue.

    `needs` are codes such as "mad", in the order in which they were chosen; `age` is in years.
    """

    needs: tuple[str, ...] = ()
    district: str = ""
    sex: Sex | None = None
    age: int | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One venue as the finder sees it, in the time that was asked for.

    `door` is the best the door is for everybody in that time, `women_door` when hours for women
    only count too. `opens` is when it is first open then or later (wall time), None if not known.
    A need that is missing from `needs` is one that the venue does not meet.
    """

    key: int
    sort_key: str
    district: str = ""
    needs: Mapping[str, Met] = field(default_factory=dict)
    women_only: bool = False
    men_only: bool = False
    age_min: int | None = None
    age_max: int | None = None
    sober: SoberRule = SoberRule.UNKNOWN
    door: Door = Door.CLOSED
    women_door: Door = Door.CLOSED
    opens: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One venue that may fit, with the needs it meets, does not meet, or says nothing about.

    `ask_sober` says that nobody knows whether it lets in somebody under the influence.
    `may_refuse` holds "sex" and "age": rules that count for those who did not say. `women_hours`
    says that the door is open then for women only.
    """

    key: int
    met: tuple[str, ...]
    lacking: tuple[str, ...]
    unknown: tuple[str, ...]
    ask_sober: bool
    may_refuse: tuple[str, ...]
    door: Door
    women_hours: bool
    in_district: bool


def rank(wish: Wish, candidates: Iterable[Candidate]) -> list[Match]:
    """Return the venues that may fit `wish`, the best first.

    One that meets none of the needs, and for certain, is left out.
    """
    let_in = [candidate for candidate in candidates if not shut_out(wish, candidate)]
    found = [(candidate, match(wish, candidate)) for candidate in let_in]
    useful = [pair for pair in found if not wish.needs or pair[1].met or pair[1].unknown]
    return [one for _, one in sorted(useful, key=lambda pair: _place(*pair))]


def shut_out(wish: Wish, venue: Candidate) -> bool:
    """Whether the rules of the house turn the person away for certain."""
    if (venue.women_only and wish.sex is Sex.MAN) or (venue.men_only and wish.sex is Sex.WOMAN):
        return True
    if wish.age is not None and not _age_fits(wish.age, venue):
        return True
    return wish.condition is Condition.UNDER_INFLUENCE and venue.sober is SoberRule.SOBER_ONLY


def match(wish: Wish, venue: Candidate) -> Match:
    """Return how a venue that lets the person in fits."""
    answers = {need: venue.needs.get(need, Met.NO) for need in wish.needs}
    women_hours = venue.door is not Door.OPEN and venue.women_door is Door.OPEN
    return Match(
        key=venue.key,
        met=_those(answers, Met.YES),
        lacking=_those(answers, Met.NO),
        unknown=_those(answers, Met.UNKNOWN),
        ask_sober=wish.condition is Condition.UNDER_INFLUENCE
        and venue.sober in (SoberRule.ASK, SoberRule.UNKNOWN),
        may_refuse=tuple(_may_refuse(wish, venue)),
        door=_door_for(wish, venue),
        women_hours=women_hours and wish.sex is not Sex.MAN,
        in_district=bool(wish.district) and venue.district == wish.district,
    )


def _door_for(wish: Wish, venue: Candidate) -> Door:
    """The door as the person meets it; hours for women help a stranger only perhaps."""
    if wish.sex is Sex.WOMAN:
        return venue.women_door
    if wish.sex is None and venue.door is Door.CLOSED and venue.women_door is Door.OPEN:
        return Door.UNKNOWN
    return venue.door


def _age_fits(age: int, venue: Candidate) -> bool:
    return (venue.age_min or 0) <= age and (venue.age_max is None or age <= venue.age_max)


def _those(answers: Mapping[str, Met], wanted: Met) -> tuple[str, ...]:
    return tuple(need for need, answer in answers.items() if answer is wanted)


def _may_refuse(wish: Wish, venue: Candidate) -> Iterable[str]:
    if wish.sex is None and (venue.women_only or venue.men_only):
        yield "sex"
    if wish.age is None and (venue.age_min or venue.age_max):
        yield "age"


_DOORS = {Door.OPEN: 0, Door.UNKNOWN: 1, Door.CLOSED: 2}
_NEVER = dt.datetime(9999, 1, 1)  # noqa: DTZ001  (wall time, as all here)


def _place(venue: Candidate, found: Match) -> tuple[object, ...]:
    """Where a match stands in the list: lower is better."""
    return (
        -len(found.met),
        _DOORS[found.door],
        not found.in_district,
        len(found.unknown) + found.ask_sober + len(found.may_refuse),
        venue.opens or _NEVER,
        venue.sort_key,
        venue.key,
    )
