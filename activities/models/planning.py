"""The internal planning sheet of a shared event: our own rows beside the page, never a page.

Nothing here is public, and nobody is named: places and participants are numbers.
"""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_PEOPLE = 5000
MAX_TEXT = 1000


def host_venue(**options: Any) -> Any:
    """A venue that holds the event."""
    return models.ForeignKey("directory.VenuePage", verbose_name=_("venue"), **options)


def person(**options: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        **options,
    )


def people_count(label: Any, **options: Any) -> Any:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(MOST_PEOPLE)], **options
    )


class PlanningSheet(models.Model):
    """What the hosts of one shared event agree on before it, and write down after it."""

    FACTS = ("transport", "learned")

    activity = models.OneToOneField(
        "activities.ActivityPage",
        verbose_name=_("shared event"),
        on_delete=models.CASCADE,
        related_name="planning",
    )
    transport = models.TextField(_("transport"), max_length=MAX_TEXT, blank=True)
    learned = models.TextField(_("what we learned"), max_length=MAX_TEXT, blank=True)

    class Meta:
        verbose_name = _("planning sheet")
        verbose_name_plural = _("planning sheets")

    def __str__(self) -> str:
        return str(self.activity_id)


class SheetPart(models.Model):
    """A row of a sheet. One that was taken away stays, so that it can come back."""

    removed = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True


class PlanningTask(SheetPart):
    """Something to be done before the event, by one of its hosts, until a day."""

    FACTS = ("text", "venue_id", "due_on", "done_at", "removed")

    sheet = models.ForeignKey(PlanningSheet, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(_("what is to be done"), max_length=200)
    venue = host_venue(null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(_("done by"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        verbose_name = pgettext_lazy("to do", "task")
        verbose_name_plural = pgettext_lazy("to do", "tasks")

    def __str__(self) -> str:
        return self.text


class VenueSeats(models.Model):
    """One host's share in numbers: places for its guests, how many are taken, how many came."""

    FACTS = ("seats", "taken", "participants")

    sheet = models.ForeignKey(PlanningSheet, on_delete=models.CASCADE, related_name="seats")
    venue = host_venue(on_delete=models.CASCADE, related_name="+")
    seats = people_count(_("places for our guests"))
    taken = people_count(_("places taken"))
    participants = people_count(_("how many came from us"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("places of a venue")
        verbose_name_plural = _("places of venues")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "venue"], name="one_count_per_venue"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.venue_id}"


class SharedCost(SheetPart):
    """An expense of the event, in whole øre, and which host pays it; none: it is shared."""

    FACTS = ("what", "amount", "venue_id", "removed")

    sheet = models.ForeignKey(PlanningSheet, on_delete=models.CASCADE, related_name="costs")
    what = models.CharField(_("what it is for"), max_length=120)
    amount = models.PositiveIntegerField(_("amount in øre"))
    venue = host_venue(null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("shared cost")
        verbose_name_plural = _("shared costs")

    def __str__(self) -> str:
        return self.what


class PlanningChange(models.Model):
    """One change of a sheet, as it was and as it became; only added, and taken back by undo.

    `part` names which kind of row, `row_id` which one. `before` and `after` hold its facts, `act`
    and `words` say it to people.
    """

    sheet = models.ForeignKey(PlanningSheet, on_delete=models.CASCADE, related_name="changes")
    part = models.CharField(max_length=12)
    row_id = models.PositiveBigIntegerField()
    act = models.CharField(max_length=16)
    words = models.CharField(max_length=200, blank=True)
    before = models.JSONField()
    after = models.JSONField()
    changed_at = models.DateTimeField(_("when"))
    changed_by = person(verbose_name=_("who"))
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_by = person(editable=False)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("change of a planning sheet")
        verbose_name_plural = _("changes of planning sheets")

    def __str__(self) -> str:
        return f"{self.part} {self.row_id}"
