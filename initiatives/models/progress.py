from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.catalogue import Initiative
from initiatives.models.log import Change
from initiatives.querysets import EvidenceQuerySet, ProgressQuerySet
from initiatives.taxonomy import EvidenceKind, Status


class Progress(models.Model):
    """How far one initiative has come at one venue, or at all together when there is no venue.

    Holds the present; `changes` tells what it was on any day before.
    """

    FACTS = ("status", "agreed_start", "agreed_deadline", "responsible", "next_step")

    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.PROTECT, related_name="progress"
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="progress",
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.NOT_STARTED
    )
    agreed_start = models.DateField(_("agreed start"), null=True, blank=True)
    agreed_deadline = models.DateField(_("agreed deadline"), null=True, blank=True)
    responsible = models.CharField(_("responsible function"), max_length=120, blank=True)
    next_step = models.TextField(_("next step"), max_length=600, blank=True)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last changed"))

    objects = ProgressQuerySet.as_manager()

    class Meta:
        ordering = ["initiative__order", "venue__sort_key", "pk"]
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "venue"], name="one_progress_per_venue"),
            models.UniqueConstraint(
                fields=["initiative"],
                condition=models.Q(venue__isnull=True),
                name="one_joint_progress",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_deadline__isnull=True)
                | models.Q(agreed_deadline__gte=models.F("agreed_start")),
                name="progress_deadline_after_start",
                violation_error_message=_("The deadline lies before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative.number} · {self.venue or _('All venues together')}"


class StatusChange(Change):
    """One entry in the log of a progress. Only ever added; the board of any day reads it.

    `before` and `after` hold the keys that changed; `state` the board's facts from then on.
    """

    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="changes")
    state = models.JSONField(default=dict)
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )

    class Meta(Change.Meta):
        indexes = [models.Index(fields=["progress", "-at", "-id"], name="status_change_newest")]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return f"{self.progress_id} {self.kind} {self.at:%Y-%m-%d}"


class Evidence(models.Model):
    """What shows that something has been done: a link, a page of this site, or a document.

    The document is kept beside it and never among Wagtail's own, which others may choose from.
    """

    progress = models.ForeignKey(Progress, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=8, choices=EvidenceKind)
    title = models.CharField(_("title"), max_length=160)
    url = models.URLField(_("address"), max_length=500, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.title


class EvidenceFile(models.Model):
    """The document behind a piece of evidence, in a row of its own so that lists stay light."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="file")
    name = models.CharField(_("file name"), max_length=160)
    content_type = models.CharField(max_length=120)
    body = models.BinaryField()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.name
