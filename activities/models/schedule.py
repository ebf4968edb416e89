import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from activities.domain.rules import Break, Rule
from activities.domain.rules import Frequency as RuleFrequency
from activities.domain.rules import Weeks as RuleWeeks
from activities.fields import WeekdaysField, parse_weekdays
from activities.taxonomy import Frequency, Nth, Weeks


def new_key() -> str:
    """Return a random name for a schedule row; it becomes part of calendar addresses."""
    return secrets.token_hex(4)


class Schedule(Orderable):
    """One line of an activity's plan: "every Tuesday 17.30 to 19.30 from 3 March"."""

    activity = ParentalKey(
        "activities.ActivityPage", on_delete=models.CASCADE, related_name="schedules"
    )
    key = models.CharField(max_length=12, default=new_key)
    frequency = models.CharField(
        _("how often"), max_length=8, choices=Frequency, default=Frequency.WEEKLY
    )
    weekdays = WeekdaysField(_("days"), blank=True)
    weeks = models.CharField(_("weeks"), max_length=8, choices=Weeks, default=Weeks.EVERY)
    interval = models.PositiveSmallIntegerField(_("number of weeks"), default=2)
    nth = models.SmallIntegerField(_("which one of the month"), choices=Nth, null=True, blank=True)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    first_on = models.DateField(_("first time"))
    until_on = models.DateField(_("last time"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("time")
        verbose_name_plural = _("times")

    def __str__(self) -> str:
        return f"{self.get_frequency_display()} {self.starts:%H.%M}"

    def rule(self) -> Rule:
        """Return this line as the plain value that recurrence works on."""
        return Rule(
            key=self.key,
            frequency=RuleFrequency(self.frequency),
            starts=self.starts,
            ends=self.ends,
            first_on=self.first_on,
            until_on=self.until_on,
            weekdays=tuple(parse_weekdays(self.weekdays)),
            weeks=RuleWeeks(self.weeks),
            interval=self.interval,
            nth=self.nth if self.frequency == Frequency.MONTHLY else None,
        )


class ScheduleBreak(Orderable):
    """Days on which the whole activity has a break; its dates there do not exist."""

    activity = ParentalKey(
        "activities.ActivityPage", on_delete=models.CASCADE, related_name="breaks"
    )
    first_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("first_on")),
                name="break_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_on}–{self.until_on}"

    def pause(self) -> Break:
        """Return this row as the plain value that recurrence works on."""
        return Break(first_on=self.first_on, until_on=self.until_on)
