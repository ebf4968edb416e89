from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from core.wording import date_text
from directory.querysets import NoticeQuerySet, OpeningExceptionQuerySet
from directory.taxonomy import ExceptionReason, OpeningKind, Weekday


class OpeningHours(models.Model):
    """One stretch of one weekday on which a venue is open, every week.

    Closing at or before the opening time means closing the next day.
    """

    venue = ParentalKey(
        "directory.VenuePage", on_delete=models.CASCADE, related_name="opening_hours"
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    kind = models.CharField(
        _("who is there"),
        max_length=20,
        choices=OpeningKind,
        default=OpeningKind.STAFFED,
    )
    note = models.CharField(_("note"), max_length=120, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"


class OpeningException(models.Model):
    """Days on which a venue keeps other hours than usual: closed, or open otherwise.

    An operational record beside the page: publishing an older draft never undoes it.
    """

    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        on_delete=models.CASCADE,
        related_name="opening_exceptions",
    )
    first_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"))
    closed = models.BooleanField(_("closed"), default=True)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    extra = models.BooleanField(_("as well as the usual hours"), default=False)
    kind = models.CharField(
        _("who is there"),
        max_length=20,
        choices=OpeningKind,
        default=OpeningKind.STAFFED,
    )
    reason = models.CharField(_("reason"), max_length=20, choices=ExceptionReason)
    note = models.CharField(_("note"), max_length=160, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = OpeningExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["first_on", "opens"]
        indexes = [models.Index(fields=["venue", "until_on"], name="exception_venue_until")]
        verbose_name = _("other opening hours")
        verbose_name_plural = _("other opening hours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("first_on")),
                name="exception_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(closed=True)
                | models.Q(opens__isnull=False, closes__isnull=False),
                name="exception_has_hours",
                violation_error_message=_("Write when it opens and closes, or choose closed."),
            ),
        ]

    def __str__(self) -> str:
        days = dict.fromkeys([self.first_on, self.until_on])
        return f"{self.venue.title}: {' – '.join(map(date_text, days))}"

    def clean(self) -> None:
        super().clean()
        if self.closed and (self.opens or self.closes):
            raise ValidationError(
                {"closed": _("Closed or open? Untick closed, or leave the times empty.")}
            )
        if self.closed and self.extra:
            raise ValidationError({"extra": _("An extra opening cannot be closed.")})


class Notice(models.Model):
    """A dated message from a venue, or from the municipality when there is no venue."""

    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notices",
    )
    title = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("message"), max_length=600, blank=True)
    starts_at = models.DateTimeField(_("shown from"))
    ends_at = models.DateTimeField(_("shown until"))
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["ends_at"], name="notice_ends_at")]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="notice_ends_after_start",
                violation_error_message=_("The notice ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.title
