"""What readers follow. The one door for all who choose content per reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from newsletter.models import Follow, Subscriber

LOT = 500


@dataclass(frozen=True, slots=True)
class Follows:
    """What one reader wants to hear about: everything, or these venues and districts (ids)."""

    everything: bool
    venue_ids: frozenset[int] = frozenset()
    district_ids: frozenset[int] = frozenset()

    def covers(self, venue_ids: Iterable[int], district_ids: Iterable[int]) -> bool:
        """Whether something at these venues or in these districts is for this reader."""
        return (
            self.everything
            or not self.venue_ids.isdisjoint(venue_ids)
            or not self.district_ids.isdisjoint(district_ids)
        )


def follows_of(subscriber_ids: Iterable[UUID]) -> dict[UUID, Follows]:
    """Return what each reader follows; two queries for every 500, erased readers are left out."""
    ids = list(subscriber_ids)
    found: dict[UUID, Follows] = {}
    for start in range(0, len(ids), LOT):
        found |= _follows(ids[start : start + LOT])
    return found


def _follows(ids: list[UUID]) -> dict[UUID, Follows]:
    venues: dict[UUID, set[int]] = {}
    districts: dict[UUID, set[int]] = {}
    rows = Follow.objects.filter(subscriber__in=ids, subscriber__everything=False)
    for pk, venue_id, district_id in rows.values_list("subscriber", "venue", "district"):
        if venue_id is not None:
            venues.setdefault(pk, set()).add(venue_id)
        else:
            districts.setdefault(pk, set()).add(district_id)
    readers = Subscriber.objects.filter(pk__in=ids).values_list("pk", "everything")
    return {
        pk: Follows(
            everything=everything,
            venue_ids=frozenset(venues.get(pk, ())),
            district_ids=frozenset(districts.get(pk, ())),
        )
        for pk, everything in readers
    }
