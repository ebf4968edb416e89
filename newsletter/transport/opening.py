"""Which line the settings ask for."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from newsletter.transport.line import Line
from newsletter.transport.outbox import OutboxLine
from newsletter.transport.smtp import Relay, SmtpLine


def open_line() -> Line:
    """Return a new line; RelayAway when nobody answers."""
    return _way(settings.NEWSLETTER_RELAY)()


def _way(name: str) -> Callable[[], Line]:
    ways: dict[str, Callable[[], Line]] = {
        "smtp": lambda: SmtpLine(relay_of_settings()),
        "service": _service,
        "outbox": OutboxLine,
    }
    if name not in ways:
        raise ImproperlyConfigured(f"NEWSLETTER_RELAY must be one of {', '.join(ways)}.")
    return ways[name]


def _service() -> Line:
    from newsletter.transport.service import ServiceLine  # an HTTP client comes with it

    return ServiceLine(settings.NEWSLETTER_SERVICE)


def relay_of_settings() -> Relay:
    """Return the mail server that Django's own settings name."""
    return Relay(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        starttls=settings.EMAIL_USE_TLS and settings.EMAIL_PORT != 465,
        tls=settings.EMAIL_PORT == 465,
        answer_seconds=settings.NEWSLETTER_ANSWER_SECONDS,
        own_name=urlsplit(settings.BASE_URL).hostname or "localhost",
    )
