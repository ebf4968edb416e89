"""The leaders' tracker: catalogue, plan, progress at each venue, and what supports it."""

from initiatives.models.agreements import AgreementChange, AgreementInitiative
from initiatives.models.catalogue import GuidingPrinciple, Initiative
from initiatives.models.indicator import Conclusion, Measurement, SharedIndicator
from initiatives.models.log import AppendOnly, AppendOnlyError, Change
from initiatives.models.meeting import (
    AgendaItem,
    LeadersMeeting,
    MeetingAction,
    MeetingDecision,
    MinutesNote,
)
from initiatives.models.plan import ActionPlan, PlanLine
from initiatives.models.progress import Evidence, EvidenceFile, Progress, StatusChange
from initiatives.models.records import Record
from initiatives.models.report import AnnualReport, ReportFile, ReportText
from initiatives.models.report_page import AnnualReportPage
from initiatives.models.round import (
    FollowUpAnswer,
    FollowUpEntry,
    FollowUpRound,
    RoundCorrection,
    RoundReminder,
)
from initiatives.models.sealed import Sealed, SealedError
from initiatives.models.services import OutreachService, ServiceChange

__all__ = [
    "ActionPlan",
    "AgendaItem",
    "AgreementChange",
    "AgreementInitiative",
    "AnnualReport",
    "AnnualReportPage",
    "AppendOnly",
    "AppendOnlyError",
    "Change",
    "Conclusion",
    "Evidence",
    "EvidenceFile",
    "FollowUpAnswer",
    "FollowUpEntry",
    "FollowUpRound",
    "GuidingPrinciple",
    "Initiative",
    "LeadersMeeting",
    "Measurement",
    "MeetingAction",
    "MeetingDecision",
    "MinutesNote",
    "OutreachService",
    "PlanLine",
    "Progress",
    "Record",
    "ReportFile",
    "ReportText",
    "RoundCorrection",
    "RoundReminder",
    "Sealed",
    "SealedError",
    "ServiceChange",
    "SharedIndicator",
    "StatusChange",
]
