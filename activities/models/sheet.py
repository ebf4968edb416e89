import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.sheets.terms import SheetAction, SheetKind, SheetRowState, SheetState

UNDO_DAYS = 30


class SheetImport(models.Model):
    """One uploaded spreadsheet: what it would do, how far it has come, and how to take it back.

    The row is the record of the work; a task only wakes up to do the next part of it.
    """

    kind = models.CharField(_("what it holds"), max_length=12, choices=SheetKind)
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SheetState, default=SheetState.CHECKED
    )
    notes = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    touched_at = models.DateTimeField(null=True, blank=True)  # when work on it last went on
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "touched_at"], name="sheet_import_work")]
        verbose_name = _("spreadsheet")
        verbose_name_plural = _("spreadsheets")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file_name}"

    @property
    def at_work(self) -> bool:
        """Whether a worker is busy with it, or should be."""
        return self.state in {SheetState.RUNNING, SheetState.UNDOING}

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each action and of each state. One query."""
        found: dict[str, int] = {}
        pairs = self.rows.values_list("action", "state").annotate(models.Count("pk"))
        for action, state, count in pairs.order_by():
            found[action] = found.get(action, 0) + count
            if action in SheetAction.writes():
                found[state] = found.get(state, 0) + count
        return found

    def may_be_undone(self, now: dt.datetime) -> bool:
        """Whether it was imported so lately that it may be taken back as a whole."""
        limit = dt.timedelta(days=UNDO_DAYS)
        finished = self.finished_at
        return self.state == SheetState.DONE and finished is not None and now - finished < limit


class SheetRow(models.Model):
    """One thing a sheet speaks of: a venue, a venue's week or an activity, from one row or more.

    `before` and `after` say what stood there and what the import made of it, so that it can be
    taken back as long as nobody has changed it since.
    """

    sheet = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    numbers = models.JSONField(default=list)
    title = models.CharField(_("title"), max_length=255, blank=True)
    action = models.CharField(max_length=8, choices=SheetAction)
    state = models.CharField(max_length=8, choices=SheetRowState, default=SheetRowState.WAITING)
    messages = models.JSONField(default=list)  # [{"row", "column", "text"}]
    differences = models.JSONField(default=list)  # [{"label", "old", "new"}]
    values = models.JSONField(default=dict)
    page_id = models.BigIntegerField(null=True, blank=True)
    venue_id = models.BigIntegerField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        indexes = [models.Index(fields=["sheet", "state", "number"], name="sheet_row_next")]
        verbose_name = _("row")
        verbose_name_plural = _("rows")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
