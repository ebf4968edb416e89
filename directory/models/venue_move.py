import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.validators import position_errors
from core.wording import date_text
from directory.querysets import VenueMoveQuerySet


class VenueMove(models.Model):
    """From a day on a venue lives elsewhere, or has become part of another venue.

    Announced on the page before that day, carried out on it, and followed by a redirect.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", _("Moves to a new address")
        MERGED = "merged", _("Becomes part of another venue")

    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        on_delete=models.CASCADE,
        related_name="moves",
    )
    kind = models.CharField(_("what happens"), max_length=10, choices=Kind)
    on = models.DateField(_("from"))
    successor = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("new venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    street = models.CharField(_("new street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("new postal code"), max_length=4, blank=True)
    city = models.CharField(_("new town"), max_length=60, blank=True)
    district = models.ForeignKey(
        "directory.District",
        verbose_name=_("new district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # A new address of a secret venue would be told before the day: it has none here.
    ADDRESS_FIELDS = (
        "street",
        "postal_code",
        "city",
        "district",
        "latitude",
        "longitude",
    )

    objects = VenueMoveQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="moved", successor__isnull=True)
                | models.Q(kind="merged", successor__isnull=False),
                name="move_names_successor",
                violation_error_message=_("Choose which venue it becomes part of."),
            ),
            models.CheckConstraint(
                condition=~models.Q(successor=models.F("venue")),
                name="move_not_to_itself",
                violation_error_message=_("A venue cannot become part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue.title}: {self.get_kind_display()}, {date_text(self.on)}"

    def clean(self) -> None:
        super().clean()
        if errors := position_errors(self.latitude, self.longitude):
            raise ValidationError(errors)
        if (
            self.venue_id
            and self.successor
            and self.successor.successor_on(dt.date.max) == self.venue
        ):
            raise ValidationError(
                {"successor": _("That venue becomes a part of this one already.")}
            )
        if self.venue_id and not self.venue.address_public:
            errors = {
                name: _("The address is secret. Keep this in the private record.")
                for name in self.ADDRESS_FIELDS
                if getattr(self, name)
            }
            if errors:
                raise ValidationError(errors)
        elif self.kind == self.Kind.MOVED and not self.street and self.venue_id:
            raise ValidationError({"street": _("Write where it moves to.")})
