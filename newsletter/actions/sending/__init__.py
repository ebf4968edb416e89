"""Sending: make a dispatch, fix its audience, hand each message over once, and steer it."""

from newsletter.actions.sending.create import SendingError, create_dispatch

__all__ = ["SendingError", "create_dispatch"]
