"""The words around an import from a spreadsheet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetKind(models.TextChoices):
    VENUES = "venues", _("Venues")
    HOURS = "hours", _("Opening hours")
    ACTIVITIES = "activities", _("Activities")


class SheetState(models.TextChoices):
    CHECKED = "checked", _("Looked through, not imported")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")


class SheetAction(models.TextChoices):
    """What an import would do with one thing of a sheet."""

    CREATE = "create", _("Will be created")
    CHANGE = "change", _("Will be changed")
    SAME = "same", _("Is the same already")
    REFUSE = "refuse", _("Cannot be used")

    @classmethod
    def writes(cls) -> "tuple[SheetAction, ...]":
        """Return the actions that change something."""
        return (cls.CREATE, cls.CHANGE)


class SheetRowState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    APPLIED = "applied", _("Done")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Taken back")
    KEPT = "kept", _("Kept")
