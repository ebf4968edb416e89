"""Logs say what happened, never who asked for what."""

import logging
import re

QUERY = re.compile(r"(/[^\s?\"'<>]*)\?[^\s\"'<>]*")
READER = re.compile(r"(/nyhedsbrev/(?:bekraeft|mine-valg|afmeld)/)[^/\s\"'?]+")
DEVICE_CODE = re.compile(r"(/enhed/ind/)[^/\s\"'?]+")
ACCOUNT = re.compile(
    r"(/konto/(?:invitation/(?!taget/)|ny-adgangskode/(?!sendt/|valgt/)))[^/\s\"'?]+"
)
SECRET_CALENDAR = re.compile(r"(/intern/kalender/)[^/\s\"'?]+(\.ics)")


def without_secrets(text: str) -> str:
    """Return `text` without query strings and the secrets that stand in some addresses."""
    plain = SECRET_CALENDAR.sub(r"\1…\2", QUERY.sub(r"\1?…", text))
    for secret in (DEVICE_CODE, READER, ACCOUNT):
        plain = secret.sub(r"\1…", plain)
    return plain


class WithoutQuery(logging.Filter):
    """Cut query strings and secret addresses from what is logged, tracebacks included."""

    formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatter.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        return True
