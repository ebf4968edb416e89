"""Words of Wagtail's admin that its own Danish lacks and that people meet while they write."""

from django.utils.translation import gettext_noop as _

WORDS = (
    # An autosave met something half typed: nothing is lost, and nothing half is stored.
    _("There are validation errors, click save to highlight them."),
    _("Autosave is paused"),
    _("Autosave is <span>paused</span>"),
    _("Saving will overwrite a newer version."),
)
