"""Why an address could not be fetched: a code for programs, a sentence for editors.

Whatever goes wrong before somebody public has answered is one and the same sentence. Otherwise the
form would tell which doors of the municipality's own network are open.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FetchProblem(models.TextChoices):
    """What to tell the editor."""

    ADDRESS = (
        "address",
        _(
            "This is not an address we can fetch. It begins with https:// and is copied"
            " from the calendar program."
        ),
    )
    UNREACHABLE = (
        "unreachable",
        _("The address could not be reached. Check that it is right and open to everyone."),
    )
    SLOW = "slow", _("The calendar did not arrive in time.")
    TOO_LARGE = "too_large", _("The calendar is larger than we can take in.")
    CUT = "cut", _("The calendar broke off before it was complete.")
    MISSING = "missing", _("There is no calendar at the address any more.")
    LOGIN = "login", _("The address asks for a login. The calendar must be shared with everyone.")
    BUSY = "busy", _("The other side has no time right now. We try again later.")
    REDIRECTS = "redirects", _("The address leads in circles.")
    PACKED = "packed", _("The calendar is packed in a way we cannot read.")
    ANSWER = "answer", _("The other side answered with an error.")


class FetchError(Exception):
    """An address that gave nothing we can use.

    `code` is a FetchProblem and `message` its sentence. `detail` is for the log; it names neither
    path nor query, since the address of a calendar is often a secret.
    """

    def __init__(self, code: FetchProblem, detail: str = "") -> None:
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
        self.code = code
        self.detail = detail

    @property
    def message(self) -> str:
        return str(self.code.label)
