"""Who may do what in the leaders' tracker: the one door for its pages, lists and forms."""

from dataclasses import dataclass
from typing import Any

from directory.permissions import Rights, rights_of
from initiatives.models import Initiative


@dataclass(frozen=True, slots=True)
class TrackerRights:
    """What one person may do here: a leader for the venues they lead, the area head for all."""

    rights: Rights

    @property
    def everywhere(self) -> bool:
        """May see and edit every venue: the area head and administrators."""
        return self.rights.heads_area

    @property
    def leads(self) -> frozenset[int]:
        """Ids of the venues that the person leads."""
        return self.rights.leads

    @property
    def sees_any(self) -> bool:
        """May enter the tracker at all; its catalogue, plan and joint matters with it."""
        return self.everywhere or bool(self.leads)

    @property
    def venues(self) -> frozenset[int] | None:
        """Ids of the venues the person may see; None means every venue."""
        return None if self.everywhere else self.leads

    def sees(self, venue_id: int | None) -> bool:
        """Whether the person may see a venue's progress; None asks about joint progress."""
        return self.sees_any if venue_id is None else self.everywhere or venue_id in self.leads

    def edits(self, venue_id: int) -> bool:
        """Whether the person may write a venue's progress, record, evidence and services."""
        return self.everywhere or venue_id in self.leads

    def edits_joint(self, initiative: Initiative) -> bool:
        """Whether the person may write what is kept once for all venues (S8: by its owner)."""
        if initiative.owner_role == Initiative.Owner.AREA_HEAD:
            return self.everywhere
        return self.sees_any

    @property
    def revises_plan(self) -> bool:
        """May enter what the leaders decided about the action plan."""
        return self.sees_any

    @property
    def opens_rounds(self) -> bool:
        """May open a follow-up round and lock it."""
        return self.everywhere

    @property
    def locks(self) -> bool:
        """May lock a follow-up round for good."""
        return self.everywhere

    @property
    def runs_meetings(self) -> bool:
        """May call leaders' meetings and write their minutes."""
        return self.sees_any

    @property
    def approves(self) -> bool:
        """May approve, freeze and publish the yearly report."""
        return self.everywhere

    @property
    def manages_agreements(self) -> bool:
        """May link cooperation agreements to initiatives."""
        return self.everywhere


def tracker_rights(user: Any) -> TrackerRights:
    """Return what `user` may do in the leaders' tracker. One query."""
    return TrackerRights(rights_of(user))


def may_see_initiatives(user: Any) -> bool:
    """Whether a person is a venue leader, the area head or an administrator."""
    return tracker_rights(user).sees_any
