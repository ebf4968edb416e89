from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.taxonomy import Act, How


class ConsentQuerySet(models.QuerySet["Consent"]):
    def update(self, **_kwargs: Any) -> NoReturn:
        raise TypeError("The log of consents is only added to.")

    def delete(self) -> NoReturn:
        raise TypeError("The log of consents is only added to.")


class Consent(models.Model):
    """One line in the log of who said yes and no to what: added, never changed.

    `subject` is a keyed hash of the reader's random id, not of the address: while the reader is
    here the line proves the yes, and after an erasure it belongs to nobody. No IP address.
    """

    subject = models.CharField(max_length=64, db_index=True)
    topic = models.SlugField(max_length=40, blank=True)
    act = models.CharField(max_length=10, choices=Act)
    how = models.CharField(max_length=10, choices=How)
    wording = models.CharField(max_length=20)
    at = models.DateTimeField()

    objects: Any = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.act} {self.topic}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The log of consents is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The log of consents is only added to.")
