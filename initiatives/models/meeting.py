from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.wording import day_month
from initiatives.models.catalogue import Initiative
from initiatives.models.log import AppendOnly
from initiatives.models.plan import ActionPlan
from initiatives.models.round import person
from initiatives.models.sealed import Sealed
from initiatives.round_taxonomy import AgendaSource


class LeadersMeeting(Sealed):
    """A meeting of the venue leaders: agenda, theme and speaker, visit, and what came of it.

    Its minutes are fixed when they are sent; later corrections are `MinutesNote` rows.
    """

    SEALED_BY = "settled_at"

    on = models.DateField(_("day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"), null=True, blank=True)
    host_venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("host"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hosted_meetings",
    )
    place = models.CharField(_("other place"), max_length=160, blank=True)
    theme = models.CharField(_("strategic theme"), max_length=200, blank=True)
    speaker = models.CharField(
        _("speaker"),
        max_length=200,
        blank=True,
        help_text=_("Name or function, and where from."),
    )
    venue_visited = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue visited"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    visit_elsewhere = models.CharField(
        _("visit outside the municipality"), max_length=200, blank=True
    )
    present = models.ManyToManyField(
        "directory.VenuePage", verbose_name=_("venues present"), blank=True, related_name="+"
    )
    also_present = models.CharField(_("others present"), max_length=300, blank=True)
    called_by = person()
    called_by_name = models.CharField(max_length=160, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(_("minutes fixed"), null=True, blank=True)
    settled_by = person()
    settled_by_name = models.CharField(max_length=160, blank=True)
    minutes = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    recipients = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-on", "-starts"]
        verbose_name = _("leaders' meeting")
        verbose_name_plural = _("leaders' meetings")
        constraints = [
            models.UniqueConstraint(fields=["on", "starts"], name="one_meeting_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")),
                name="meeting_ends_after_start",
                violation_error_message=_("The meeting ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        day = day_month(self.on, year=True)
        return str(_("Leaders' meeting %(day)s")) % {"day": day}


class AgendaItem(Sealed):
    """A point of the agenda, and what was said under it."""

    SEALED_BY = "meeting__settled_at"

    meeting = models.ForeignKey(LeadersMeeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("point"), max_length=200)
    note = models.TextField(_("what it is about"), max_length=2000, blank=True)
    source = models.CharField(max_length=12, choices=AgendaSource, default=AgendaSource.OWN)
    source_key = models.CharField(max_length=80, blank=True)
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
    )
    said = models.TextField(_("minutes"), max_length=6000, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("point of the agenda")
        verbose_name_plural = _("points of the agenda")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "source_key"],
                condition=~models.Q(source_key=""),
                name="proposal_taken_once",
            )
        ]

    def __str__(self) -> str:
        return self.title


class MeetingDecision(Sealed):
    """What a meeting decided; `plan` is the version of the action plan that follows from it."""

    SEALED_BY = "meeting__settled_at"

    meeting = models.ForeignKey(LeadersMeeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField(_("decision"), max_length=2000)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    plan = models.OneToOneField(
        ActionPlan,
        verbose_name=_("version of the action plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meeting_decision",
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return self.text[:60]


class MeetingAction(models.Model):
    """Something somebody is to do after a meeting, by a day. Done or not changes afterwards."""

    meeting = models.ForeignKey(LeadersMeeting, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(_("what"), max_length=300)
    owner = models.CharField(
        _("who"), max_length=120, help_text=_("A function, such as: leader of Perlen.")
    )
    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meeting_actions",
    )
    due_on = models.DateField(_("deadline"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = person()
    done_by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = pgettext_lazy("to do", "task")
        verbose_name_plural = pgettext_lazy("to do", "tasks")

    def __str__(self) -> str:
        return self.text


class MinutesNote(AppendOnly):
    """A remark to minutes that are fixed."""

    meeting = models.ForeignKey(LeadersMeeting, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("remark"), max_length=1000)
    at = models.DateTimeField()
    by = person()
    by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("remark to minutes")
        verbose_name_plural = _("remarks to minutes")

    def __str__(self) -> str:
        return self.text[:60]
