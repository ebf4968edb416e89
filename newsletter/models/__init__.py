"""Readers and topics, issues, and what was sent to whom."""

from newsletter.models.asking import Ask, HourCount, MailCount, Token
from newsletter.models.consent import Consent
from newsletter.models.readers import Follow, Subscriber, Subscription, Suppression, Topic

__all__ = [
    "Ask",
    "Consent",
    "Follow",
    "HourCount",
    "MailCount",
    "Subscriber",
    "Subscription",
    "Suppression",
    "Token",
    "Topic",
]
