"""The editor's form for an activity."""

from wagtail.admin.forms import WagtailAdminPageForm


class ActivityPageForm(WagtailAdminPageForm):
    """Readable errors for what an activity's editor types."""
