import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import VenuePage


class DeviceActKind(models.TextChoices):
    """What a device did, and what was done with it."""

    CANCELLED = "cancelled", _("Cancelled a date")
    MOVED = "moved", _("Moved a date")
    NOTICE = "notice", _("Wrote a notice")
    COUNTED = "counted", _("Counted people")
    CODE = "code", _("New code made")
    LET_IN = "let_in", _("Let in")
    NEW_PIN = "new_pin", _("New PIN")
    RENAMED = "renamed", _("Given a new name")
    BLOCKED = "blocked", _("Blocked after wrong PINs")
    SHUT_OUT = "shut_out", _("Shut out")


UNDOABLE = (
    DeviceActKind.CANCELLED,
    DeviceActKind.MOVED,
    DeviceActKind.NOTICE,
    DeviceActKind.COUNTED,
)


class DeviceQuerySet(models.QuerySet["Device"]):
    def let_in(self, today: dt.date) -> "DeviceQuerySet":
        """In use: not shut out, at a venue that is published and not merged on `today`."""
        venues = VenuePage.objects.public().standing(today)
        return self.exclude(secret_hash="").filter(venue__in=venues)

    def awaiting(self, now: dt.datetime) -> "DeviceQuerySet":
        """With a code that may still be used at `now`."""
        return self.exclude(code_hash="").filter(code_ends_at__gt=now)


class Device(models.Model):
    """A shared computer or tablet at a venue. Not a user: it has no account.

    It keeps a long random secret in a cookie; here stands its hash. A PIN unlocks it for a while,
    and that unlocking has a token of its own, so that a copied cookie is never unlocked by others.
    """

    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        on_delete=models.CASCADE,
        related_name="devices",
    )
    name = models.CharField(_("name"), max_length=60)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    pin = models.CharField(max_length=128)  # hashed, as passwords are
    code_hash = models.CharField(max_length=64, blank=True)
    code_ends_at = models.DateTimeField(null=True, blank=True)
    secret_hash = models.CharField(max_length=64, blank=True)
    let_in_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    unlock_hash = models.CharField(max_length=64, blank=True)
    unlocked_until = models.DateTimeField(null=True, blank=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True, blank=True)
    shut_out_at = models.DateTimeField(null=True, blank=True)
    shut_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints = [
            models.UniqueConstraint(fields=["venue", "name"], name="one_device_of_a_name"),
            models.UniqueConstraint(
                fields=["secret_hash"], condition=~models.Q(secret_hash=""), name="device_secret"
            ),
            models.UniqueConstraint(
                fields=["code_hash"], condition=~models.Q(code_hash=""), name="device_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def open_seconds(self) -> int:
        """How long it stays unlocked without use."""
        return 60 * int(settings.FRISTED_DEVICE_UNLOCK_MINUTES)

    @property
    def blocked(self) -> bool:
        """Whether so many wrong PINs were tried that a leader must give it a new one."""
        return self.wrong_pins >= int(settings.FRISTED_DEVICE_WRONG_PINS)


class DeviceAct(models.Model):
    """One line of a device's log. `by` is the leader who let it in or shut it out, else nobody.

    What the device did points at the row it made, and is taken back through it.
    """

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=10, choices=DeviceActKind)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.CharField(max_length=500, blank=True)
    change = models.ForeignKey(
        "activities.OccurrenceChange",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="device_acts",
    )
    notice = models.ForeignKey(
        "directory.Notice",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="device_acts",
    )
    count = models.ForeignKey(
        "activities.HeadCount",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="device_acts",
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("act of a device")
        verbose_name_plural = _("acts of devices")
        indexes = [models.Index(fields=["device", "-at"], name="device_act_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_doing(self) -> bool:
        """Whether the device did it, rather than a leader with the device."""
        return self.kind in UNDOABLE

    @property
    def holds(self) -> bool:
        """Whether what the device did still stands; nobody has taken it back, here or elsewhere."""
        if self.undone_at is not None or not self.is_doing:
            return False
        if self.change is not None:
            return self.change.undone_at is None
        if self.notice is not None:
            return self.notice.withdrawn_at is None
        return self.count is not None and self.count.withdrawn_at is None
