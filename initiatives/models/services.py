from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.log import Change
from initiatives.querysets import OutreachServiceQuerySet
from initiatives.taxonomy import ServiceArea, ServiceStatus


class OutreachService(models.Model):
    """A service that others bring to a venue: a nurse, a job adviser, clothes and food (4c).

    When it is running it stands on the venue's page; its dates are those of an activity.
    """

    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        on_delete=models.PROTECT,
        related_name="outreach_services",
    )
    title = models.CharField(_("what"), max_length=120)
    area = models.CharField(_("about"), max_length=14, choices=ServiceArea)
    provider = models.CharField(_("who provides it"), max_length=160)
    description = models.CharField(_("in one sentence"), max_length=300, blank=True)
    target_groups = models.ManyToManyField(
        "directory.TargetGroup", verbose_name=_("for whom"), blank=True, related_name="+"
    )
    status = models.CharField(
        _("agreement"), max_length=10, choices=ServiceStatus, default=ServiceStatus.IDEA
    )
    activity = models.ForeignKey(
        "activities.ActivityPage",
        verbose_name=_("in the calendar as"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outreach_services",
    )
    when_text = models.CharField(_("when, in words"), max_length=160, blank=True)
    coordinated_at = models.ForeignKey(
        "initiatives.LeadersMeeting",
        verbose_name=_("coordinated at the meeting"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="coordinated_services",
    )
    contacts_made = models.PositiveIntegerField(_("number of contacts"), null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = OutreachServiceQuerySet.as_manager()

    class Meta:
        ordering = ["venue__sort_key", "title", "pk"]
        verbose_name = _("outreach service")
        verbose_name_plural = _("outreach services")

    def __str__(self) -> str:
        return self.title


class ServiceChange(Change):
    """One entry in the log of an outreach service."""

    service = models.ForeignKey(OutreachService, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        verbose_name = _("change of an outreach service")
        verbose_name_plural = _("changes of outreach services")

    def __str__(self) -> str:
        return f"{self.service_id} {self.kind} {self.at:%Y-%m-%d}"
