"""Readers and topics, issues, and what was sent to whom."""

from newsletter.models.alerts import Alert
from newsletter.models.approval import IssueApproval
from newsletter.models.asking import Ask, HourCount, MailCount, Token
from newsletter.models.consent import Consent
from newsletter.models.issues import IssuePage, NewsletterIndexPage
from newsletter.models.mentions import Mention
from newsletter.models.readers import Follow, Subscriber, Subscription, Suppression, Topic
from newsletter.models.sending import (
    Allowance,
    Delivery,
    Dispatch,
    Fragment,
    RelayLine,
    ServerLife,
)
from newsletter.models.weekly import WeeklyIssue, WeeklyPlan, WeekState

__all__ = [
    "Alert",
    "Allowance",
    "Ask",
    "Consent",
    "Delivery",
    "Dispatch",
    "Follow",
    "Fragment",
    "HourCount",
    "IssueApproval",
    "IssuePage",
    "MailCount",
    "Mention",
    "NewsletterIndexPage",
    "RelayLine",
    "ServerLife",
    "Subscriber",
    "Subscription",
    "Suppression",
    "Token",
    "Topic",
    "WeekState",
    "WeeklyIssue",
    "WeeklyPlan",
]
