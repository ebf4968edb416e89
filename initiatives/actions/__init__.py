"""Everything that writes in the leaders' tracker."""

from initiatives.actions.agreements import link_agreement, remind_ending_agreements
from initiatives.actions.catalogue import load_catalogue
from initiatives.actions.evidence import add_evidence, remove_evidence, restore_evidence
from initiatives.actions.plan import PlannedStart, proposed_order, revise_plan
from initiatives.actions.progress import (
    confirm_progress,
    correct_last_change,
    progress_at,
    update_progress,
)
from initiatives.actions.records import save_record
from initiatives.actions.refusal import Refused
from initiatives.actions.services import save_service

__all__ = [
    "PlannedStart",
    "Refused",
    "add_evidence",
    "confirm_progress",
    "correct_last_change",
    "link_agreement",
    "load_catalogue",
    "progress_at",
    "proposed_order",
    "remind_ending_agreements",
    "remove_evidence",
    "restore_evidence",
    "revise_plan",
    "save_record",
    "save_service",
    "update_progress",
]
