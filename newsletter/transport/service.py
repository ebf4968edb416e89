"""A mail service that takes messages by HTTP, through django-anymail.

There is no dot to hold back: the whole call is the last word. The gate stands before it, so a call
whose answer never came is listed as doubt.
"""

from email.utils import formataddr
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection

from newsletter.domain.sending import Answer, without_addresses
from newsletter.transport.line import LineLost, Offer, Refused, RelayAway

TOO_MANY = 429
ABOUT_US = {401, 402, 403, 404, 405, TOO_MANY}
NEVER_LEFT = ("Failed to establish a new connection", "NameResolutionError", "ConnectTimeout")
REFUSED = {"rejected", "invalid", "failed"}


class ServiceLine:
    """A session with the service; `backend` is the path of an anymail backend."""

    def __init__(self, backend: str) -> None:
        self.used = 0
        self._backend: Any = get_connection(backend, fail_silently=False)
        self._offered: EmailMultiAlternatives | None = None

    def offer(self, offer: Offer) -> None:
        parts = offer.parts()
        if parts is None:
            raise Refused(Answer(554, "nothing to say"))
        mail = EmailMultiAlternatives(
            subject=parts.subject,
            body=parts.text,
            from_email=formataddr((parts.from_name, parts.from_address)),
            to=[parts.to],
            headers=parts.headers,
        )
        mail.attach_alternative(parts.html, "text/html")
        if offer.sender != parts.from_address:
            mail.envelope_sender = offer.sender  # type: ignore[attr-defined]  # anymail's own
        self._offered = mail

    def commit(self) -> Answer:
        mail, self._offered = self._offered, None
        if mail is None:
            raise AssertionError("commit comes after offer")
        try:
            self._backend.send_messages([mail])
        except AnymailRecipientsRefused as error:
            raise Refused(Answer(550, _words(error))) from None
        except AnymailAPIError as error:
            raise _meaning(error) from None
        except AnymailError as error:  # the message cannot be written for this service
            raise Refused(Answer(554, _words(error))) from None
        except OSError as error:
            raise LineLost(_words(error)) from None
        return self._taken(mail)

    def drop(self) -> None:
        self._offered = None
        self._backend.close()

    def close(self) -> None:
        self.drop()

    def _taken(self, mail: Any) -> Answer:
        said = getattr(mail, "anymail_status", None)
        if said is not None and said.status and set(said.status) <= REFUSED:
            raise Refused(Answer(550, ", ".join(sorted(said.status))))
        self.used += 1
        return Answer(250, str(getattr(said, "message_id", "") or ""))


def _meaning(error: AnymailAPIError) -> Exception:
    """Return what an error means: only a plain 4xx or no connection at all is a clear no."""
    code = error.status_code
    if code is None:
        never_left = any(sign in f"{error} {type(error).__mro__}" for sign in NEVER_LEFT)
        return RelayAway(Answer(0, _words(error))) if never_left else LineLost(_words(error))
    if code in ABOUT_US:
        return RelayAway(Answer(code, _words(error)))
    if 400 <= code < 500:
        return Refused(Answer(554, _words(error)))
    return LineLost(f"HTTP {code}")


def _words(error: Exception) -> str:
    return without_addresses(str(error).partition("\n")[0])
