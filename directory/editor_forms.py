"""The editor's form for a venue."""

from wagtail.admin.forms import WagtailAdminPageForm


class VenuePageForm(WagtailAdminPageForm):
    """Readable errors for what a venue's editor types."""
