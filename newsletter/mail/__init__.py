"""Mail of issues: pieces encoded once, headers, previews, tests, and dates that change."""

from newsletter.mail.encode import encode_issue
from newsletter.mail.envelope import envelope, envelope_of, subject_problem
from newsletter.mail.preview import preview_html, preview_message, preview_text

__all__ = [
    "encode_issue",
    "envelope",
    "envelope_of",
    "preview_html",
    "preview_message",
    "preview_text",
    "subject_problem",
]
