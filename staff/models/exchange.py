from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExchangeKind(models.TextChoices):
    VISIT = "visit", _("Visit")
    SWAP = "swap", _("Swap of staff")
    COURSE = "course", _("Course together")


class SeatState(models.TextChoices):
    GOING = "going", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    OFF = "off", _("Signed off")


class WishKind(models.TextChoices):
    OFFER = "offer", _("We would like visitors")
    WISH = "wish", _("We would like to visit somebody")
    SWAP = "swap", _("We would like to swap staff for a day")


class VisitRound(models.Model):
    """A row of visits that belong together: everybody sees every place in turn."""

    title = models.CharField(_("title"), max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("visit round")
        verbose_name_plural = _("visit rounds")

    def __str__(self) -> str:
        return self.title


class ExchangeEvent(models.Model):
    """A visit, a swap or a course for people who work at the places. Internal, never public."""

    kind = models.CharField(_("what it is"), max_length=8, choices=ExchangeKind)
    title = models.CharField(_("title"), max_length=120)
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("at which place"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="exchange_events",
    )
    place = models.CharField(_("or somewhere else"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    seats = models.PositiveSmallIntegerField(
        _("how many can come"), null=True, blank=True, help_text=_("Empty means no limit.")
    )
    text = models.TextField(_("what happens"), max_length=2000, blank=True)
    round = models.ForeignKey(
        VisitRound, null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("visit or course")
        verbose_name_plural = _("visits and courses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="exchange_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def where(self) -> str:
        """Return the place in words."""
        return self.place or (self.venue.title if self.venue else "")


class SignUp(models.Model):
    """One colleague's place at a visit or a course. Citizens are never here."""

    event = models.ForeignKey(ExchangeEvent, on_delete=models.CASCADE, related_name="sign_ups")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exchange_sign_ups"
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("comes from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(max_length=8, choices=SeatState, default=SeatState.GOING)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="one_sign_up_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.user_id} {self.state}"


class Lesson(models.Model):
    """In a few words: what did we learn? About the work, never about single people."""

    event = models.ForeignKey(ExchangeEvent, on_delete=models.CASCADE, related_name="lessons")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("what we learned"), max_length=600)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="one_lesson_per_person")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Wish(models.Model):
    """A place offers or wishes a visit or a swap, until it is settled."""

    kind = models.CharField(_("what you would like"), max_length=8, choices=WishKind)
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("your place"),
        on_delete=models.CASCADE,
        related_name="wishes",
    )
    other = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("with which place"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="wished_for",
        help_text=_("Empty means anybody."),
    )
    text = models.CharField(_("when, and what for"), max_length=400, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("offer or wish")
        verbose_name_plural = _("offers and wishes")

    def __str__(self) -> str:
        return f"{self.venue_id} {self.kind}"
