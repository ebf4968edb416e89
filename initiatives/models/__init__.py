"""The leaders' tracker: catalogue, plan, progress at each venue, and what supports it."""

from initiatives.models.agreements import AgreementInitiative
from initiatives.models.catalogue import GuidingPrinciple, Initiative
from initiatives.models.log import AppendOnly, AppendOnlyError, Change
from initiatives.models.plan import ActionPlan, PlanLine
from initiatives.models.progress import Evidence, EvidenceFile, Progress, StatusChange
from initiatives.models.records import Record
from initiatives.models.services import OutreachService, ServiceChange

__all__ = [
    "ActionPlan",
    "AgreementInitiative",
    "AppendOnly",
    "AppendOnlyError",
    "Change",
    "Evidence",
    "EvidenceFile",
    "GuidingPrinciple",
    "Initiative",
    "OutreachService",
    "PlanLine",
    "Progress",
    "Record",
    "ServiceChange",
    "StatusChange",
]
