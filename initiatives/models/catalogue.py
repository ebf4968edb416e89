from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.taxonomy import Reach


class GuidingPrinciple(models.Model):
    """One of the catalogue's four landmarks, or the cross-cutting group after them."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    title = models.CharField(_("title"), max_length=160)
    cross_cutting = models.BooleanField(_("cross-cutting"), default=False)

    class Meta:
        ordering = ["number"]
        verbose_name = _("guiding principle")
        verbose_name_plural = _("guiding principles")

    def __str__(self) -> str:
        return self.title


class Initiative(models.Model):
    """One initiative of the municipality's catalogue, read-only in the hub.

    Titles and facts are the catalogue's own; `texts_are_summaries` says whose words the texts
    are. A municipality loads its official wording with `load_catalogue`.
    """

    class Owner(models.TextChoices):
        VENUE_LEADERS = "venue_leaders", _("Venue leaders")
        AREA_HEAD = "area_head", _("Head of social services and disability")

    number = models.CharField(_("number"), max_length=4, unique=True)
    title = models.CharField(_("title"), max_length=200)
    guiding_principle = models.ForeignKey(
        GuidingPrinciple, on_delete=models.PROTECT, related_name="initiatives"
    )
    owner_role = models.CharField(_("owner"), max_length=20, choices=Owner)
    start_year_text = models.CharField(_("start in the action plan"), max_length=40)
    start_year_min = models.PositiveSmallIntegerField()
    start_year_max = models.PositiveSmallIntegerField()
    time_perspective = models.JSONField(_("time perspective"), default=dict)
    problem = models.TextField(_("why"), blank=True)
    summary = models.TextField(_("what"), blank=True)
    expected_effect = models.TextField(_("expected effect"), blank=True)
    requirements = models.JSONField(_("what it asks for"), default=list)
    record = models.JSONField(_("what is recorded"), default=list)
    record_groups = models.JSONField(default=list)
    public_heading = models.CharField(_("heading on a venue's page"), max_length=80, blank=True)
    builds_on = models.JSONField(_("builds on"), default=list)
    reach = models.CharField(_("kept"), max_length=5, choices=Reach, default=Reach.VENUE)
    done_rule = models.TextField(_("done when"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    texts_are_summaries = models.BooleanField(default=True)

    class Meta:
        ordering = ["order"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def continuous(self) -> bool:
        """Whether it goes on for good: it is in operation, and never finished by a percentage."""
        return bool(self.time_perspective.get("continuous"))

    @property
    def endless(self) -> bool:
        """Whether the catalogue names no end at all (2a and 2c)."""
        end = self.time_perspective.get("end") or {}
        return self.continuous and not end.get("months")

    @property
    def at_venues(self) -> bool:
        """Whether each venue has progress of its own."""
        return self.reach != Reach.JOINT

    @property
    def joint(self) -> bool:
        """Whether there is progress that belongs to all venues together."""
        return self.reach != Reach.VENUE
