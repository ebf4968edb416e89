"""Mail of issues: pieces encoded once, headers, previews, tests, and dates that change."""

from newsletter.mail.encode import encode_issue
from newsletter.mail.envelope import envelope, envelope_of, subject_problem
from newsletter.mail.letters import letter_of, readers_of
from newsletter.mail.preview import preview_html, preview_message, preview_text
from newsletter.mail.trial import send_test

__all__ = [
    "encode_issue",
    "envelope",
    "envelope_of",
    "letter_of",
    "preview_html",
    "preview_message",
    "preview_text",
    "readers_of",
    "send_test",
    "subject_problem",
]
