"""A mail service by HTTP for tests: anymail's own backend for them, with a chosen answer."""

from typing import Any

from anymail.backends.test import EmailBackend


class Service(EmailBackend):
    """Takes every message, or raises `trouble`; counts how often it was asked."""

    trouble: Exception | None = None
    asked = 0

    def post_to_esp(self, payload: Any, message: Any) -> Any:
        type(self).asked += 1
        if self.trouble is not None:
            raise self.trouble
        return super().post_to_esp(payload, message)
