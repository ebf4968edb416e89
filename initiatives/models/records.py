from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.progress import Progress
from initiatives.querysets import RecordQuerySet


class Record(models.Model):
    """The facts that an initiative asks for, by the keys of the catalogue's `record`.

    A fact that the venue's page owns (core task, first visit …) is never copied here.
    """

    progress = models.OneToOneField(Progress, on_delete=models.CASCADE, related_name="record")
    values = models.JSONField(default=dict)
    shown = models.BooleanField(
        _("show on the venue's page what the catalogue marks public"), default=True
    )
    changed_at = models.DateTimeField(_("last changed"))

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")

    def __str__(self) -> str:
        return str(self.progress)
