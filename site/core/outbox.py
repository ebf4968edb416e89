"""Where mail goes when no relay is set: into our own table, to be read in the admin."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from core.models import KeptMail


class OutboxBackend(BaseEmailBackend):
    """Keeps each message as it would have been sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        KeptMail.objects.bulk_create(
            KeptMail(
                to=", ".join(message.to)[:254],
                subject=message.subject[:255],
                raw=message.message().as_bytes(),
            )
            for message in email_messages
        )
        return len(email_messages)
