from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.domain.text import sort_key


class Term(models.Model):
    """A word from one of the field's lists; the code never changes, the label may."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(pgettext_lazy("of a term", "label"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "label"]

    def __str__(self) -> str:
        return self.label


class TargetGroup(Term):
    """What somebody may be struggling with. Never sex or age: those are terms of access."""

    ffb_code = models.UUIDField(_("FFB code"), null=True, blank=True)
    synonyms = models.CharField(_("other words people search for"), max_length=255, blank=True)
    sentence = models.CharField(
        _("in a sentence"),
        max_length=80,
        help_text=_("Continues “For you who …”, for example: is lonely."),
    )

    class Meta(Term.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class Amenity(Term):
    """Something a venue offers: a meal, a bath, a nurse."""

    icon = models.SlugField(_("icon"), max_length=30, blank=True)
    synonyms = models.CharField(_("other words people search for"), max_length=255, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("amenity")
        verbose_name_plural = _("amenities")


class District(models.Model):
    """A part of the municipality, as people there call it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    sort_key = models.CharField(max_length=80, editable=False, blank=True)

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("district")
        verbose_name_plural = _("districts")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.name)[:80]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
