"""Sending: make a dispatch, fix its audience, hand each message over once, and steer it."""

from newsletter.actions.sending.bounces import take_returned
from newsletter.actions.sending.control import (
    cancel,
    choose_doubt_policy,
    pause,
    resend_held,
    resume,
)
from newsletter.actions.sending.create import SendingError, create_dispatch
from newsletter.actions.sending.freeze import freeze_audience, freeze_due
from newsletter.actions.sending.pump import Pump, is_ready
from newsletter.actions.sending.sweep import sweep, totals
from newsletter.actions.sending.upkeep import forget_deliveries, read_mailbox

__all__ = [
    "Pump",
    "SendingError",
    "cancel",
    "choose_doubt_policy",
    "create_dispatch",
    "forget_deliveries",
    "freeze_audience",
    "freeze_due",
    "is_ready",
    "pause",
    "read_mailbox",
    "resend_held",
    "resume",
    "sweep",
    "take_returned",
    "totals",
]
