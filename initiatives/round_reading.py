"""What a follow-up round asks, what has been answered, and who is missing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery

from directory.models import VenueMove, VenuePage
from initiatives.domain.rounds import Place, answering_venue, missing_places
from initiatives.models import FollowUpAnswer, FollowUpEntry, FollowUpRound, Initiative


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round as it stands on a day: its entries, the newest answers, and what is missing."""

    round: FollowUpRound
    entries: tuple[FollowUpEntry, ...]
    answers: Mapping[int, FollowUpAnswer]
    missing: tuple[Place, ...]
    merged_into: Mapping[int, int] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """Return how many places want an answer: those with one, and those without."""
        return len(self.answers) + len(self.missing)

    def missing_at(self, venue_id: int | None) -> list[str]:
        """Return the numbers of the initiatives that nobody has answered for at a venue."""
        return [place.initiative for place in self.missing if place.venue == venue_id]

    def answer(self, entry: FollowUpEntry) -> FollowUpAnswer | None:
        return self.answers.get(entry.pk)


def running_round() -> FollowUpRound | None:
    """Return the round that waits for answers, if there is one."""
    return FollowUpRound.objects.filter(running=True).first()


def mergers(today: dt.date) -> dict[int, int]:
    """Return what venues have become part of on the local day `today`, by id."""
    rows = VenueMove.objects.filter(kind=VenueMove.Kind.MERGED, on__lte=today).order_by("on", "pk")
    return dict(rows.values_list("venue_id", "successor_id"))


def round_state(asked: FollowUpRound, today: dt.date) -> RoundState:
    """Return `asked` as it stands on the local day `today`. Four queries."""
    entries = tuple(asked.entries.select_related("initiative__guiding_principle", "venue"))
    answers = {answer.entry_id: answer for answer in newest_answers(asked)}
    merged_into = mergers(today)
    order = {number: place for place, number in enumerate(_numbers())}
    missing = missing_places(
        [entry.place for entry in entries],
        {entry.place for entry in entries if entry.pk in answers},
        merged_into,
    )
    missing.sort(key=lambda place: order[place.initiative])
    return RoundState(asked, entries, answers, tuple(missing), merged_into)


def newest_answers(asked: FollowUpRound) -> Iterable[FollowUpAnswer]:
    """Return the answers that count: the newest one of each entry."""
    newest = FollowUpAnswer.objects.filter(entry=OuterRef("entry")).order_by("-at", "-pk")
    rows: Iterable[FollowUpAnswer] = FollowUpAnswer.objects.filter(
        entry__round=asked, pk=Subquery(newest.values("pk")[:1])
    )
    return rows


def replaced_answers(asked: FollowUpRound, venue_id: int | None) -> dict[int, list[FollowUpAnswer]]:
    """Return the answers of a venue (None: jointly) that newer ones replaced, newest first."""
    found: dict[int, list[FollowUpAnswer]] = {}
    rows = FollowUpAnswer.objects.filter(entry__round=asked, entry__venue=venue_id)
    for row in rows.order_by("-at", "-pk"):
        found.setdefault(row.entry_id, []).append(row)
    return {entry: answers[1:] for entry, answers in found.items() if len(answers) > 1}


def earlier_answers(asked: FollowUpRound) -> dict[Place, FollowUpAnswer]:
    """Return the last answer before `asked` for each place that has one, from any older round."""
    older = Q(entry__round__year__lt=asked.year) | Q(
        entry__round__year=asked.year, entry__round__half__lt=asked.half
    )
    rows = (
        FollowUpAnswer.objects.filter(older)
        .select_related("entry__initiative", "entry__round")
        .order_by("entry__round__year", "entry__round__half", "at", "pk")
    )
    return {row.entry.place: row for row in rows}


def venues_of(state: RoundState) -> list[VenuePage]:
    """Return the venues a round concerns, by name: those asked, and those that answer for them."""
    ids = {entry.venue_id for entry in state.entries if entry.venue_id}
    ids |= {answering_venue(pk, state.merged_into) for pk in ids}
    return list(VenuePage.objects.filter(pk__in=ids).in_order())


def _numbers() -> list[str]:
    return list(Initiative.objects.values_list("number", flat=True))
