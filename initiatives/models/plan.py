from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.catalogue import Initiative


class ActionPlan(models.Model):
    """One version of the action plan: what was decided, on which day and why.

    A decided version is never changed; the next decision makes the next version.
    """

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    meeting = models.ForeignKey(
        "initiatives.LeadersMeeting",
        verbose_name=_("decided at the meeting"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans",
    )
    decided_on = models.DateField(_("decided on"))
    decision = models.TextField(_("what was decided"), max_length=2000)
    reason = models.TextField(_("reason"), max_length=2000)
    present = models.BooleanField(_("in force"), default=False)
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    entered_by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-version"]
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        constraints = [
            models.UniqueConstraint(
                fields=["present"],
                condition=models.Q(present=True),
                name="one_action_plan_in_force",
            )
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.version})


class PlanLine(models.Model):
    """When an initiative starts according to one version of the plan, and its rank."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="lines")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="plan_lines")
    start_year = models.PositiveSmallIntegerField(_("start year"))
    latest_start_year = models.PositiveSmallIntegerField(_("start year at the latest"))
    priority = models.PositiveSmallIntegerField(_("order of priority"))

    class Meta:
        ordering = ["priority"]
        verbose_name = _("line of the action plan")
        verbose_name_plural = _("lines of the action plan")
        constraints = [
            models.UniqueConstraint(fields=["plan", "initiative"], name="one_line_per_initiative"),
            models.UniqueConstraint(fields=["plan", "priority"], name="one_line_per_priority"),
            models.CheckConstraint(
                condition=models.Q(latest_start_year__gte=models.F("start_year")),
                name="plan_line_years_in_order",
                violation_error_message=_("The last year lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority}. {self.initiative.number} {self.years}"

    @property
    def years(self) -> str:
        """Return `2026`, or `2026–2027` when the plan leaves it open."""
        if self.start_year == self.latest_start_year:
            return str(self.start_year)
        return f"{self.start_year}–{self.latest_start_year}"
