from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.domain.rounds import Half, Place
from initiatives.models.catalogue import Initiative
from initiatives.models.log import AppendOnly, AppendOnlyError
from initiatives.models.sealed import Sealed, SealedQuerySet
from initiatives.round_taxonomy import RoundAnswer


def person() -> models.ForeignKey:
    """Return a field for who did it; empty when the account is gone, the name stays beside it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class FollowUpRound(Sealed):
    """One half-yearly follow-up: opened with a deadline, and locked with a snapshot.

    A locked round is never changed, whichever way somebody tries; what was wrong is put right in
    a `RoundCorrection`.
    """

    SEALED_BY = "locked_at"

    class HalfYear(models.IntegerChoices):
        FIRST = 1, _("January to June")
        SECOND = 2, _("July to December")

    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("half year"), choices=HalfYear)
    introduction = models.TextField(
        _("a word to the leaders"),
        max_length=1000,
        blank=True,
        help_text=_("Stands above the questions and in the mail about the round."),
    )
    opened_on = models.DateField(_("opened on"))
    deadline_on = models.DateField(_("deadline"))
    opened_by = person()
    opened_by_name = models.CharField(max_length=160, blank=True)
    running = models.BooleanField(default=True)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    locked_by = person()
    locked_by_name = models.CharField(max_length=160, blank=True)
    snapshot = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-year", "-half"]
        verbose_name = _("follow-up round")
        verbose_name_plural = _("follow-up rounds")
        constraints = [
            models.UniqueConstraint(fields=["year", "half"], name="one_round_per_half_year"),
            models.UniqueConstraint(
                fields=["running"], condition=models.Q(running=True), name="one_round_running"
            ),
            models.CheckConstraint(
                condition=models.Q(running=True, locked_at__isnull=True, snapshot__isnull=True)
                | models.Q(running=False, locked_at__isnull=False, snapshot__isnull=False),
                name="round_locked_with_snapshot",
            ),
            models.CheckConstraint(
                condition=models.Q(deadline_on__gte=models.F("opened_on")),
                name="round_deadline_after_opening",
                violation_error_message=_("The deadline lies before the day the round opens."),
            ),
        ]

    def __str__(self) -> str:
        if self.half == self.HalfYear.FIRST:
            return str(_("Follow-up, first half of %(year)s")) % {"year": self.year}
        return str(_("Follow-up, second half of %(year)s")) % {"year": self.year}

    @property
    def half_year(self) -> Half:
        return Half(self.year, self.half)


class FollowUpEntry(Sealed):
    """A place in a round: one initiative at one venue, or a joint one when there is no venue."""

    SEALED_BY = "round__locked_at"

    round = models.ForeignKey(FollowUpRound, on_delete=models.PROTECT, related_name="entries")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="entries")
    venue = models.ForeignKey(
        "directory.VenuePage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_up_entries",
    )

    class Meta:
        ordering = ["initiative__order", "venue__sort_key", "pk"]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "initiative", "venue"], name="one_entry_per_venue"
            ),
            models.UniqueConstraint(
                fields=["round", "initiative"],
                condition=models.Q(venue__isnull=True),
                name="one_joint_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative.number} · {self.venue or _('All venues together')}"

    @property
    def place(self) -> Place:
        return Place(self.initiative.number, self.venue_id)


class AnswerQuerySet(SealedQuerySet):
    """Answers: only added to, and not even that once the round is locked."""

    def update(self, **values: Any) -> int:
        raise AppendOnlyError(f"{self.model._meta.label} is only added to")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(f"{self.model._meta.label} is only added to")


class FollowUpAnswer(Sealed):
    """What was answered for a place, and when; the newest counts, the others are its history."""

    SEALED_BY = "entry__round__locked_at"

    entry = models.ForeignKey(FollowUpEntry, on_delete=models.PROTECT, related_name="answers")
    start = models.CharField(_("start"), max_length=8, choices=RoundAnswer)
    start_text = models.TextField(max_length=1000, blank=True)
    development = models.CharField(_("development"), max_length=8, choices=RoundAnswer)
    development_text = models.TextField(max_length=1000, blank=True)
    implementation = models.CharField(_("implementation"), max_length=8, choices=RoundAnswer)
    implementation_text = models.TextField(max_length=1000, blank=True)
    carried_over = models.BooleanField(_("taken over from the round before"), default=False)
    at = models.DateTimeField()
    by = person()
    by_name = models.CharField(max_length=160, blank=True)

    objects: ClassVar[Any] = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.label} is only added to")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(f"{self._meta.label} is only added to")


class RoundCorrection(AppendOnly):
    """What turned out wrong in a locked round, said beside it; the round itself stays."""

    round = models.ForeignKey(FollowUpRound, on_delete=models.PROTECT, related_name="corrections")
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("correction"), max_length=1000)
    at = models.DateTimeField()
    by = person()
    by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.text[:60]


class RoundReminder(AppendOnly):
    """A reminder that went out: the `number`th of a round, to so many people."""

    round = models.ForeignKey(FollowUpRound, on_delete=models.PROTECT, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    recipients = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="each_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.number}"
