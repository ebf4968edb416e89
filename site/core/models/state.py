import datetime as dt

from django.db import models
from django.db.models import F
from django.utils import timezone


class ContentVersion(models.Model):
    """One row: goes up whenever something the public can see may have changed.

    The key of every cached public answer, ours and a browser's.
    """

    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def bump(cls, *, now: dt.datetime | None = None) -> None:
        """Say that public content may have changed; costs one update."""
        moment = now or timezone.now()
        if not cls.objects.filter(pk=1).update(number=F("number") + 1, changed_at=moment):
            cls.objects.get_or_create(pk=1, defaults={"number": 1, "changed_at": moment})

    @classmethod
    def current(cls) -> tuple[int, dt.datetime]:
        """Return the version and the moment (UTC) of the last change; one query."""
        row = cls.objects.filter(pk=1).values_list("number", "changed_at").first()
        return row or (0, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


class Heartbeat(models.Model):
    """When a part of the system was last known to be alive; /readyz reads it."""

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
