"""Calendars that a venue keeps elsewhere, and what was taken from them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.taxonomy import ActivityType

FAILURES_UNTIL_ALARM = 3


class SourceKind(models.TextChoices):
    ADDRESS = "address", _("An address we follow")
    FILE = "file", _("A file, taken in once")


class WhenGone(models.TextChoices):
    CANCEL = "cancel", _("Show its coming dates as cancelled")
    ASK = "ask", _("Leave it as it is and ask us")


class EntryState(models.TextChoices):
    FOUND = "found", _("Found")
    WAITING = "waiting", _("Waits to be taken in")
    TAKEN = "taken", _("Taken in")
    OVERRIDDEN = "overridden", _("Taken in, changed here")
    GONE = "gone", _("No longer in the calendar")
    ASKED = "asked", _("No longer in the calendar: what now?")
    REFUSED = "refused", _("Not taken in")
    REMOVED = "removed", _("Deleted here")


HELD = (EntryState.TAKEN, EntryState.OVERRIDDEN, EntryState.GONE, EntryState.ASKED)


class CalendarSource(models.Model):
    """A calendar of one venue: an address that is followed, or a file that was uploaded once.

    `url` is a secret: whoever has it can read the calendar. It is shown without its path and
    never logged. What was good the last time stays when a fetch fails.
    """

    venue = models.ForeignKey(
        "directory.VenuePage",
        verbose_name=_("venue"),
        on_delete=models.CASCADE,
        related_name="calendar_sources",
    )
    kind = models.CharField(_("how"), max_length=8, choices=SourceKind)
    url = models.CharField(_("address of the calendar"), max_length=2000, blank=True)
    name = models.CharField(_("what we call it"), max_length=80)
    active = models.BooleanField(_("is followed"), default=True)
    default_type = models.CharField(
        _("kind of activity"),
        max_length=14,
        choices=ActivityType,
        default=ActivityType.SOCIAL,
    )
    category_types = models.JSONField(default=dict, blank=True)
    publish = models.BooleanField(_("publish at once"), default=False)
    when_gone = models.CharField(
        _("when something is no longer in the calendar"),
        max_length=8,
        choices=WhenGone,
        default=WhenGone.CANCEL,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_fetched_at = models.DateTimeField(_("last fetched"), null=True, blank=True, editable=False)
    last_read_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_changed_at = models.DateTimeField(_("last changed"), null=True, blank=True, editable=False)
    next_fetch_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    etag = models.CharField(max_length=512, blank=True, editable=False)
    last_modified = models.CharField(max_length=512, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    last_problem = models.CharField(max_length=30, blank=True, editable=False)
    alarmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    problems = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        ordering = ["venue__sort_key", "name", "pk"]
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars from venues")

    def __str__(self) -> str:
        return self.name

    @property
    def shown_address(self) -> str:
        """Where the calendar lives, without the part that opens it."""
        return f"{urlsplit(self.url).hostname or ''}/…" if self.url else ""

    @property
    def ailing(self) -> bool:
        """Whether its venue has to look after it."""
        return self.failures >= FAILURES_UNTIL_ALARM


class SourceEntry(models.Model):
    """One entry of a calendar, a series with all its dates, and the activity it became.

    `wanted` is what the calendar says now, `taken` the values that we wrote into the page the last
    time (a page that says something else was edited here, and that wins), `dates` the changes of
    single dates by the calendar's own recurrence id.
    """

    source = models.ForeignKey(CalendarSource, on_delete=models.CASCADE, related_name="entries")
    uid = models.CharField(max_length=255)
    title = models.CharField(_("title"), max_length=255)
    first_on = models.DateField(_("day"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.FOUND)
    problem = models.CharField(max_length=30, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    wanted = models.JSONField(default=dict, blank=True)
    taken = models.JSONField(default=dict, blank=True)
    dates = models.JSONField(default=dict, blank=True)
    overridden = models.JSONField(default=list, blank=True)
    activity = models.ForeignKey(
        "activities.ActivityPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="source_entries",
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["first_on", "title", "pk"]
        verbose_name = _("entry of a calendar")
        verbose_name_plural = _("entries of a calendar")
        constraints = [
            models.UniqueConstraint(fields=["source", "uid"], name="one_entry_per_uid"),
        ]
        indexes = [models.Index(fields=["source", "state"], name="entry_by_state")]

    def __str__(self) -> str:
        return self.title
